"""Declared funnels as tables: attempts against an oracle, incremental and full alike, kept for ever."""

import datetime as dt
import random
from collections import defaultdict
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import Database
from tests.funnel_oracle import Attempt, attempts

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

WORKSPACE = UUID(int=1)
START = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
PURCHASE = ["Product Viewed", "Product Added", "Checkout Started", "Order Completed"]
WEEK = 7 * 24 * 60
FUNNELS = ("run", "--quiet", "-s", "+funnels")

Event = tuple[str, str | None, str, float]
"""Device, person who is logged in, name of the event, and minutes after START."""


def send(database: Database, events: list[Event], project: int = 2) -> None:
    with database.connect() as connection:
        connection.execute(
            "insert into ingest.projects (workspace_id, project_id, name, slug) values (%s, %s, 'Shop', %s)"
            " on conflict do nothing",
            [WORKSPACE, UUID(int=project), "shop" if project == 2 else f"shop-{project}"],
        )
        connection.cursor().executemany(
            "insert into ingest.events"
            " (workspace_id, project_id, occurred_at, received_at, anonymous_id, user_id, event_type, event_name)"
            " values (%s, %s, %s, now(), %s, %s, 'track', %s)",
            [
                (WORKSPACE, UUID(int=project), START + dt.timedelta(minutes=minute), device, user, name)
                for device, user, name, minute in events
            ],
        )


def journeys(database: Database) -> dict[str, list[tuple[float, int]]]:
    """Start (minutes after START) and steps reached of each person's attempts to buy."""
    found = defaultdict[str, list[tuple[float, int]]](list)
    for person, started, steps in database.query(
        "select person_id, started_at, steps_reached from analytics.funnel_journeys"
        " where funnel_name = 'Purchase' order by 1, 2"
    ):
        found[person].append((minutes(started), steps))
    return found


def minutes(time: dt.datetime) -> int:
    return round((time - START).total_seconds() / 60)


def test_the_walk_finds_the_attempts_of_the_oracle(template_database: Database) -> None:
    draw = random.Random(11)
    with template_database.connect() as connection:
        for _ in range(1000):
            steps, limit = draw.randint(2, 4), draw.randint(0, 8)
            events = [(draw.randint(0, 20), draw.randint(1, steps)) for _ in range(draw.randint(0, 14))]
            ordered = sorted(events, key=lambda event: event[0])
            times = [START + dt.timedelta(minutes=minute) for minute, _ in ordered]
            rows = connection.execute(
                "select * from analytics.funnel_walk(%s::integer[], %s::timestamptz[], %s, make_interval(mins => %s))",
                [[step for _, step in ordered], times, steps, limit],
            ).fetchall()
            found = [Attempt(tuple(map(minutes, reached)), minutes(last)) for reached, last in rows]
            assert found == attempts(events, steps, limit), (events, steps, limit)


def test_random_streams_in_batches_equal_the_oracle_and_a_full_refresh(database: Database) -> None:
    draw = random.Random(5)
    users = [None] * 180 + [f"u{number}" for number in range(20)]
    names = [*PURCHASE, "Product Viewed", "Other"]
    events: list[Event] = [
        (f"device {draw.randint(1, 60)}", draw.choice(users), draw.choice(names), draw.randint(0, 6 * WEEK))
        for _ in range(1500)
    ]  # fmt: skip
    for batch in (events[:900], events[900:1400], events[1400:]):
        send(database, batch[::2])
        database.dbt("run", "--quiet", "-s", *draw.choice([["sessions"], ["funnel_steps"], ["+funnel_journeys"]]))
        send(database, batch[1::2], project=3)
        database.dbt(*FUNNELS)
    assert actual_attempts(database) == expected_attempts(database)
    incremental = contents(database)
    database.dbt(*FUNNELS, "--full-refresh")
    assert contents(database) == incremental
    assert database.query(
        "select max(steps_reached), bool_or(is_converted), count(*) > 100 from analytics.funnel_journeys"
    ) == [(4, True, True)]


def contents(database: Database) -> dict[str, list[Any]]:
    names = ("funnel_steps", "funnel_journeys", "daily_funnels")
    return {name: database.query(f"select to_jsonb(found) from analytics.{name} as found order by 1") for name in names}


def actual_attempts(database: Database) -> dict[Any, list[Attempt]]:
    found = defaultdict(list)
    for project, person, reached_at, window_ends_at in database.query(
        "select project_id, person_id, reached_at, window_ends_at from analytics.funnel_journeys"
        " where funnel_name = 'Purchase' order by started_at"
    ):
        found[project, person].append(Attempt(tuple(map(minutes, reached_at)), minutes(window_ends_at) - WEEK))
    return found


def expected_attempts(database: Database) -> dict[Any, list[Attempt]]:
    events = defaultdict(list)
    for project, person, time, name in database.query(
        "select project_id, sessions.person_id, occurred_at, event_name from analytics.session_events"
        " inner join analytics.sessions using (workspace_id, project_id, session_id)"
        " where event_name = any(%s) order by occurred_at, session_events.event_order, event_id", PURCHASE,
    ):  # fmt: skip
        events[project, person].append((minutes(time), PURCHASE.index(name) + 1))
    found = {person: attempts(steps, len(PURCHASE), WEEK) for person, steps in events.items()}
    return {person: tries for person, tries in found.items() if tries}


def test_late_events_merged_devices_and_midnight_move_attempts(database: Database) -> None:
    send(database, [("phone", None, "Product Viewed", 0), ("laptop", None, "Product Added", 30)])
    send(database, [("late", None, "Product Viewed", 0), ("late", None, "Checkout Started", 60)])
    send(database, [("night", None, "Product Viewed", 2 * 24 * 60 + 5)])
    database.dbt(*FUNNELS)
    assert journeys(database) == {"phone": [(0, 1)], "late": [(0, 1)], "night": [(2 * 24 * 60 + 5, 1)]}
    send(database, [("phone", "kim", "Other", 90), ("laptop", "kim", "Other", 91), ("late", None, "Product Added", 30)])
    send(database, [("night", None, "Other", 2 * 24 * 60 - 5)])
    database.dbt(*FUNNELS)
    assert journeys(database) == {"user:kim": [(0, 2)], "late": [(0, 3)], "night": [(2 * 24 * 60 + 5, 1)]}
    days = "select start_date from analytics.funnel_journeys where person_id = 'night'"
    assert database.query(days) == [(dt.date(2026, 3, 2),)], "the day of the visit"


def test_the_view_tells_open_from_lost_by_the_clock_of_the_data(database: Database) -> None:
    send(
        database, [("a", None, "Product Viewed", 0), ("a", None, "Product Added", 1), ("b", None, "Product Viewed", 2)]
    )
    send(database, [("c", None, name, 10 + step) for step, name in enumerate(PURCHASE)])
    tells = "select step, visitors, attempts, open_attempts, lost_attempts from analytics.funnels order by 1"
    expected = {
        WEEK - 1: [(1, 3, 3, 1, 0), (2, 2, 2, 1, 0), (3, 1, 1, 0, 0), (4, 1, 1, 0, 0)],
        WEEK: [(1, 3, 3, 1, 0), (2, 2, 2, 0, 1), (3, 1, 1, 0, 0), (4, 1, 1, 0, 0)],
        WEEK + 2: [(1, 3, 3, 0, 1), (2, 2, 2, 0, 1), (3, 1, 1, 0, 0), (4, 1, 1, 0, 0)],
    }
    found = {}
    for clock in expected:
        send(database, [("clock", None, "Other", clock)])
        database.dbt(*FUNNELS)
        found[clock] = database.query(tells)
    assert found == expected


def test_retention_of_sessions_takes_no_attempts(database: Database) -> None:
    now = int((dt.datetime.now(dt.UTC) - START).total_seconds() / 60)
    old = now - 900 * 24 * 60
    send(database, [("a", None, name, old + step) for step, name in enumerate(PURCHASE)])
    send(database, [("a", None, "Product Viewed", old + 3 * WEEK), ("a", None, "Product Viewed", now - 60)])
    database.build()
    before = journeys(database)
    database.dbt("run-operation", "apply_retention", "--args", "{apply: true}", "--quiet")
    assert database.query("select count(*) from analytics.sessions") == [(1,)]
    send(database, [("a", None, "Product Added", now - 59)])
    database.dbt(*FUNNELS)
    after = {"a": [*before["a"][:2], (now - 60, 2)]}
    assert [len(before["a"]), journeys(database)] == [3, after]
    database.dbt(*FUNNELS, "--full-refresh")
    assert journeys(database) == after
