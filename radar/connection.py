"""The way from Python to the database: every transaction begins with the settings that results may depend on."""

import contextlib
from collections.abc import Iterator
from functools import cache
from typing import Any, LiteralString

import psycopg

from radar import settings
from radar.errors import ServerError


@contextlib.contextmanager
def connect(dsn: str, *, name: str = "radar", **options: Any) -> Iterator[psycopg.Connection[Any]]:
    """A connection on which everything happens in blocks of `transaction`; `name` is what the server's activity shows.

    Between two transactions a pooler may change the session below it, so nothing outlives one: no setting, no prepared
    statement, no temporary table. `options` go to psycopg. Raises ServerError when the server does not answer.
    """
    with open_connection(dsn, name=name, **options) as connection:
        yield connection


def open_connection(dsn: str, *, name: str = "radar", **options: Any) -> psycopg.Connection[Any]:
    """The same, for who closes it himself."""
    try:
        return psycopg.connect(
            dsn,
            autocommit=True,
            prepare_threshold=None,
            connect_timeout=10,
            client_encoding="utf8",
            application_name=name,
            **options,
        )
    except psycopg.OperationalError as error:
        raise ServerError(
            f"cannot use {settings.without_password(dsn)}: {str(error).splitlines()[0]}{settings.how_to_start()}"
        ) from error


@contextlib.contextmanager
def transaction(connection: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """A transaction of the connection: committed at the end of the block, undone by an error.

    It reads times in UTC and names from PostgreSQL's own schema alone, whatever the server's defaults are: tables are
    named with their schema.
    """
    with connection.transaction():
        connection.execute(session_settings())
        yield connection


@contextlib.contextmanager
def session(dsn: str, **options: Any) -> Iterator[psycopg.Connection[Any]]:
    """A connection for one transaction, which is the block."""
    with connect(dsn, **options) as connection, transaction(connection):
        yield connection


@cache
def session_settings() -> LiteralString:
    """The statements that begin a transaction: those that dbt sends with each of its own."""
    text = (settings.ROOT / "macros" / "statement.sql").read_text(encoding="utf-8")
    return text.split("macro session_settings() -%}")[1].split("{%- endmacro %}")[0]
