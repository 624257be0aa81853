"""The forms of the sites, and what people write into them: the same few made-up people and secrets."""

import json
from dataclasses import dataclass
from functools import cached_property

SECRETS = ("hunter2-correct-horse", "4000 0000 0000 0002", "737")
"""Password, card number and security code of the demo: redaction must leave none of them anywhere."""

_PEOPLE = ("Kim Berg", "Noor Jansen", "Luca Moretti", "Ines Costa", "Tom Fischer")


@dataclass(frozen=True)
class Form:
    """A form; fields are what it asks for, as {name: value}, one for each of some people."""

    form_id: str
    action: str
    method: str
    seconds: float
    """Mean time that it takes to fill in."""
    fields: tuple[dict[str, str], ...]

    @cached_property
    def start(self) -> str:
        """The properties of its first input, as JSON."""
        return json.dumps(self._head)

    @cached_property
    def submissions(self) -> tuple[str, ...]:
        """The properties of submissions, as JSON."""
        return tuple(json.dumps({**self._head, "fields": fields}) for fields in self.fields)

    @property
    def _head(self) -> dict[str, str]:
        return {"form_id": self.form_id, "form_action": self.action, "form_method": self.method}


def _of_each(*names: str) -> tuple[dict[str, str], ...]:
    password, card, code = SECRETS
    return tuple(
        {name: value for name, value in _person(person, password, card, code).items() if name in names}
        for person in _PEOPLE
    )


def _person(name: str, password: str, card: str, code: str) -> dict[str, str]:
    return {
        "name": name,
        "email": f"{name.split(maxsplit=1)[0].lower()}@mail.example",
        "company": f"{name.split()[1]} GmbH",
        "message": "When will my order arrive?",
        "password": password,
        "card_number": card,
        "cvc": code,
    }


FORMS = (
    Form("search", "/search", "get", 12, tuple({"q": query} for query in ("tent", "stove", "returns", "revenue"))),
    Form("newsletter", "/newsletter", "post", 15, _of_each("email")),
    Form("contact", "/contact", "post", 60, _of_each("name", "email", "message")),
    Form("checkout", "/checkout", "post", 50, _of_each("name", "email", "card_number", "cvc")),
    Form("signup", "/signup", "post", 40, _of_each("name", "email", "company", "password")),
    Form("report", "/reports", "post", 30, tuple({"title": title} for title in ("Weekly", "Board", "Churn"))),
)
