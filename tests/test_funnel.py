"""Funnels of any steps: order, time limit, open and lost visitors, against worked cases and published ones."""

import csv
import datetime as dt
import itertools
import random
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import Database

WORKSPACE = UUID(int=1)
PROJECT = UUID(int=2)
START = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
STEPS = ["/start", "Added", "Paid"]

Event = tuple[str, str, float]
"""Visitor, step (page or name of the event) and minutes after START."""


def add_events(database: Database, events: list[Event]) -> None:
    """Put the events into a project of their own and build the tables."""
    with database.connect() as connection:
        connection.execute("insert into app.workspaces (workspace_id, name, slug) values (%s, 'W', 'w')", [WORKSPACE])
        connection.execute(
            "insert into ingest.projects (workspace_id, project_id, name, slug) values (%s, %s, 'P', 'p')",
            [WORKSPACE, PROJECT],
        )
        rows = [
            (WORKSPACE, PROJECT, START + dt.timedelta(minutes=minutes), visitor, *_kind(step))
            for visitor, step, minutes in events
        ]
        connection.cursor().executemany(
            "insert into ingest.events"
            " (workspace_id, project_id, occurred_at, received_at, anonymous_id, event_type, event_name, page_url)"
            " values (%s, %s, %s, now(), %s, %s, %s, %s)",
            rows,
        )
    database.dbt("run", "--quiet", "-s", "+sessions")


def _kind(step: str) -> tuple[str, str | None, str | None]:
    return ("pageview", None, f"https://p.example{step}") if step.startswith("/") else ("track", step, None)


def journeys(
    database: Database, steps: list[str] = STEPS, limit: str = "1 hour", days: int = 1000
) -> dict[str, tuple[int, str]]:
    """Steps reached and the state of each visitor."""
    rows = funnel(database, steps, limit, "person_id", days)
    reached = Counter(row[0] for row in rows if row[3])
    stopped = {row[0]: "open" if row[6] else "lost" for row in rows if row[6] + row[7]}
    return {visitor: (steps_reached, stopped.get(visitor, "converted")) for visitor, steps_reached in reached.items()}


def funnel(
    database: Database,
    steps: list[str] = STEPS,
    limit: str = "1 hour",
    breakdown: str | None = None,
    days: int = 1000,
) -> list[Any]:
    return database.query(
        "select * from analytics.funnel(%s, %s, %s, %s, %s, %s, %s)",
        WORKSPACE, PROJECT, steps, START.date(), START.date() + dt.timedelta(days=days), limit, breakdown,
    )  # fmt: skip


def test_order_time_limit_and_state_of_worked_journeys(database: Database) -> None:
    end = [("clock", "Other", 600.0)]
    worked: dict[str, tuple[list[tuple[str, float]], tuple[int, str]]] = {
        "straight on": ([("/start", 0), ("Added", 5), ("Paid", 9)], (3, "converted")),
        "exactly at the limit": ([("/start", 0), ("Added", 5), ("Paid", 60)], (3, "converted")),
        "a second over the limit": ([("/start", 0), ("Added", 5), ("Paid", 60 + 1 / 60)], (2, "lost")),
        "wrong order": ([("/start", 0), ("Paid", 5), ("Added", 9)], (2, "lost")),
        "steps at one moment, in order": ([("/start", 0), ("Added", 0), ("Paid", 0)], (3, "converted")),
        "steps at one moment, out of order": ([("/start", 0), ("Paid", 5), ("Added", 5)], (2, "lost")),
        "step missing": ([("/start", 0), ("Paid", 9)], (1, "lost")),
        "the second attempt counts": ([("/start", 0), ("/start", 70), ("Added", 75), ("Paid", 80)], (3, "converted")),
        "the limit runs from its own start": (
            [("/start", 0), ("Added", 50), ("/start", 55), ("Paid", 70)],
            (2, "lost"),
        ),
        "inside the limit at the end": ([("/start", 570), ("Added", 580)], (2, "open")),
        "tried again just now": ([("/start", 0), ("Added", 5), ("/start", 590)], (2, "open")),
        "paid after all": ([("/start", 0), ("Added", 5), ("Paid", 9), ("/start", 590)], (3, "converted")),
    }
    visits = [(name, step, float(minutes)) for name, (steps, _) in worked.items() for step, minutes in steps]
    never_started = [("never started", "Added", 1.0), ("never started", "Paid", 2.0)]
    add_events(database, visits + never_started + end)
    assert journeys(database) == {name: expected for name, (_, expected) in worked.items()}


def test_every_visitor_of_a_step_goes_on_or_is_open_or_lost(database: Database) -> None:
    draw = random.Random(5)
    events = [(f"v{draw.randint(1, 60)}", draw.choice(STEPS), draw.uniform(0, 400)) for _ in range(400)]
    add_events(database, events)
    for breakdown in (None, "anonymous_id"):
        rows = funnel(database, breakdown=breakdown)
        for _, group in itertools.groupby(rows, key=lambda row: row[0]):
            steps = list(group)
            visitors = [row[3] for row in steps] + [0]
            for row, following in zip(steps, visitors[1:], strict=True):
                stopped = row[6] + row[7]
                assert row[3] - stopped == (following if row[1] < len(STEPS) else row[3])
    whole = {row[1]: row[3] for row in funnel(database)}
    segments = [(row[1], row[3]) for row in funnel(database, breakdown="anonymous_id")]
    assert whole == {step: sum(count for of, count in segments if of == step) for step in whole}
    assert whole[3] > 0


def test_no_conversion_takes_longer_than_the_limit(database: Database) -> None:
    """posthog-5677: with a window of one minute a conversion time of 38 minutes was shown."""
    draw = random.Random(3)
    events = [(f"v{draw.randint(1, 30)}", draw.choice(STEPS[:2]), draw.uniform(0, 120)) for _ in range(600)]
    add_events(database, events)
    first, last = funnel(database, STEPS[:2], "1 minute")
    assert last[3] > 0
    assert 0 < last[8] <= last[9] <= 60
    assert first[8] == first[9] == 0


def test_a_known_person_is_one_visitor_on_two_devices(database: Database) -> None:
    add_events(
        database, [("phone", "/start", 0), ("laptop", "Added", 5), ("laptop", "Paid", 6), ("clock", "Other", 600)]
    )
    assert journeys(database) == {"phone": (1, "lost")}
    with database.connect() as connection:
        connection.execute(
            "insert into ingest.events"
            " (workspace_id, project_id, occurred_at, received_at, anonymous_id, user_id, event_type)"
            " select workspace_id, project_id, occurred_at + interval '1 s', now(), anonymous_id, 'kim', 'identify'"
            " from ingest.events where anonymous_id in ('phone', 'laptop')"
        )
    database.dbt("run", "--quiet", "-s", "+sessions")
    assert journeys(database) == {"user:kim": (3, "converted")}


def test_only_visits_of_the_dates_begin_and_later_ones_may_go_on(database: Database) -> None:
    day = 24 * 60.0
    add_events(database, [("a", "/start", 0), ("a", "Added", day), ("b", "/start", day), ("b", "Added", day + 1)])
    assert journeys(database, STEPS[:2], "2 days", days=0) == {"a": (2, "converted")}


def test_a_page_step_may_hold_any_text(database: Database) -> None:
    add_events(database, [("a", "/products/tent", 0), ("a", "Paid", 1), ("b", "/about", 0), ("clock", "Other", 600)])
    assert journeys(database, ["/products/%", "Paid"]) == {"a": (2, "converted")}
    assert journeys(database, ["/products\\", "Paid"]) == {}


def test_a_reader_sees_only_the_funnels_of_their_own_workspaces(database: Database) -> None:
    add_events(database, [("a", "/start", 0), ("a", "Added", 5)])
    member = UUID(int=9)
    database.execute("insert into app.users (user_id, email, name) values (%s, 'm@example.com', 'M')", member)
    assert visitors_seen_by(database, member) == 0
    database.execute(
        "insert into app.workspace_members (workspace_id, user_id, role) values (%s, %s, 'member')", WORKSPACE, member
    )
    assert visitors_seen_by(database, member) == 1


def visitors_seen_by(database: Database, user_id: UUID) -> int:
    with database.connect(autocommit=False) as connection:
        connection.execute("set local role authenticated")
        connection.execute("select set_config('request.jwt.claim.sub', %s, true)", [str(user_id)])
        return len(
            connection.execute(
                "select * from analytics.funnel_attempts(%s, %s, %s, %s, %s)",
                [WORKSPACE, PROJECT, STEPS, START.date(), START.date()],
            ).fetchall()
        )


def test_orders_6_5_2(database: Database, shared_data: Path) -> None:
    folder = shared_data / "funnel_retention"
    with (folder / "raw_orders_simple.csv").open() as file:
        orders = [
            (row["customer_id"], row["status"], (dt.date.fromisoformat(row["order_date"]) - START.date()).days * 1440.0)
            for row in csv.DictReader(file)
        ]
    with (folder / "dmt_expected__funnel_simple.csv").open() as file:
        expected = [(row["event_type"], int(row["unique_users"])) for row in csv.DictReader(file)]
    add_events(database, orders)
    found = database.query(
        "select step_name, visitors::integer from analytics.funnel(%s, %s, %s, '2018-01-01', '2018-01-31', '60 days')",
        WORKSPACE, PROJECT, [name for name, _ in expected],
    )  # fmt: skip
    assert found == expected == [("placed", 6), ("completed", 5), ("returned", 2)]


@pytest.mark.parametrize("name", ["funnel", "named_funnel", "funnel_attempts", "funnel_walk"])
def test_the_functions_run_with_their_callers_rights_and_not_for_everybody(
    template_database: Database, name: str
) -> None:
    found = template_database.query(
        "select prosecdef, has_function_privilege('radar_ingest', oid, 'execute') from pg_proc where proname = %s", name
    )
    assert found == [(False, False)]
