"""Compares every table of analytics, row by row, with what a full refresh builds from the same raw rows."""

from psycopg import sql

from tests.conftest import FOLLOWING, Database

FOUND = "select relname from pg_class where relkind = 'r' and relnamespace = 'analytics'::regnamespace order by 1"


def tables(database: Database) -> list[str]:
    """Names of the tables in analytics, found in the catalog, so that a new one is compared too."""
    return [name for (name,) in database.query(FOUND)]


def assert_equals_full_refresh(database: Database, *models: str) -> None:
    """Keep what the incremental runs made, rebuild (these models, else all), and compare all columns but updated_at. The
    rebuilt tables stay."""
    with database.connect() as connection:
        connection.execute("drop schema if exists kept cascade")
        connection.execute("create schema kept")
        for table in tables(database):
            connection.execute(sql.SQL("create table kept.{0} as table analytics.{0}").format(sql.Identifier(table)))
    database.build("--full-refresh", models=models or FOLLOWING)
    assert differences(database) == {}


def differences(database: Database) -> dict[str, dict[str, list[str]]]:
    """By table: some rows that only the incremental runs made, and some that only the full refresh did."""
    found = {}
    for table in tables(database):
        only = {
            "incremental": _minus(database, table, "kept", "analytics"),
            "full": _minus(database, table, "analytics", "kept"),
        }
        if only["incremental"] or only["full"]:
            found[table] = only
    return found


def _minus(database: Database, table: str, left: str, right: str) -> list[str]:
    query = sql.SQL(
        "select to_jsonb(rows)::text from (select {columns} from {left} except all select {columns} from {right}) as rows limit 3"
    )
    with database.connect() as connection:
        columns = connection.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and attname <> 'updated_at'"
            " order by attnum", [f"analytics.{table}"],
        ).fetchall()  # fmt: skip
        names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in columns)
        statement = query.format(columns=names, left=sql.Identifier(left, table), right=sql.Identifier(right, table))
        return [row for (row,) in connection.execute(statement).fetchall()]
