"""What a hostile reader tries beside plain queries: the ways that PostgreSQL offers to reach or overhear a row."""

import io
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, LiteralString

import psycopg
import pytest

from tests.conftest import Database
from tests.tenants import ALPHA, BRAVO, claim, reader, rows_of

DENIED = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def hostile(tenants: Database) -> Iterator[psycopg.Connection]:
    """A connection of alpha's member."""
    with reader(tenants, ALPHA.member_id) as connection:
        yield connection


def assert_nothing_of_bravo(*found: Any) -> None:
    assert [sign for sign in BRAVO.signs if sign in str(found)] == []


MALFORMED = [
    "", "null", "[]", '"x"', "1", "{", "{}", '{"sub": null}', '{"sub": ""}', '{"sub": "*"}', '{"sub": "%"}',
    '{"sub": []}', '{"sub": {}}', '{"sub": "null"}', '{"sub": "00000000-0000-0000-0000-000000000000"}',
    '{"role": "service_role"}',
    f'[{{"sub": "{BRAVO.member_id}"}}]', f'{{"sub": ["{BRAVO.member_id}"]}}', f'{{"sub": "{BRAVO.workspace_id}"}}',
]  # fmt: skip


@pytest.mark.parametrize("setting", ["request.jwt.claims", "request.jwt.claim.sub"])
@pytest.mark.parametrize("claims", MALFORMED)
def test_malformed_claims_are_nobody_or_an_error(tenants: Database, claims: str, setting: str) -> None:
    with reader(tenants) as connection:
        connection.execute("select set_config(%s, %s, false)", [setting, claims])
        try:
            rows = connection.execute("select * from analytics.sessions").fetchall()
        except psycopg.DataError:
            return
    assert rows == []


def test_a_claim_that_changes_changes_what_a_prepared_statement_returns(hostile: psycopg.Connection) -> None:
    hostile.execute("set plan_cache_mode = force_generic_plan")
    hostile.execute("prepare mine as select distinct workspace_id from analytics.sessions")
    assert hostile.execute("execute mine").fetchall() == [(ALPHA.workspace_id,)]
    claim(hostile, None)
    assert hostile.execute("execute mine").fetchall() == []
    claim(hostile, BRAVO.member_id)
    assert hostile.execute("execute mine").fetchall() == [(BRAVO.workspace_id,)]


FORBIDDEN: tuple[LiteralString, ...] = (
    "set role postgres",
    "set role service_role",
    "set role radar_ingest",
    "set session authorization postgres",
    "copy ingest.events to stdout",
    "copy (select * from ingest.projects) to stdout",
    "copy analytics.sessions to program 'cat'",
    "copy analytics.sessions from stdin",
    "select * from only ingest.events_default",
    "table app.workspace_members",
    "select * from staging.stg_events",
    "explain analyze select * from ingest.events",
    "alter table analytics.sessions disable row level security",
    "alter view analytics.pageviews set (security_invoker = false)",
    "create policy mine on analytics.sessions using (true)",
    "drop table analytics.sessions",
    "create rule mine as on select to analytics.sessions do instead select 1",
    "create trigger mine before insert on analytics.sessions execute function analytics.update_updated_at()",
    "create function radar.mine() returns integer language sql as 'select 1'",
    "create operator class analytics.mine for type uuid using btree as function 1 uuid_cmp(uuid, uuid)",
    "create or replace function radar.current_workspaces() returns uuid[] language sql as 'select null'",
    "insert into analytics.sessions (workspace_id) values (null)",
    "update analytics.sessions set workspace_id = workspace_id",
    "delete from analytics.sessions",
    "truncate analytics.sessions",
    "select * from analytics.sessions for update",
    "begin; lock table analytics.sessions in access exclusive mode",
    "comment on table analytics.sessions is 'mine'",
    "select radar.store_messages('[]', 'track', null, 'bravo', '[]', null, null, false, null)",
    "select radar.ensure_month_partitions('ingest.events', '2026-01-01', '2026-01-01')",
    "select ingest.track('wk', '{}')",
    "select pg_read_file('pg_hba.conf')",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_forbidden(hostile: psycopg.Connection, statement: LiteralString) -> None:
    with pytest.raises(DENIED) as caught:
        hostile.execute(statement)
    assert_nothing_of_bravo(caught.value)


def test_row_security_off_is_an_error_and_shows_nothing(hostile: psycopg.Connection) -> None:
    hostile.execute("set row_security = off")
    with pytest.raises(DENIED, match="row-level security"):
        hostile.execute("select * from analytics.sessions")


def test_copy_out_is_filtered(hostile: psycopg.Connection, tenants: Database) -> None:
    with hostile.cursor().copy("copy analytics.sessions to stdout") as copy:
        lines = io.BytesIO(b"".join(bytes(block) for block in copy)).readlines()
    assert len(lines) == rows_of(tenants, ALPHA, "analytics")["analytics.sessions"]
    assert_nothing_of_bravo(lines)


@pytest.mark.parametrize("relation", ["analytics.session_events", "analytics.pageviews", "analytics.user_events"])
def test_a_function_in_a_condition_is_not_shown_foreign_rows(
    hostile: psycopg.Connection, relation: LiteralString
) -> None:
    """The planner runs cheap conditions first; one that talks must still come after the policy, through views too."""
    overheard: list[str] = []
    hostile.add_notice_handler(lambda notice: overheard.append(str(notice.message_primary)))
    hostile.execute("""
        create function pg_temp.overhear(page_url text) returns boolean language plpgsql cost 0.0000001
        as 'begin raise notice ''%'', page_url; return true; end'""")
    hostile.execute(b"select * from " + relation.encode() + b" where pg_temp.overhear(page_url)")
    assert len(overheard) > 0
    assert_nothing_of_bravo(overheard)


def test_errors_show_no_foreign_value(hostile: psycopg.Connection) -> None:
    for query in (
        "select page_url::integer from analytics.session_events where page_url like '%bravo%'",
        "select 1 / (case when page_url like '%bravo%' then 0 else 1 end) from analytics.session_events",
        "select * from analytics.pageviews where page_url::int = 1 and workspace_id <> all(radar.current_workspaces())",
    ):
        try:
            found: Any = hostile.execute(query.encode()).fetchall()
        except psycopg.errors.InvalidTextRepresentation as error:  # of an own row; dividing by zero would be a leak
            found = error, error.diag.message_detail, error.diag.context
        assert_nothing_of_bravo(found)


def test_statistics_show_no_foreign_value(hostile: psycopg.Connection, tenants: Database) -> None:
    tenants.execute("analyze analytics.session_events")
    for view in ("pg_stats", "pg_stats_ext", "pg_stats_ext_exprs"):
        assert_nothing_of_bravo(hostile.execute(f"select to_jsonb(this)::text from {view} as this".encode()).fetchall())
    with pytest.raises(DENIED):
        hostile.execute("select * from pg_statistic")


def test_estimates_do_not_tell_how_common_a_foreign_value_is(hostile: psycopg.Connection, tenants: Database) -> None:
    """PostgreSQL guesses without statistics unless the operator is leakproof (see DECISIONS.md)."""
    tenants.execute("analyze analytics.session_events")
    plans = [
        hostile.execute("explain select * from analytics.session_events where page_url like %s", [pattern]).fetchall()
        for pattern in (f"%{BRAVO.secret}%", f"%{'x' * len(BRAVO.secret)}%")
    ]
    assert plans[0][0] == plans[1][0]


SHADOWS: tuple[LiteralString, ...] = (
    # Names that our functions and policies use, made first in line for this session.
    """create temporary table workspace_members as
    select %(bravo)s::uuid as workspace_id, %(alpha_member)s::uuid as user_id""",
    "create function pg_temp.current_user_id() returns uuid language sql as $$ select %(bravo_member)s::uuid $$",
    "create function pg_temp.current_workspaces() returns uuid[] language sql as $$ select array[%(bravo)s::uuid] $$",
    "create function pg_temp.current_setting(text, boolean) returns text language sql as $$ select %(bravo_member)s $$",
    "create function pg_temp.array_agg(uuid) returns uuid[] language sql as $$ select array[%(bravo)s::uuid] $$",
    "create function pg_temp.always(uuid, uuid) returns boolean language sql as 'select true'",
    "create operator pg_temp.= (leftarg = uuid, rightarg = uuid, function = pg_temp.always)",
    "set search_path = pg_temp, app, radar, analytics, pg_catalog",
)


def test_temporary_objects_do_not_stand_in_for_ours(hostile: psycopg.Connection) -> None:
    values = {"bravo": BRAVO.workspace_id, "bravo_member": BRAVO.member_id, "alpha_member": ALPHA.member_id}
    for statement in SHADOWS:
        psycopg.ClientCursor(hostile).execute(statement, values)
    assert hostile.execute("select radar.current_workspaces()").fetchone() == ([ALPHA.workspace_id],)
    for relation in ("sessions", "pageviews", "page_performance"):
        assert_nothing_of_bravo(hostile.execute(f"select workspace_id from analytics.{relation}".encode()).fetchall())


READABLE: LiteralString = """
    select oid::regclass::text from pg_class
    where relnamespace = 'analytics'::regnamespace and relkind in ('r', 'v') and has_table_privilege(oid, 'select')
"""


def test_own_views_cursors_and_parallel_plans_are_filtered_too(hostile: psycopg.Connection) -> None:
    hostile.execute("create temporary view mine as select * from analytics.page_performance")
    hostile.execute(
        "set debug_parallel_query = on" if hostile.info.server_version >= 160000 else "set force_parallel_mode = on"
    )
    hostile.execute("set parallel_setup_cost = 0; set parallel_tuple_cost = 0; set min_parallel_table_scan_size = 0")
    with hostile.transaction():
        hostile.execute("declare mine cursor for select * from analytics.session_events")
        assert_nothing_of_bravo(hostile.execute("fetch all from mine").fetchall())
    assert_nothing_of_bravo(hostile.execute("select * from mine").fetchall())
    for (relation,) in hostile.execute(READABLE).fetchall():
        # A server without XML; XML knows no infinite time.
        with suppress(psycopg.errors.FeatureNotSupported, psycopg.errors.DatetimeFieldOverflow):
            assert_nothing_of_bravo(hostile.execute("select table_to_xml(%s, true, true, '')", [relation]).fetchall())


def test_a_readers_own_view_does_not_stop_a_full_refresh(database: Database) -> None:
    with reader(database) as connection:
        connection.execute("create temporary view mine as select * from analytics.page_performance")
        connection.execute("create temporary view another as select * from analytics.sessions")
        database.dbt("run", "--quiet", "--full-refresh", "--select", "session_events", "sessions", "page_performance")
        connection.execute("select * from analytics.page_performance")


def test_a_reader_in_a_transaction_waits_and_sees_the_new_table(database: Database) -> None:
    """Readers and the swap take their locks in one order: the reader holds the view while it waits for nothing."""
    failures: list[BaseException] = []

    def refresh() -> None:
        try:
            database.dbt("run", "--quiet", "--full-refresh", "--select", "sessions")
        except BaseException as error:
            failures.append(error)

    with reader(database) as connection, connection.transaction():
        connection.execute("select * from analytics.page_performance")
        run = threading.Thread(target=refresh)
        run.start()
        run.join(timeout=8)
        connection.execute("select * from analytics.page_performance")
        connection.execute("select * from analytics.sessions")
    run.join()
    assert failures == []
