"""What each role may do, and no more: ingest, service, and a plain role that runs dbt beside somebody's application."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import LiteralString
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from radar import settings
from radar.errors import DbtError
from radar.server import Server
from tests.conftest import Database
from tests.tenants import ALPHA, BRAVO, Tenant, add_events, add_project, claim

DENIED = psycopg.errors.InsufficientPrivilege
TRANSFORMER = "radar_transformer"
CONNECTED = ("--vars", "{standalone: false, app_schema: public}")


@contextmanager
def session_as(database: Database, role: str) -> Iterator[psycopg.Connection]:
    """A connection that has the rights of the role alone."""
    with database.connect() as connection:
        connection.execute(sql.SQL("set session authorization {}").format(sql.Identifier(role)))
        yield connection


@pytest.fixture
def ingest(tenants: Database) -> Iterator[psycopg.Connection]:
    with session_as(tenants, "radar_ingest") as connection, connection.transaction(force_rollback=True):
        yield connection


EVENT = "insert into ingest.events (workspace_id, project_id, message_id, occurred_at, anonymous_id)"


def test_ingest_inserts_by_naming_columns(ingest: psycopg.Connection) -> None:
    inserted = ingest.execute(
        EVENT + " select %s, %s, number::text || 'x', now(), 'a' from generate_series(1, 3) as number",
        [ALPHA.workspace_id, ALPHA.project_id],
    )
    assert inserted.rowcount == 3
    ingest.execute(
        "insert into ingest.projects (workspace_id, name, slug, settings) values (%s, 'New', 'new', %s)",
        [ALPHA.workspace_id, '{"timezone": "Asia/Tokyo"}'],
    )


def test_ingest_copies_by_way_of_a_temporary_table(ingest: psycopg.Connection) -> None:
    """PostgreSQL refuses COPY into a table with row security; what was copied beside it is inserted."""
    ingest.execute("create temporary table sent (message_id text, occurred_at timestamptz)")
    with ingest.cursor().copy("copy sent from stdin") as copy:
        copy.write_row(["copied", "2026-05-04 12:00+00"])
    row = "select %s, %s, message_id, occurred_at, 'a' from sent"
    assert ingest.execute(EVENT + row, [ALPHA.workspace_id, ALPHA.project_id]).rowcount == 1
    with (
        pytest.raises(psycopg.errors.FeatureNotSupported, match="row-level security"),
        ingest.cursor().copy("copy ingest.events (workspace_id, project_id, message_id, occurred_at) from stdin"),
    ):
        pass


def test_a_login_that_bypasses_row_security_copies_and_still_reads_nothing(tenants: Database) -> None:
    with tenants.connect() as connection, connection.transaction(force_rollback=True):
        connection.execute("create role copier bypassrls in role radar_ingest; set local session authorization copier")
        columns = "workspace_id, project_id, message_id, occurred_at, anonymous_id"
        with connection.cursor().copy(f"copy ingest.events ({columns}) from stdin") as copy:
            copy.write_row([ALPHA.workspace_id, ALPHA.project_id, "copied", "2026-05-04 12:00+00", "a"])
        with pytest.raises(DENIED):
            connection.execute("select message_id from ingest.events")


def test_ingest_sends_by_the_function(ingest: psycopg.Connection) -> None:
    assert ingest.execute("select ingest.track('no such key', '{}')").fetchone() is not None


INGEST_FORBIDDEN: tuple[LiteralString, ...] = (
    EVENT[:-1] + ", ingest_xid) select gen_random_uuid(), gen_random_uuid(), 'x', now(), 'a', 0",
    EVENT + " select gen_random_uuid(), gen_random_uuid(), 'x', now(), 'a' returning ingest_xid",
    EVENT + " select workspace_id, project_id, 'x', now(), 'a' from ingest.projects",
    EVENT + " select gen_random_uuid(), gen_random_uuid(), 'x', now(), 'a' on conflict"
    " (workspace_id, message_id, occurred_at) do update set message_id = 'y'",
    "select message_id from ingest.events",
    "select count(*) from ingest.rejected_events",
    "update ingest.events set event_name = 'x'",
    "delete from ingest.events",
    "truncate ingest.events",
    "copy ingest.events to stdout",
    "insert into ingest.events_default (workspace_id, project_id, occurred_at) values (null, null, now())",
    "alter table ingest.events drop column city",
    "create table ingest.mine (x integer)",
    "select * from analytics.sessions",
    "select * from staging.stg_events",
    "select * from app.workspace_members",
    "select * from radar.builds",
    "select radar.store_messages('[]', 'track', null, 'key', '[]', null, null, false, null)",
    "select radar.current_workspaces()",
    "set role authenticated",
)


@pytest.mark.parametrize("statement", INGEST_FORBIDDEN)
def test_ingest_may_not(ingest: psycopg.Connection, statement: LiteralString) -> None:
    with pytest.raises(DENIED):
        ingest.execute(statement)


@pytest.mark.parametrize(
    ("table", "first", "last"),
    [
        ("ingest.events", "2026-01-01", "85359-01-01"),
        ("ingest.events", "0001-01-01", "2026-01-01"),
        ("ingest.events", "2026-01-01", "infinity"),
        ("ingest.events", "-infinity", "2026-01-01"),
        ("ingest.goals", "2026-01-01", "2026-01-01"),
        ("other.planted", "2026-01-01", "2026-01-01"),
    ],
)
def test_ingest_makes_partitions_within_reason(tenants: Database, table: str, first: str, last: str) -> None:
    with tenants.connect() as connection, connection.transaction(force_rollback=True):
        connection.execute("create schema other; create table other.planted (day date) partition by range (day)")
        oid = connection.execute("select %s::regclass::oid", [table]).fetchall()[0][0]
        connection.execute("set local session authorization radar_ingest")
        ensure = "select radar.ensure_month_partitions(%s, %s, %s)"
        assert connection.execute(ensure, ["ingest.events", "2020-01-01", "2020-02-01"]).fetchone() == (2,)
        with pytest.raises(
            psycopg.errors.RaiseException, match=r"can have partitions|not a partitioned|not in the schema"
        ):
            connection.execute("select radar.ensure_month_partitions(%s::oid::regclass, %s, %s)", [oid, first, last])


def test_service_reads_and_writes_every_workspace(tenants: Database) -> None:
    with session_as(tenants, "service_role") as service, service.transaction(force_rollback=True):
        for relation in ("analytics.sessions", "analytics.page_performance", "staging.stg_events", "ingest.events"):
            found = service.execute(f"select distinct workspace_id from {relation}".encode()).fetchall()
            assert {row[0] for row in found} == {ALPHA.workspace_id, BRAVO.workspace_id}
        unprocessed = "select count(*) from staging.stg_events where processed_at is null"
        assert service.execute(unprocessed).fetchone() == (0,)
        assert service.execute("delete from ingest.goals").rowcount == 2


@pytest.fixture
def application(server: Server) -> Iterator[Database]:
    """A database with the tables of a main application, in which Radar has nothing yet and no rights."""
    name = sql.Identifier("radar_application")
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(name))
        database = Database(make_conninfo(server.dsn, dbname="radar_application"))
        database.execute("""
            create table public.workspaces (workspace_id uuid primary key, name text, slug text);
            create table public.workspace_members (workspace_id uuid, user_id uuid);
            create table public.agents (workspace_id uuid, agent_id uuid, name text);
            create table public.agent_runs (
                workspace_id uuid, run_id uuid, agent_id uuid, user_id uuid, status text, started_at timestamptz,
                completed_at timestamptz, runtime_seconds numeric, credits_consumed numeric, model text,
                tokens_used bigint,
                error_type text, error_message text, user_rating numeric);
            create table public.invoices (amount numeric);
            alter table public.workspace_members enable row level security;
            alter table public.agent_runs enable row level security""")
        yield database
        connection.execute(sql.SQL("drop database {} with (force)").format(name))
        connection.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(TRANSFORMER)))


def prepare(application: Database) -> None:
    """What an administrator does before Radar comes."""
    with application.connect() as administrator:
        administrator.execute((settings.ROOT / "docs/transformer_role.sql").read_bytes())


def as_transformer(database: Database) -> Database:
    return Database(make_conninfo(database.dsn, user=TRANSFORMER))


def add_member(database: Database, tenant: Tenant) -> None:
    database.execute("insert into public.workspace_members values (%s, %s)", tenant.workspace_id, tenant.member_id)
    database.execute(
        "insert into public.agent_runs (workspace_id, run_id, agent_id, status, started_at)"
        " values (%s, %s, %s, 'running', now())",
        tenant.workspace_id, tenant.project_id, tenant.member_id,
    )  # fmt: skip
    add_project(database, tenant)
    add_events(database, tenant)


def workspaces_seen(database: Database, user_id: UUID) -> set[UUID]:
    with session_as(database, "authenticated") as reader:
        claim(reader, user_id)
        return {workspace for (workspace,) in reader.execute("select workspace_id from analytics.sessions").fetchall()}


def test_a_plain_role_builds_beside_an_application_that_it_cannot_write(application: Database) -> None:
    prepare(application)
    transformer = as_transformer(application)
    transformer.dbt("build", "--quiet", *CONNECTED)
    add_member(application, ALPHA)
    add_member(application, BRAVO)
    transformer.dbt("build", "--quiet", *CONNECTED)
    application.execute("update public.agent_runs set status = 'failed'")
    transformer.dbt("run", "--quiet", *CONNECTED)
    transformer.dbt("build", "--quiet", "--full-refresh", *CONNECTED)

    assert workspaces_seen(application, ALPHA.member_id) == {ALPHA.workspace_id}
    assert application.query("select status, count(*) from analytics.runs group by 1") == [("failed", 2)]
    assert application.query(WRITABLE) == []
    with transformer.connect() as connection:
        for statement in APP_FORBIDDEN:
            with pytest.raises(DENIED):
                connection.execute(statement)


WRITABLE: LiteralString = """
    select oid::regclass from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and (
        has_any_column_privilege('radar_transformer', oid, 'insert, update, references')
        or has_table_privilege('radar_transformer', oid, 'delete, truncate, trigger'))"""

APP_FORBIDDEN: tuple[LiteralString, ...] = (
    "insert into public.workspace_members values (null, null)",
    "update public.workspace_members set user_id = null",
    "delete from public.workspace_members",
    "truncate public.workspace_members",
    "alter table public.workspace_members disable row level security",
    "create table public.mine (x integer)",
    "update public.agent_runs set status = 'pending'",
    "create index on public.agent_runs (started_at)",
    "select * from public.invoices",
)


def test_without_the_rights_it_says_what_an_administrator_has_to_run(
    application: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    application.execute("create role radar_transformer login")
    with pytest.raises(DbtError):
        as_transformer(application).dbt("run", *CONNECTED)
    said = re.sub(r"\s+", " ", capfd.readouterr().out)
    assert "Ask an administrator to run, in this database: " in said
    assert "create schema ingest authorization radar_transformer; create schema staging authorization" in said


def test_auth_uid_is_asked_where_it_exists(application: Database) -> None:
    application.execute("""
        create schema auth;
        create function auth.uid() returns uuid language sql stable
        as $$ select nullif(current_setting('test.user', true), '')::uuid $$""")
    prepare(application)
    application.execute("grant usage on schema auth to radar_transformer, authenticated")
    add = as_transformer(application)
    add.dbt("run", "--quiet", *CONNECTED)
    add_member(application, ALPHA)
    add.dbt("run", "--quiet", *CONNECTED)
    assert workspaces_seen(application, ALPHA.member_id) == set()  # the claim is not asked
    with session_as(application, "authenticated") as reader:
        reader.execute("select set_config('test.user', %s, false)", [str(ALPHA.member_id)])
        assert reader.execute("select distinct workspace_id from analytics.sessions").fetchall() == [
            (ALPHA.workspace_id,)
        ]
