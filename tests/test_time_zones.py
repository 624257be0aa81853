"""Calendars in whatever time zone a reader or a server has, and zones by name alone."""

from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from radar.errors import DbtError
from tests.conftest import Database

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

WORKSPACE = UUID(int=1)
ZONES = ["UTC", "America/Santiago", "Africa/Cairo", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia"]
"""Among them three in which some days have no midnight, and one that left out a whole day."""
CALENDARS = [
    "select metric_date::text, total_runs from analytics.daily_metrics",
    "select metric_date::text, total_runs from analytics.agent_performance",
    "select activity_date::text, daily_active_users from analytics.mv_active_users",
    "select metric_date::text, daily_active_visitors from analytics.active_visitors",
    "select extract(epoch from metric_hour), total_runs from analytics.hourly_metrics",
]


def test_every_day_until_today_is_there_in_any_time_zone(database: Database) -> None:
    """The runs began before summer time was given up in Brazil, so that each zone has days without a midnight."""
    database.execute("insert into app.workspaces (workspace_id, name, slug) values (%s, 'W', 'w')", WORKSPACE)
    database.execute("insert into app.agents values (%s, %s, 'agent')", WORKSPACE, WORKSPACE)
    database.execute(
        "insert into app.agent_runs (workspace_id, run_id, agent_id, user_id, status, started_at, runtime_seconds)"
        f" select '{WORKSPACE}', gen_random_uuid(), '{WORKSPACE}', '{WORKSPACE}', 'completed', at, 1"
        " from unnest(array['2009-01-05 12:00Z', '2018-11-03 12:00Z', now() - interval '1 hour']) as at"
    )
    database.execute(
        "insert into ingest.projects (workspace_id, project_id, name, slug) values (%s, %s, 'P', 'p')",
        WORKSPACE,
        WORKSPACE,
    )
    database.execute(
        "insert into ingest.events (workspace_id, project_id, occurred_at, anonymous_id, event_type)"
        f" select '{WORKSPACE}', '{WORKSPACE}', at, 'a', 'pageview'"
        " from unnest(array['2010-01-01 12:00Z', now() - interval '1 hour']::timestamptz[]) as at"
    )
    found = {}
    for zone in ZONES:
        database.execute(f"alter database {database.env['PGDATABASE']} set timezone = '{zone}'")
        if zone == ZONES[0]:
            database.dbt("run", "--quiet", "--vars", "{summary_days: 1500}")
        else:  # what is built, is built in the server's zone
            database.dbt("run", "--quiet", "--vars", "{summary_days: 1500}", "-s", "active_users", "mv_active_users")
        found[zone] = [sorted(database.query(calendar)) for calendar in CALENDARS]
    assert [zone for zone in ZONES if found[zone] != found["UTC"]] == []
    today = database.query("select (now() at time zone 'UTC')::date::text")[0][0]
    assert {rows[-1][0] for rows in found["UTC"][:3]} == {today}
    assert len(found["UTC"][2]) == 1500
    assert sum(count for _, count in found["UTC"][4]) == 1


OF_A_READER = """
    set local timezone = 'America/Los_Angeles'; set local datestyle = 'SQL, DMY'; set local intervalstyle = 'iso_8601';
    set local extra_float_digits = -3; set local search_path = public; set local standard_conforming_strings = off"""
VIEWS = """
    select schemaname || '.' || viewname from pg_views
    where schemaname in ('analytics', 'staging', 'radar') order by 1"""


DIFFERENCE = """
    with
        usual as (select usual::text as shown from usual),
        of_reader as (select of_reader::text as shown from of_reader)
    select
        (select count(*) from (table usual except all table of_reader) as missing)
        + (select count(*) from (table of_reader except all table usual) as added),
        (select count(*) from usual)"""


def test_views_show_the_same_rows_whatever_a_reader_has_set(tenants: Database) -> None:
    """What is kept is computed under settings of our own, but a view is computed in its reader's session."""
    assert difference(tenants, "select started_at::time from analytics.sessions")[0] > 0
    found = {name: difference(tenants, f"table {name}") for (name,) in tenants.query(VIEWS)}
    assert [name for name, (different, _) in found.items() if different] == []
    assert sum(rows > 0 for _, rows in found.values()) > len(found) / 2


def difference(database: Database, query: str) -> tuple[int, int]:
    """How many rows differ under a reader's settings, and how many there are, at one moment."""
    with database.connect(autocommit=False) as connection:
        connection.execute(f"create temporary table usual on commit drop as {query}")
        connection.execute(OF_A_READER)
        connection.execute(f"create temporary table of_reader on commit drop as {query}")
        connection.execute("reset all")
        [found] = connection.execute(DIFFERENCE).fetchall()
    return found


@pytest.mark.parametrize("zone", ["UTC+3", "<+03>-3", "CEST", "Europe/Berlim", "", "+03:00"])
def test_a_time_zone_that_is_no_name_is_refused_with_what_to_write(tenants: Database, zone: str) -> None:
    with pytest.raises(
        psycopg.errors.CheckViolation, match="is no name of a time zone: write one of pg_timezone_names"
    ):
        tenants.execute(
            "insert into ingest.projects (workspace_id, name, slug, settings) values (%s, 'P', 'new', %s)",
            WORKSPACE, Jsonb({"timezone": zone}),
        )  # fmt: skip


def test_the_var_of_workspaces_is_refused_too(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DbtError):
        database.dbt("run", "-s", "stg_projects", "--vars", "{workspace_timezone: UTC+3}")
    assert "UTC+3 is no name of a time zone" in capsys.readouterr().out
