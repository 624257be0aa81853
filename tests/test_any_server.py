"""Whatever the server's defaults are, and whoever may create objects in its schema public, the rows are the same."""

from collections.abc import Container
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from radar.cli import app
from radar.connection import connect, session_settings, transaction
from tests.conftest import IS_SECOND, Database, following
from tests.loading import make_project, message, write_lines
from tests.test_attribution import make_goals, send

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
    "joined(text, integer)": "text",
    "joined(text, bigint)": "text",
    "joined(text, numeric)": "text",
    "jsonb_build_object(text, integer, text, integer, text, integer)": "jsonb",
    "jsonb_build_array(jsonb)": "jsonb",
    "to_jsonb(text)": "jsonb",
    "unnest(text[])": "text",
    "cardinality(text[])": "integer",
    "array_to_string(text[], text)": "text",
    "concat_ws(text, text, text)": "text",
}
"""Functions that fit arguments better than PostgreSQL's own, which take any type or need a cast."""
TABLES = ("events", "projects", "sessions", "session_events", "installation", "builds")
HOSTILE = (
    "".join(
        f"""
    create function public.{name} returns {kind} language plpgsql as $$
    begin insert into public.caught values ('{name} as ' || current_user); return null; end $$;"""
        for name, kind in NEARER.items()
    )
    + """
    create operator public.= (function = public.equal, leftarg = text, rightarg = integer);
    create type public.mine as (word text);"""
    + "".join(
        f"""
    create function public.mine_of({kind}) returns public.mine language plpgsql as $$
    begin insert into public.caught values ('cast of {kind} as ' || current_user); return row('')::public.mine; end $$;
    create cast ({kind} as public.mine) with function public.mine_of({kind}) as implicit;
    create function public.lower(public.mine, {kind}) returns text language sql return '';
    create operator public.|| (function = public.lower, leftarg = public.mine, rightarg = {kind});"""
        for kind in ("text", "bigint", "timestamptz")
    )
    + "".join(
        f"create operator public.|| (function = public.joined, leftarg = text, rightarg = {kind});"
        for kind in ("timestamptz", "integer", "bigint", "numeric")
    )
    + "".join(f"create view public.{name} as select public.mine_of(''::text) as project_id;" for name in TABLES)
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


def test_credits_do_not_depend_on_the_zone(database: Database) -> None:
    """Summer time began in between: by the clocks of Los Angeles the look-back of 30 days is an hour shorter."""
    make_project(database)
    make_goals(database, "order")
    visit = {"event_type": "pageview", "anonymous_id": "a", "page_url": "https://shop.example/"}
    send(
        database,
        [
            {**visit, "occurred_at": "2025-02-20 12:30Z", "utm_source": "news", "utm_medium": "email"},
            {**visit, "occurred_at": "2025-03-22 11:59Z", "utm_source": "google", "utm_medium": "cpc"},
            {**visit, "occurred_at": "2025-03-22 12:00Z", "event_type": "track", "event_name": "order"},
        ],
    )
    found = []
    for zone in ("UTC", "America/Los_Angeles"):
        database.execute(f"""alter database "{database.env["PGDATABASE"]}" set timezone = '{zone}'""")
        database.build("--full-refresh", models=following("sessions", "attribution"))
        found.append(
            database.query(
                "select source, touch_count, linear_credit, time_decay_credit from analytics.touchpoints order by 1"
            )
        )
    assert found[0] == found[1]
    assert [row[:3] for row in found[0]] == [("google", 2, 0.5), ("news", 2, 0.5)]


def test_nothing_that_strangers_made_runs(demo: Database, tmp_path: Path) -> None:
    [(write_key, slug)] = demo.query("select write_key, slug from ingest.projects order by slug limit 1")
    body = orjson.dumps([message(1, properties={"password": "x", "url": "/?pin=1"}), message(2, messageId=None)])
    demo.execute("grant create on schema public to public")
    demo.execute("create table public.caught (what text)")
    demo.execute("grant all on public.caught to public")
    demo.execute("create role radar_neighbour")
    try:
        demo.execute("set role radar_neighbour; " + HOSTILE)
        demo.build("--full-refresh")
        run("demo-data", "--events", "1000")
        run("load", str(write_lines(tmp_path / "a.jsonl", [message(3), b"{"])), "--project", slug)
        run("prices", "update")
        run("retention", "--apply")
        run("status")
        run("doctor", codes={0, 1})  # what it says of the server's memory is not the question
        run("check", "--json", codes={0, 1})
        [(answer,)] = demo.query("select ingest.track(%s, %s)", write_key, body.decode())
        assert (answer["accepted"], answer["rejected"]) == (2, 0), answer
        assert demo.query("select distinct what from public.caught") == []
    finally:
        demo.execute("drop owned by radar_neighbour cascade; drop role radar_neighbour")


def run(*command: str, codes: Container[int] = frozenset({0})) -> None:
    """Run a command, which ends with one of the codes."""
    outcome = CliRunner().invoke(app, command)
    assert outcome.exit_code in codes, (command, outcome.output, outcome.exception)
    assert isinstance(outcome.exception, SystemExit | None), (command, outcome.exception)
