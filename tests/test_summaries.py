"""Summaries read rollups and say what the sessions and pageviews themselves would, on the project's own days."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID

import psycopg
import pytest

from benchmarks import dashboards
from radar.server import Server
from tests.conftest import TEMPLATE, Database, following
from tests.full_refresh import assert_equals_full_refresh
from tests.tenants import copy_of

BUILT = following("sessions", "daily")
pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

WORKSPACE = UUID(int=1)
DASHBOARDS = Path(dashboards.__file__).parent / "web" / "dashboards.sql"
ZONES = {UUID(int=10): "Pacific/Kiritimati", UUID(int=11): "America/New_York", UUID(int=12): "Pacific/Niue"}
REFERRERS = ["", "https://www.google.com/", "https://chatgpt.com/", "https://blog.example/post"]
PAGES = ["https://x.example/", "https://x.example/a?b=1", "https://www.x.example/a#c", "https://x.example/a", None]


def add_projects(database: Database) -> None:
    for project_id, zone in ZONES.items():
        database.execute(
            "insert into ingest.projects (workspace_id, project_id, name, slug, domain, settings)"
            " values (%s, %s, %s, %s, 'x.example', jsonb_build_object('timezone', %s::text))",
            WORKSPACE, project_id, zone, f"p{project_id.int}", zone,
        )  # fmt: skip
        database.execute(
            "insert into ingest.goals (workspace_id, project_id, name, goal_type, conditions, value)"
            """ values (%s, %s, 'Bought', 'event', '{"event_name": "Bought"}', 2.50)""",
            WORKSPACE, project_id,
        )  # fmt: skip


def visit(draw: random.Random, project_id: UUID, visitor: str, start: dt.datetime) -> list[tuple[Any, ...]]:
    """One to five events, some on pages that differ by their host alone."""
    referrer = draw.choice(REFERRERS)
    moments = [start + dt.timedelta(minutes=7 * number) for number in range(draw.randint(1, 5))]
    kinds = ["pageview"] * 4 + ["Bought"]
    return [
        (WORKSPACE, project_id, draw.getrandbits(60), visitor, at, draw.choice(kinds), draw.choice(PAGES), referrer)
        for at in moments
    ]


def random_events(seed: int) -> list[tuple[Any, ...]]:
    """Visits of the last 200 days up to now: few visitors, so that many return, some on the same day from elsewhere."""
    draw = random.Random(seed)
    now = dt.datetime.now(dt.UTC)
    events = []
    for project_id, number in itertools.product(ZONES, range(8)):
        days = [draw.choice([0, 0, 1, 2, 6, 7, 8, 29, 30, 31, 45, 90, draw.uniform(0, 200)]) for _ in range(12)]
        for ago in days:
            start = now - dt.timedelta(days=ago, minutes=draw.choice([40, 120, 720]))
            events += visit(draw, project_id, f"visitor {number}", start)
    draw.shuffle(events)
    return events


def insert(database: Database, events: list[tuple[Any, ...]]) -> None:
    with database.connect(autocommit=False) as connection:
        connection.cursor().executemany(
            "insert into ingest.events (workspace_id, project_id, message_id, anonymous_id, occurred_at, event_type,"
            " event_name, page_url, page_referrer)"
            " values (%s, %s, %s::text, %s, %s, %s, nullif(%s, 'pageview'), %s, %s)",
            [(*event[:6], event[5], *event[6:]) for event in events],
        )


@pytest.fixture(scope="module")
def built(server: Server, template_database: Database) -> Iterator[Database]:
    """Random visits that came in any order, in three runs. The tests of the module share it, and add to it."""
    with copy_of(server, TEMPLATE, "radar_summaries") as database:
        add_projects(database)
        events = random_events(seed=4)
        for batch in range(3):
            insert(database, events[batch::3])
            database.build(models=BUILT)
        yield database


def test_summaries_equal_their_sessions(built: Database) -> None:
    check_views(built)


def check_views(database: Database) -> None:
    for days, suffix in [(30, ""), (90, "_90d")]:
        for name, expected in [("traffic_sources", TRAFFIC_SOURCES), ("page_performance", PAGE_PERFORMANCE)]:
            actual = database.query(f"select * from analytics.{name}{suffix} order by 2, 3")
            assert actual == database.query(expected, days), f"{name}{suffix}"
            assert len({row[1] for row in actual}) == len(ZONES)
    assert database.query("select * from analytics.active_visitors order by 2, 3") == database.query(ACTIVE_VISITORS)
    overview = database.query(OVERVIEW)
    assert database.query(f"select {OVERVIEW_COLUMNS} from analytics.site_overview order by 2, 3") == overview
    assert len(overview) == 3 * len(ZONES)


def test_visitors_of_every_range_are_counted_once(built: Database) -> None:
    ranges = built.query("""
        select first_date, last_date, visitors.summed, counted.counted
        from generate_series(current_date - 200, current_date, interval '9 days') as first_date
        cross join generate_series(current_date - 200, current_date, interval '9 days') as last_date
        cross join lateral (
            select coalesce(sum(visitors), 0) as summed from analytics.visitor_recency
            where metric_date between first_date and last_date and previous_date < first_date
            and referrer_type = '(all)'
        ) as visitors
        cross join lateral (
            select count(distinct (project_id, anonymous_id)) as counted from analytics.sessions
            where session_date between first_date and last_date
        ) as counted
        where first_date <= last_date""")
    assert len(ranges) > 200
    assert [row for row in ranges if row[2] != row[3]] == []


def test_a_late_visit_changes_its_own_day_and_the_visitors_next(built: Database) -> None:
    now = dt.datetime.now(dt.UTC)
    draw = random.Random(1)
    insert(built, visit(draw, UUID(int=12), "newcomer", now - dt.timedelta(days=70)))
    insert(built, visit(draw, UUID(int=12), "newcomer", now - dt.timedelta(days=20)))
    built.build(models=BUILT)
    insert(built, visit(draw, UUID(int=12), "newcomer", now - dt.timedelta(days=50)))
    [(before,)] = built.query("select pg_current_xact_id()::text::bigint")
    built.build(models=BUILT)
    changed = built.query(
        "select distinct current_date - metric_date from analytics.visitor_recency where xmin::text::bigint > %s",
        before,
    )
    assert len(changed) == 2, changed
    days = built.query(
        "select metric_date - previous_date from analytics.visitor_days"
        " where anonymous_id = 'newcomer' order by metric_date"
    )
    assert days == [(None,), (20,), (30,)]


def test_today_is_the_day_of_the_project(built: Database) -> None:
    today = dict(built.query("select project_id, radar.local_date(workspace_id, project_id) from ingest.projects"))
    for project_id, zone in ZONES.items():
        assert [(today[project_id],)] == built.query("select (now() at time zone %s)::date", zone)
    assert today[UUID(int=10)] > today[UUID(int=12)], "25 hours lie between them"
    no_project = "select radar.local_date(%s, %s) = (now() at time zone 'UTC')::date"
    assert built.query(no_project, WORKSPACE, WORKSPACE) == [(True,)]


def test_incremental_runs_equal_a_full_refresh(built: Database) -> None:
    assert_equals_full_refresh(built, *BUILT)
    check_views(built)


@pytest.mark.parametrize("view", ["traffic_sources_90d", "page_performance_90d", "active_visitors", "site_overview"])
def test_summaries_read_no_history(database: Database, view: str) -> None:
    plan = "\n".join(line for (line,) in database.query(f"explain select * from analytics.{view}"))
    assert "visitor_recency" in plan or "page_analytics" in plan
    assert "sessions" not in plan.replace("daily_site_metrics", "")
    assert "session_events" not in plan


def test_every_dashboard_query_answers_a_reader(tenants: Database) -> None:
    with psycopg.connect(tenants.dsn, autocommit=True) as connection:
        table = dashboards.measure(connection, DASHBOARDS)
    names, rows = (list(table.columns[column].cells) for column in (0, 1))
    assert len(names) > 15
    assert names == list(dashboards.queries(DASHBOARDS))[1:]
    assert dict(zip(names, rows, strict=True))["Traffic sources, 90 days"] != "0", "row security lets the member in"


TRAFFIC_SOURCES: LiteralString = """
    select
        workspace_id, project_id, referrer_type, count(*), count(distinct anonymous_id),
        round(avg(duration_seconds), 2), round(avg(pageview_count), 2),
        round(avg(is_bounce::integer), 4), round(avg(converted::integer), 4)
    from analytics.sessions
    where radar.local_date(workspace_id, project_id) - session_date between 0 and %s - 1
    group by 1, 2, 3 order by 2, 3"""
PAGE_PERFORMANCE: LiteralString = """
    select
        workspace_id, project_id, coalesce(page_path, '(not set)'), count(*), count(distinct session_id),
        round(avg(time_on_page_seconds), 2),
        round(avg(is_bounce::integer) filter (where pageview_number = 1), 4)
    from analytics.pageviews
    inner join analytics.sessions using (workspace_id, project_id, session_id, session_date)
    where radar.local_date(workspace_id, project_id) - session_date between 0 and %s - 1
    group by 1, 2, 3 order by 2, 3"""
ACTIVE_VISITORS: LiteralString = """
    with visits as (select distinct workspace_id, project_id, anonymous_id, session_date from analytics.sessions),
    projects as (
        select workspace_id, project_id, min(session_date) as first_date, max(session_date) as last_date
        from visits group by 1, 2
    ),
    days as (
        select workspace_id, project_id, generate_series(first_date, last_date, interval '1 day')::date as metric_date
        from projects
    ),
    counts as (
        select
            workspace_id, project_id, metric_date,
            count(distinct anonymous_id) filter (where session_date = metric_date) as daily,
            count(distinct anonymous_id) filter (where session_date > metric_date - 7) as weekly,
            count(distinct anonymous_id) as monthly,
            count(distinct anonymous_id) filter (where session_date = metric_date and not exists (
                select from visits as earlier
                where earlier.project_id = days.project_id and earlier.anonymous_id = visits.anonymous_id
                and earlier.session_date < metric_date
            )) as new
        from days left join visits using (workspace_id, project_id)
        where session_date between metric_date - 29 and metric_date
        group by 1, 2, 3
    )
    select
        workspace_id, project_id, metric_date, coalesce(daily, 0), coalesce(weekly, 0), coalesce(monthly, 0),
        coalesce(new, 0), coalesce(daily, 0) - coalesce(new, 0), round(daily::numeric / monthly, 4)
    from days left join counts using (workspace_id, project_id, metric_date)
    order by 2, 3"""
OVERVIEW_COLUMNS: LiteralString = """
    workspace_id, project_id, window_days, unique_visitors, sessions, pageviews, bounce_rate, conversion_rate,
    conversion_value, previous_unique_visitors, previous_sessions, previous_pageviews, previous_bounce_rate,
    previous_conversion_rate, previous_conversion_value"""
OVERVIEW: LiteralString = """
    with windows as (
        select
            workspace_id, project_id, days, ago,
            radar.local_date(workspace_id, project_id) - 1 - days * ago as last_date
        from ingest.projects cross join (values (7), (30), (90)) as a (days) cross join (values (0), (1)) as b (ago)
    ),
    measured as (
        select
            workspace_id, project_id, days, ago, count(distinct anonymous_id) as visitors,
            count(session_id) as sessions, coalesce(sum(pageview_count), 0) as pageviews,
            round(avg(is_bounce::integer), 4) as bounce_rate,
            round(avg(converted::integer), 4) as conversion_rate, coalesce(sum(conversion_value), 0) as value
        from windows
        left join analytics.sessions using (workspace_id, project_id)
        where session_date > last_date - days and session_date <= last_date
        group by 1, 2, 3, 4
    )
    select
        workspace_id, project_id, days, now.visitors, now.sessions, now.pageviews, now.bounce_rate, now.conversion_rate,
        now.value, coalesce(old.visitors, 0), coalesce(old.sessions, 0), coalesce(old.pageviews, 0), old.bounce_rate,
        old.conversion_rate, coalesce(old.value, 0)
    from (select * from measured where ago = 0) as now
    left join (select * from measured where ago = 1) as old using (workspace_id, project_id, days)
    order by 2, 3"""
