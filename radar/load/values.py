"""Values of files as columns of a table take them. One that does not fit raises ValueError: why, a colon, and it."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from radar.load import jsontext
from radar.load.times import UNDERSTOOD, parse_time

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def as_time(value: Any) -> str:
    """ISO 8601 in UTC."""
    time = parse_time(value.strip() if isinstance(value, str) else value)
    if time is None:
        raise ValueError(f"no time: {_shown(value)}; understood are {UNDERSTOOD}, and others with --time-format")
    return time.isoformat()


def as_whole(value: Any) -> str:
    """A whole number, also where it is written 1200.0 or 1.2e3."""
    text = as_number(value)
    if text.lstrip("-").isdecimal():
        return text
    number = Decimal(text)
    if number != number.to_integral_value():
        raise ValueError(f"no whole number: {_shown(value)}")
    return f"{number.to_integral_value():f}"


def as_number(value: Any) -> str:
    """A finite number, with all its digits."""
    text = str(value).strip()
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        raise ValueError(f"no number: {_shown(value)}")
    return text


def as_boolean(value: Any) -> str:
    """true or false, as PostgreSQL reads them."""
    return str(value).strip().lower().removesuffix(".0")


def as_object(value: Any) -> str:
    """A JSON object."""
    text = value.strip() if isinstance(value, str) else jsontext.dumps(value).decode()
    if not text.startswith("{"):
        raise ValueError(f"no JSON object: {_shown(value)}")
    return jsontext.storable(text.encode()).decode()


def as_list(value: Any) -> str:
    """An array of texts, as PostgreSQL reads one."""
    return (
        value if isinstance(value, str) else "{" + ",".join(jsontext.dumps(str(item)).decode() for item in value) + "}"
    )


def as_text(value: Any) -> str:
    """Text; a whole number that a table tool has made a float of is a whole number again."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | Decimal):
        return _plain(value)
    return jsontext.dumps(value).decode() if isinstance(value, dict | list) else str(value)


def converters(types: Mapping[str, str]) -> dict[str, Callable[[Any], str]]:
    """For each column the function that takes its values, by the column's type."""
    return {column: _OF_TYPE.get(kind.partition("(")[0], as_text) for column, kind in types.items()}


_OF_TYPE: Mapping[str, Callable[[Any], str]] = {
    "timestamp with time zone": as_time,
    "bigint": as_whole,
    "integer": as_whole,
    "numeric": as_number,
    "boolean": as_boolean,
    "jsonb": as_object,
    "text[]": as_list,
}


def is_missing(value: Any) -> bool:
    """What stands for no value: null, an empty text, and the float of table tools that is no number."""
    return value is None or value == "" or value != value  # noqa: PLR0124 - only that float differs from itself


def _plain(value: float | Decimal) -> str:
    try:
        number = Decimal(str(value))
        return f"{number.to_integral_value():f}" if number == number.to_integral_value() else str(value)
    except InvalidOperation:  # infinity
        return str(value)


def _shown(value: Any) -> str:
    text = str(value)
    return repr(text if len(text) <= 40 else f"{text[:40]}...")
