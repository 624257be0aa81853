"""Cohorts: known answers, and tables that follow whatever arrives and survive retention."""

import csv
import datetime as dt
import gzip
import itertools
import random
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.conftest import Database
from tests.loading import PROJECT, WORKSPACE, make_project

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

COHORTS = ["run", "--quiet", "-s", "+cohorts"]
TABLES = ("cohort_activity", "cohort_days", "cohort_periods")
COLUMNS = ["occurred_at", "event_type", "event_name", "anonymous_id", "user_id"]
UTC = dt.UTC
Event = dict[str, Any]
MESSAGES = itertools.count()


def send(database: Database, events: Iterable[Event]) -> None:
    """Store events of the project; `properties` are an object."""
    names = ", ".join(["workspace_id", "project_id", "message_id", "properties", *COLUMNS])
    with database.connect(autocommit=False) as connection, connection.cursor() as cursor:
        cursor.execute(f"create temporary table arriving on commit drop as select {names} from ingest.events limit 0")
        with cursor.copy(f"copy arriving ({names}) from stdin") as copy:
            for event in events:
                properties = Jsonb(event.get("properties", {}))
                copy.write_row([WORKSPACE, PROJECT, f"m{next(MESSAGES)}", properties, *map(event.get, COLUMNS)])
        cursor.execute(f"insert into ingest.events ({names}) select {names} from arriving")


def make_goals(database: Database, *names: str) -> None:
    for name in names:
        database.execute(
            "insert into ingest.goals (workspace_id, project_id, name, goal_type, conditions)"
            " values (%s, %s, %s, 'event', %s)",
            WORKSPACE, PROJECT, name, Jsonb({"event_name": name}),
        )  # fmt: skip


@pytest.fixture
def shop(database: Database) -> Database:
    make_project(database)
    return database


def contents(database: Database) -> dict[str, set[str]]:
    return {
        table: {row for (row,) in database.query(f"select to_jsonb(found)::text from analytics.{table} as found")}
        for table in TABLES
    }


def check_equals_full_refresh(database: Database) -> dict[str, set[str]]:
    incremental = contents(database)
    database.dbt("run", "--quiet", "--full-refresh", "-s", *TABLES)
    assert contents(database) == incremental
    return incremental


# --- Known answers ---


def test_purchases_of_1997(shop: Database, shared_data: Path) -> None:
    """The cohorts that Fader and Hardie published with the data: 23,570 people who bought first in January to March."""
    make_goals(shop, "Order Completed")
    with gzip.open(shared_data / "cdnow_1997" / "CDNOW_master.txt.gz", "rt") as file:
        orders = [line.split() for line in file][1:]
    send(
        shop,
        (
            {"occurred_at": f"{day} 12:00Z", "event_type": "track", "event_name": "Order Completed"}
            | {"anonymous_id": customer, "properties": {"revenue": value}}
            for customer, day, _, value in orders
        ),
    )
    shop.dbt(*COHORTS, "--full-refresh")
    months = shop.query(
        "select anchor_name, cohort_start, period_number, cohort_size, active_users, cumulative_revenue, is_complete"
        " from analytics.cohorts where period = 'month' order by 1, 2, 3"
    )
    for anchor in ("Order Completed", "first_activity"):
        cohorts = [row[1:] for row in months if row[0] == anchor]
        assert {start: size for start, number, size, *_ in cohorts if number == 0} == {
            dt.date(1997, 1, 1): 7846, dt.date(1997, 2, 1): 8476, dt.date(1997, 3, 1): 7248,
        }  # fmt: skip
        january = [active for start, _, _, active, *_ in cohorts if start.month == 1]
        assert january[:4] == [7846, 1157, 964, 810]
        assert len(january) == 18
        last = {start: revenue for start, *_, revenue, _ in cohorts}
        assert sum(last.values()) == Decimal("2500315.63")
        assert all(row[-1] for row in cohorts)
    for period in ("day", "week"):
        of_period = (
            "select sum(cohort_size) filter (where period_number = 0), sum(revenue)"
            " from analytics.cohorts where anchor = 'first_activity' and period = %s and project_id = %s"
        )
        assert shop.query(of_period, period, PROJECT) == [(23570, Decimal("2500315.63"))]


def test_known_retention_on_or_after(shop: Database, shared_data: Path) -> None:
    """The expected values count completed orders of January from a person's first event in January."""
    make_goals(shop, "completed")
    with (shared_data / "funnel_retention" / "raw_orders.csv").open() as file:
        orders = [row for row in csv.DictReader(file) if row["order_date"] < "2018-02-01"]
    with (shared_data / "funnel_retention" / "dmt_expected__retention.csv").open() as file:
        expected = {int(row["period"]): int(row["unique_users"]) for row in csv.DictReader(file)}
    send(
        shop,
        (
            {"occurred_at": f"{row['order_date']} 12:00Z", "event_type": "track", "event_name": row["status"]}
            | {"anonymous_id": row["user_id"]}
            for row in orders
        ),
    )
    shop.dbt(*COHORTS)
    found = shop.query(
        "select number, count(distinct person_id)"
        " filter (where goals_completed > 0 and activity_date >= cohort_date + number), count(distinct person_id)"
        " from analytics.cohort_activity, unnest(array[0, 1, 7, 14]) as number"
        " where anchor = 'first_activity' group by number"
    )
    assert {number: people for number, people, _ in found} == expected == {0: 19, 1: 4, 7: 3, 14: 3}
    assert {size for *_, size in found} == {24}
    days: dict[str, list[dt.date]] = defaultdict(list)
    for row in orders:
        days[row["user_id"]].append(dt.date.fromisoformat(row["order_date"]))
    since_first = [(max(dates) - min(dates)).days for dates in days.values()]
    assert shop.query(
        "select period_number, sum(active_users_on_or_after) from analytics.cohorts"
        " where anchor = 'first_activity' and period = 'day' and period_number in (0, 1, 7, 14) group by 1 order by 1"
    ) == [(number, sum(days >= number for days in since_first)) for number in (0, 1, 7, 14)]


# --- The tables ---


def random_events(draw: random.Random) -> list[Event]:
    """Visits of half a year by devices that some people log in on, around midnights and changes of the clock."""
    starts = [
        dt.datetime(2026, 1, 1, tzinfo=UTC),
        dt.datetime(2026, 3, 29, tzinfo=UTC),
        dt.datetime(2026, 4, 5, tzinfo=UTC),
    ]
    events: list[Event] = []
    for _ in range(250):
        at = draw.choice(starts) + dt.timedelta(
            days=draw.choice([0, 1, 2, 6, 7, 30, 60]), minutes=draw.randint(-90, 90)
        )
        visit: Event = {"anonymous_id": f"device-{draw.randint(1, 60)}", "event_type": "track", "occurred_at": at}
        visit |= {"user_id": draw.choice([*[None] * 8, "ann", "bob", "eve"])}
        visit |= {"event_name": draw.choice(["Order Completed", "Signed Up", None, None, None])}
        events.append(visit | {"properties": {"revenue": draw.choice([10, 19.99, None])}})
    draw.shuffle(events)
    return events


def expected_cells(database: Database) -> dict[tuple[Any, ...], tuple[int, int]]:
    """Active and last seen people by anchor, period, cohort and period, counted naively from the sessions."""
    people: dict[str, set[dt.date]] = defaultdict(set)
    for person, date in database.query("select person_id, session_date from analytics.sessions"):
        people[person].add(date)
    firsts = [("first_activity", person, min(dates)) for person, dates in people.items()]
    firsts += database.query(
        "select goal_id::text, person_id, min(session_date) from analytics.goal_completions group by goal_id, person_id"
    )
    active, last = defaultdict[Any, int](int), defaultdict[Any, int](int)
    for (anchor, person, first), (period, start) in itertools.product(firsts, STARTS.items()):
        starts = {start(date) for date in people[person] if date >= first}
        for each in starts:
            active[anchor, period, start(first), each] += 1
            last[anchor, period, start(first), each] += each == max(starts)
    return {key: (number, last[key]) for key, number in active.items()}


STARTS = {
    "day": lambda date: date,
    "week": lambda date: date - dt.timedelta(days=date.weekday()),
    "month": lambda date: date.replace(day=1),
}


def found_cells(database: Database) -> dict[tuple[Any, ...], tuple[int, int]]:
    rows = database.query(
        "select anchor, 'day', cohort_date, activity_date, persons, last_seen from analytics.cohort_days union all"
        " select anchor, period, cohort_start, period_start, active_users, last_seen from analytics.cohort_periods"
    )
    return {tuple(row[:4]): (row[4], row[5]) for row in rows}


def test_random_visits_equal_a_count_by_hand_and_a_full_refresh(shop: Database) -> None:
    make_goals(shop, "Order Completed", "Signed Up")
    shop.execute('update ingest.projects set settings = \'{"timezone": "Europe/Berlin"}\'')
    events = random_events(random.Random(1))
    for part in (events[:200], events[200:230], events[230:]):
        send(shop, part)
        shop.dbt(*COHORTS)
        assert found_cells(shop) == expected_cells(shop)
    check_equals_full_refresh(shop)
    assert shop.query("select count(distinct anchor), max(period_start) from analytics.cohort_periods")[0][0] == 3
    shop.dbt("test", "--quiet", "-s", "models/cohorts", "cohorts_know_every_visit", "cohort_sizes_add_up_to_people")


def test_a_login_unites_two_people_and_a_late_event_moves_their_first_day(shop: Database) -> None:
    def cells() -> list[Any]:
        return shop.query(
            "select cohort_date, activity_date, persons, last_seen from analytics.cohort_days"
            " order by cohort_date, activity_date"
        )

    start = dt.datetime(2026, 3, 2, 12, tzinfo=UTC)
    days = [(start + dt.timedelta(days=number)) for number in range(8)]
    send(
        shop,
        [
            {"anonymous_id": device, "event_type": "click", "occurred_at": days[number]}
            for device, number in [("a", 2), ("b", 4)]
        ],
    )
    shop.dbt(*COHORTS)
    (second, fourth) = days[2].date(), days[4].date()
    assert cells() == [(second, second, 1, 1), (fourth, fourth, 1, 1)]
    send(
        shop,
        [
            {"anonymous_id": device, "user_id": "ann", "event_type": "identify", "occurred_at": days[6]}
            for device in "ab"
        ],
    )
    shop.dbt(*COHORTS)
    assert cells() == [(second, second, 1, 0), (second, fourth, 1, 0), (second, days[6].date(), 1, 1)]
    send(shop, [{"anonymous_id": "b", "event_type": "click", "occurred_at": days[0]}])
    shop.dbt(*COHORTS)
    assert [row[:2] for row in cells()] == [(days[0].date(), days[number].date()) for number in (0, 2, 4, 6)]
    check_equals_full_refresh(shop)


def test_a_goal_that_takes_the_place_of_another_moves_its_cohorts(shop: Database) -> None:
    """The session stays as it was, so only the goals' own changes tell."""
    make_goals(shop, "Signed Up")
    send(
        shop,
        [{"anonymous_id": "a", "event_type": "track", "event_name": "Signed Up", "occurred_at": "2026-03-02 12:00Z"}],
    )
    shop.dbt(*COHORTS)
    shop.execute("update ingest.goals set is_active = false")
    make_goals(shop, "Signed Up")
    shop.dbt("run-operation", "recompute", "--quiet")
    shop.dbt(*COHORTS)
    goals = shop.query("select goal_id::text from ingest.goals where is_active")
    assert shop.query("select anchor from analytics.cohort_days where anchor <> 'first_activity'") == goals
    check_equals_full_refresh(shop)


def test_retention_of_sessions_leaves_cohorts(shop: Database) -> None:
    """Who comes back after years is still of the old cohorts, of a goal as well, and was the one who came then."""
    make_goals(shop, "Order Completed")
    midnight = dt.datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    cutoff = midnight - dt.timedelta(days=730)
    order = {"event_type": "track", "event_name": "Order Completed", "properties": {"revenue": 5}}
    click = {"event_type": "click"}
    old = [
        click | {"anonymous_id": "a", "occurred_at": cutoff - dt.timedelta(days=90)},
        order | {"anonymous_id": "a", "occurred_at": cutoff - dt.timedelta(days=40)},
        click | {"anonymous_id": "b", "occurred_at": cutoff - dt.timedelta(days=40)},
        click | {"anonymous_id": "b", "occurred_at": cutoff + dt.timedelta(days=9)},
    ]
    send(shop, old)
    shop.build()
    before = contents(shop)
    shop.dbt("run-operation", "apply_retention", "--args", "{apply: true}", "--quiet")
    assert shop.query("select count(*) from analytics.sessions") == [(1,)]
    shop.dbt(*COHORTS)
    assert check_equals_full_refresh(shop) == before
    send(shop, [order | {"anonymous_id": name, "occurred_at": midnight - dt.timedelta(days=3)} for name in "abc"])
    send(shop, [click | {"anonymous_id": "d", "occurred_at": cutoff - dt.timedelta(days=5)}])
    shop.dbt(*COHORTS)
    days = shop.query(
        "select anchor = 'first_activity', cohort_date - %s::date, activity_date - %s::date, persons, last_seen,"
        " revenue from analytics.cohort_days order by anchor = 'first_activity', 2, 3", cutoff, cutoff,
    )  # fmt: skip
    assert days == [
        (False, -40, -40, 1, 0, 5), (False, -40, 727, 1, 1, 5), (False, 727, 727, 2, 2, 10),
        (True, -90, -90, 1, 0, 0), (True, -90, -40, 1, 0, 5), (True, -90, 727, 1, 1, 5),
        (True, -40, -40, 1, 0, 0), (True, -40, 9, 1, 0, 0), (True, -40, 727, 1, 1, 5),
        (True, 727, 727, 1, 1, 5),
    ]  # fmt: skip
    check_equals_full_refresh(shop)


def test_a_period_is_known_when_its_last_day_is_over_where_the_project_is(shop: Database) -> None:
    shop.execute('update ingest.projects set settings = \'{"timezone": "Pacific/Kiritimati"}\'')
    now = dt.datetime.now(UTC)
    send(
        shop,
        [
            {"anonymous_id": "a", "event_type": "click", "occurred_at": now - dt.timedelta(days=days)}
            for days in (0, 1, 40)
        ],
    )
    shop.dbt(*COHORTS)
    today = (now + dt.timedelta(hours=14)).date()
    ends = {
        "day": lambda day: day,
        "week": lambda day: day + dt.timedelta(days=6),
        "month": lambda day: (day + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1),
    }
    rows = shop.query(
        "select period, period_start, is_complete, active_users, retention_rate, lifetime_value from analytics.cohorts"
    )
    assert {period for period, *_ in rows} == set(ends)
    for period, start, is_complete, *values in rows:
        assert is_complete == (ends[period](start) < today), (period, start)
        assert [value is None for value in values] == [not is_complete] * 3
