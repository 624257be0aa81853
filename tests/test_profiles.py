"""Targets: a real server must prove who it is, and on a shared one everything has a prefix."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from radar.errors import DbtError
from radar.server import Server
from tests.conftest import Database
from tests.tenant_rows import EVENTS, PROJECT
from tests.tenants import ALPHA


@pytest.fixture
def empty_database(server: Server) -> Iterator[Database]:
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute("create database radar_shared")
        yield Database(make_conninfo(server.dsn, dbname="radar_shared"))
        connection.execute("drop database radar_shared with (force)")


@pytest.mark.parametrize("target", ["server", "shared"])
def test_a_server_without_tls_is_refused(database: Database, target: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DbtError):
        database.dbt("run", "--target", target)
    assert "SSL was required" in capfd.readouterr().out


def test_a_shared_server_has_a_prefix_on_everything(empty_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSSLMODE", "disable")
    monkeypatch.setenv("RADAR_SCHEMA_PREFIX", "ci")
    empty_database.dbt("build", "--quiet", "--target", "shared")
    with empty_database.connect() as connection:
        ids = {"workspace": ALPHA.workspace_id, "project": ALPHA.project_id, "secret": ALPHA.secret}
        connection.execute(EVENTS.replace("ingest.", "ci_ingest."), {**ids, "first": 1, "last": 40})
        connection.execute(PROJECT.replace("ingest.", "ci_ingest."), {**ids, "name": "alpha"})
    empty_database.dbt("build", "--quiet", "--target", "shared")

    assert empty_database.query("select sum(event_count) from ci_analytics.sessions") == [(40,)]
    assert [name for (name,) in empty_database.query(SCHEMAS)] == [
        f"ci_{name}" for name in ("analytics", "app", "ingest", "radar", "staging")
    ]
    assert empty_database.query(PLAIN_NAMES_IN_FUNCTIONS) == []


@pytest.mark.parametrize("prefix", ["my-team", "Team", "9lives", "a" * 51])
def test_a_prefix_that_needs_quotes_is_refused_before_anything_is_made(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    monkeypatch.setenv("PGSSLMODE", "disable")
    monkeypatch.setenv("RADAR_SCHEMA_PREFIX", prefix)
    with pytest.raises(DbtError, match="small letters, digits and underscores"):
        empty_database.dbt("run", "--quiet", "--target", "shared")
    assert empty_database.query(SCHEMAS) == []


SCHEMAS = """
    select nspname from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'public') order by 1"""

PLAIN_NAMES_IN_FUNCTIONS = r"""
    select oid::regprocedure from pg_proc
    where pronamespace in (select oid from pg_namespace where nspname ~ '^ci_')
    and prosrc ~ '\m(app|ingest|staging|analytics|radar)\.[a-z]'"""
