"""No tenant reads another tenant's row: a hostile reader walks the whole catalog and tries what PostgreSQL allows."""

from collections.abc import Iterator
from typing import LiteralString
from uuid import UUID

import psycopg
import pytest

from radar.server import Server
from tests.catalog_audit import problems
from tests.conftest import Database
from tests.tenants import ALPHA, BRAVO, NOBODY, Walk, copy_of, reader, rows_of, walk


@pytest.fixture
def tenants_copy(server: Server, tenants: Database) -> Iterator[Database]:
    """A copy of it, for tests that change it."""
    with copy_of(server, "radar_tenants", "radar_tenants_copy") as database:
        yield database


def walk_as_alpha(database: Database) -> Walk:
    with reader(database, ALPHA.member_id) as connection:
        return walk(database, connection, [BRAVO])


def test_rights_in_the_catalog(tenants: Database) -> None:
    with tenants.connect() as connection:
        assert problems(connection) == []


@pytest.mark.any_server
def test_a_member_reads_the_own_workspace_alone_and_all_of_it(tenants: Database) -> None:
    seen = walk_as_alpha(tenants)
    assert seen.leaks == []
    expected = rows_of(tenants, ALPHA, "analytics")
    assert seen.rows == expected
    assert min(seen.rows.values()) > 0
    assert {"ingest.events", "ingest.events_default", "app.workspace_members", "radar.builds"} <= seen.denied


@pytest.mark.any_server
@pytest.mark.parametrize("user_id", [NOBODY, None], ids=["member of nothing", "not logged in"])
def test_a_stranger_reads_nothing(tenants: Database, user_id: UUID | None) -> None:
    with reader(tenants, user_id) as connection:
        seen = walk(tenants, connection, [ALPHA, BRAVO])
    assert seen.leaks == []
    assert set(seen.rows.values()) == {0}


PLANTED: dict[str, LiteralString] = {
    "table without a policy": """
        create table analytics.planted as select * from analytics.sessions;
        grant select on analytics.planted to authenticated""",
    "policy for everything": """
        create table analytics.planted as select * from analytics.sessions;
        alter table analytics.planted enable row level security; grant select on analytics.planted to authenticated;
        create policy planted on analytics.planted for select to authenticated using (true)""",
    "one column": """
        create table analytics.planted as select page_url from ingest.events;
        grant select on analytics.planted to public""",
    "view with its owner's rights": """
        create view analytics.planted as select * from analytics.sessions;
        grant select on analytics.planted to authenticated""",
    "materialized view": """
        create materialized view analytics.planted as select * from analytics.daily_site_metrics;
        grant select on analytics.planted to authenticated""",
    "partition": """
        create table analytics.planted (like analytics.sessions) partition by list (workspace_id);
        create table analytics.planted_default partition of analytics.planted default;
        alter table analytics.planted enable row level security;
        insert into analytics.planted select * from analytics.sessions;
        grant select on analytics.planted_default to authenticated""",
    "table of another schema": """
        create schema planted; grant usage on schema planted to authenticated;
        create table planted.planted as select * from ingest.projects;
        grant select on planted.planted to authenticated""",
    "function that takes a workspace": """
        create function analytics.planted(workspace uuid) returns setof analytics.sessions language sql security definer
        set search_path = pg_catalog, pg_temp
        as 'select * from analytics.sessions where workspace_id = workspace'""",
    "function that fails with a row": """
        create function analytics.planted() returns text language plpgsql security definer
        set search_path = pg_catalog, pg_temp
        as 'begin raise exception ''%%'', (select string_agg(page_url, '' '') from ingest.events); end'""",
}


@pytest.mark.parametrize("statement", PLANTED.values(), ids=PLANTED)
def test_a_relation_or_function_added_without_protection_is_found(
    tenants_copy: Database, statement: LiteralString
) -> None:
    tenants_copy.execute(statement)
    with tenants_copy.connect() as connection:
        assert any("planted" in problem for problem in problems(connection))
    assert any("planted" in leak for leak in walk_as_alpha(tenants_copy).leaks)


WRONG: dict[str, LiteralString] = {
    "grant to public": "grant usage on schema analytics to public",
    "default rights": "alter default privileges in schema analytics grant select on tables to public",
    "row security off": "alter table ingest.goals disable row level security",
    "row security off on a partition": "alter table ingest.events_default disable row level security",
    "journal": "alter table radar.session_events_changes disable row level security",
    "staging view": "alter view staging.stg_events reset (security_invoker)",
    "view over a view": "create view analytics.more as select * from analytics.pageviews",
    "write": "grant update (bounce_rate) on analytics.daily_site_metrics to authenticated",
    "create": "grant create on schema analytics to authenticated",
    "raw table": "grant select (write_key) on ingest.projects to authenticated",
    "search path": "alter function ingest.track(text, jsonb, text, text, inet) reset search_path",
    "function of the loader": "grant execute on function ingest.track(text, jsonb, text, text, inet) to authenticated",
    "policy for all commands": "create policy more on analytics.sessions to authenticated using (true)",
    "nullable tenant": """
        create table analytics.more (workspace_id uuid); alter table analytics.more enable row level security""",
}


@pytest.mark.parametrize("statement", WRONG.values(), ids=WRONG)
def test_each_wrong_right_is_found(tenants: Database, statement: LiteralString) -> None:
    with psycopg.connect(tenants.dsn) as connection:
        connection.execute(statement)
        assert problems(connection) != []
        connection.rollback()
