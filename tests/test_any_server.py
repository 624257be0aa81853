"""Whatever the server's defaults are, and whoever may create objects in its schema public, the rows are the same."""

import pytest
from typer.testing import CliRunner

from radar.cli import app
from radar.connection import connect, session_settings, transaction
from tests.conftest import IS_SECOND, Database

pytestmark = pytest.mark.any_server

SETTINGS = [line.split(" = ")[0].removeprefix("set local ") for line in session_settings().strip().splitlines()]

NEARER = {
    "format(text, text)": "text",
    "format(text, text, text)": "text",
    "concat(text, text, bigint)": "text",
    "lower(name)": "text",
    "round(numeric, bigint)": "numeric",
    "equal(text, integer)": "boolean",
    "joined(text, timestamptz)": "text",
}
"""Functions that fit arguments better than PostgreSQL's own, which take any type or need a cast."""
HOSTILE = (
    "".join(
        f"""
    create function public.{name} returns {kind} language plpgsql as $$
    begin insert into public.caught values ('{name} as ' || current_user); return null; end $$;"""
        for name, kind in NEARER.items()
    )
    + """
    create operator public.= (function = public.equal, leftarg = text, rightarg = integer);
    create operator public.|| (function = public.joined, leftarg = text, rightarg = timestamptz);"""
)


@pytest.fixture
def demo(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database with demo data, to which the commands lead."""
    for name, value in database.env.items():
        monkeypatch.setenv(name, value)
    assert CliRunner().invoke(app, ["demo-data", "--events", "1000"], catch_exceptions=False).exit_code == 0
    return database


@pytest.mark.skipif(not IS_SECOND, reason="the embedded server is built in other tests")
def test_everything_is_built_and_tested(demo: Database) -> None:
    demo.dbt("build", "--quiet")
    demo.dbt("build", "--quiet")
    assert demo.query("select count(*) > 0 from analytics.sessions") == [(True,)]


def test_settings_end_with_their_transaction(database: Database) -> None:
    read = "select array_agg(current_setting(name) order by name) from unnest(%s::text[]) as name"
    with connect(database.dsn) as connection:
        before = connection.execute(read, [SETTINGS]).fetchall()
        with transaction(connection):
            inside = connection.execute(read, [SETTINGS]).fetchall()
            connection.execute("create temporary table pg_temp.mine (number integer) on commit drop")
        assert connection.execute(read, [SETTINGS]).fetchall() == before != inside
        assert connection.execute("select to_regclass('pg_temp.mine')").fetchall() == [(None,)]


def test_nothing_that_strangers_made_runs(demo: Database) -> None:
    demo.execute("grant create on schema public to public")
    demo.execute("create table public.caught (what text)")
    demo.execute("grant all on public.caught to public")
    demo.execute("create role radar_stranger")
    try:
        demo.execute("set role radar_stranger; " + HOSTILE)
        demo.build("--full-refresh")
        for command in (["demo-data", "--events", "1000"], ["retention"], ["status"], ["doctor"], ["prices", "update"]):
            CliRunner().invoke(app, command, catch_exceptions=False)
        demo.dbt("test", "--quiet", "-s", "sessions", "events")
        demo.query("select ingest.track('nosuch', '[]')")
        assert demo.query("select distinct what from public.caught") == []
    finally:
        demo.execute("drop owned by radar_stranger cascade; drop role radar_stranger")
