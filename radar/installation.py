"""What to do when a database has no Radar under the plain names of its schemas."""

from typing import Any

import psycopg


def advice(connection: psycopg.Connection[Any]) -> str:
    """The part of an error message that says where Radar's tables are, or how they are made."""
    query = "select left(nspname, -5) from pg_namespace where nspname like '%\\_radar' order by 1"
    prefixes = [prefix for (prefix,) in connection.execute(query)]
    if not prefixes:
        return "run `radar build` (or `dbt run`) first, it makes the tables"
    return (
        f"its schemas begin with {' or '.join(prefixes)}, made by dbt's target shared, for dbt alone:"
        " radar's commands need a database that the default target built"
    )
