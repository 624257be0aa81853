"""Commands beside the runs compute as the last run did: with its vars and target, unless they are told others."""

import json
import os
from typing import Annotated

import psycopg
import typer
import yaml

from radar import settings
from radar.connection import session
from radar.errors import RadarError

Vars = Annotated[str | None, typer.Option("--vars", help="As dbt takes them; without it, those of the last run.")]
Target = Annotated[str | None, typer.Option("--target", help="As dbt takes it; without it, that of the last run.")]

_UNKNOWN = (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName, psycopg.errors.UndefinedColumn)


def like_dbt(variables: str | None, target: str | None) -> list[str]:
    """The options as arguments of dbt."""
    return (["--vars", variables] if variables else []) + (["--target", target] if target else [])


def options(*given: str) -> list[str]:
    """`given`, arguments for dbt, and --vars and --target of the last run where they are not among them.

    Says so when those that are given are others than the last run's. Raises RadarError when --vars is no YAML mapping.
    """
    known, target = remembered()
    added = []
    if _value(given, "--vars") is None:
        added += ["--vars", json.dumps(known)] if known else []
    elif values(*given) != known:
        typer.echo(f"The last run had other vars: {json.dumps(known)}", err=True)
    if (asked := _value(given, "--target", "-t") or os.environ.get("DBT_TARGET")) is None:
        added += ["--target", target] if target else []
    elif target and asked != target:
        typer.echo(f"The last run had another target: {target}", err=True)
    return [*given, *added]


def values(*given: str) -> dict[str, object]:
    """The vars that --vars names among the arguments, else those of the last run."""
    asked = _value(given, "--vars")
    return remembered()[0] if asked is None else _mapping(asked)


def remembered() -> tuple[dict[str, object], str | None]:
    """The vars that the last run was given and its target; none when there was no run in this database."""
    try:
        with session(settings.dsn()) as connection:
            row = connection.execute("select run_vars, run_target from radar.installation").fetchone()
    except _UNKNOWN:
        return {}, None
    return (row[0], row[1]) if row else ({}, None)


def _value(given: tuple[str, ...], *names: str) -> str | None:
    """What follows one of the names among the arguments, or is set to it by `=`; None without it."""
    for place, argument in enumerate(given):
        name, _, value = argument.partition("=")
        if name in names:
            return value or "".join(given[place + 1 : place + 2])
    return None


def _mapping(text: str) -> dict[str, object]:
    mapping = yaml.safe_load(text)
    if not isinstance(mapping, dict):
        raise RadarError(f"--vars is {text!r}: it takes a YAML mapping, as in '{{summary_days: 30}}'")
    return mapping
