"""The macros of macros/channels as Python functions, and PostgreSQL's answers to what they build."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any, LiteralString, NoReturn

import psycopg
from jinja2 import Environment
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row

from radar import settings
from radar.server import Server

VISIT = {
    "landing_url": "https://shop.example.com/",
    "referrer": None,
    "utm_source": None,
    "utm_medium": None,
    "utm_campaign": None,
    "site_domain": "example.com",
}
"""What a visit has unless a test says otherwise."""


MACRO = re.compile(r"(?s)(?={%-? macro (\w+))(.*?endmacro -?%})")
"""Name and text of a macro in a file."""


class ReturnedError(Exception):
    """What dbt's `return` hands from a macro to its caller."""

    def __init__(self, value: object) -> None:
        self.value = value


class CompilerError(Exception):
    """What dbt raises for a wrong configuration."""


def load_macros(**variables: object) -> Any:
    """The macros as functions; the keywords are dbt's vars. Plain Jinja: dbt takes seconds to read a project."""
    environment = Environment(extensions=["jinja2.ext.do"])

    def hand_back(value: object) -> NoReturn:
        raise ReturnedError(value)

    def stop(message: str) -> NoReturn:
        raise CompilerError(message)

    environment.globals |= {
        "return": hand_back,
        "var": {"extra_referrers": {}, "extra_return_hosts": [], **variables}.__getitem__,
        "schema_name": str,
        "fromjson": json.loads,
        "tojson": json.dumps,
        "quoted": lambda text: "'" + text.replace("'", "''") + "'",
        "exceptions": SimpleNamespace(raise_compiler_error=stop),
    }
    folder = settings.ROOT / "macros"
    sources = [folder / "contracts" / "contract.sql", folder / "text.sql", *folder.glob("channels/*.sql")]
    texts = dict(MACRO.findall("".join(path.read_text() for path in sources)))
    macros = {name: _macro(environment, name, text) for name, text in texts.items()}
    environment.globals |= macros
    return SimpleNamespace(**macros)


def _macro(environment: Environment, name: str, text: str) -> Callable[..., Any]:
    """A macro as a function. It is compiled at its first call, because it takes the others' names as they are then."""

    @cache
    def compiled() -> Callable[..., object]:
        macro: Callable[..., object] = getattr(environment.from_string(text).module, name)
        return macro

    def call(*arguments: object) -> object:
        try:
            return compiled()(*arguments)
        except ReturnedError as returned:
            return returned.value

    return call


MACROS = load_macros()


@contextmanager
def macro_database(server: Server, name: LiteralString) -> Iterator[psycopg.Connection]:
    """A connection to a new database that holds nothing but radar.url_decode."""
    with psycopg.connect(server.dsn, autocommit=True) as admin:
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    with psycopg.connect(make_conninfo(server.dsn, dbname=name), autocommit=True) as connection:
        connection.execute("create schema radar")
        connection.execute(MACROS.url_decode_function())
        yield connection


def evaluate(connection: psycopg.Connection, macro: str, value: str | None, *arguments: str) -> object:
    """What the macro's expression makes of a value that stands in a column."""
    literal = sql.Literal(value).as_string(connection)
    expression = getattr(MACROS, macro)("value", *arguments)
    row = connection.execute(f"select {expression} from (select {literal}::text as value) as input".encode()).fetchone()
    assert row is not None
    return row[0]


def classify(connection: psycopg.Connection, *visits: dict[str, Any]) -> list[dict[str, Any]]:
    """What classified_visits makes of the visits, in the order given; what a visit leaves out is as in VISIT."""
    columns = ", ".join(f"{name} text" for name in VISIT)
    insert = f"insert into entries values (default{', %s' * len(VISIT)})"
    query = f"select * from ({MACROS.classified_visits('entries')}) as visits order by position"
    with connection.transaction(force_rollback=True), connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(f"create temporary table entries (position serial, {columns})".encode())
        cursor.executemany(insert.encode(), [tuple({**VISIT, **visit}.values()) for visit in visits])
        return cursor.execute(query.encode()).fetchall()


def classify_sources(connection: psycopg.Connection, sources: list[str], macros: Any = MACROS) -> dict[str, str]:
    """The type of each host or utm_source that belongs to a platform."""
    with connection.transaction(force_rollback=True):
        connection.execute("create temporary table hosts as select unnest(%s::text[]) as source", [sources])
        rows = connection.execute(macros.classified_sources("hosts", "source").encode()).fetchall()
    return {source: source_type for source, source_type, _ in rows}
