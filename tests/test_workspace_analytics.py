"""What a workspace's people and agents do: summaries equal a count by hand and are refreshed beside their readers."""

import datetime as dt
import random
import threading
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from statistics import fmean, median
from typing import Any, LiteralString
from uuid import UUID

import psycopg
import pytest

from radar.server import Server
from tests.conftest import TEMPLATE, Database
from tests.tenants import copy_of, reader
from tests.test_roles import session_as

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

ALPHA, BRAVO = UUID(int=1), UUID(int=2)
AGENTS = {ALPHA: [UUID(int=11), UUID(int=12), UUID(int=13)], BRAVO: [UUID(int=21)]}
PEOPLE = [UUID(int=100 + number) for number in range(8)]
TODAY = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
SUMMARIES = ("mv_active_users", "mv_top_agents", "mv_workspace_summary")
Run = dict[str, Any]


def make_runs() -> list[Run]:
    """Runs of 130 days of both workspaces; alpha's last agent never runs, and nothing happened 40 to 50 days ago."""
    draw = random.Random(5)
    runs = []
    for number in range(400):
        workspace = draw.choice([ALPHA, ALPHA, BRAVO])
        days_ago = draw.choice([*range(40), *range(51, 130)])
        status = draw.choice(["completed", "completed", "failed", "running"])
        started_at = TODAY - dt.timedelta(days=days_ago, minutes=draw.randint(-60, -1) if days_ago else 0)
        runs.append({
            "workspace_id": workspace,
            "run_id": UUID(int=1000 + number),
            "agent_id": draw.choice(AGENTS[workspace][:2]),
            "user_id": draw.choice([None, *PEOPLE]),
            "status": status,
            "started_at": started_at,
            "runtime_seconds": None if status == "running" else Decimal(draw.randint(1, 900)) / 10,
            "credits_consumed": draw.choice([None, Decimal("0.5"), Decimal(3)]),
        })  # fmt: skip
    return runs


RUNS = make_runs()


@pytest.fixture(scope="module")
def workspace(server: Server, template_database: Database) -> Iterator[Database]:
    """Both workspaces, each with five members, built."""
    with copy_of(server, TEMPLATE, "radar_workspace") as database:
        with database.connect() as connection, connection.cursor() as cursor:
            for workspace_id, agents in AGENTS.items():
                slug = f"w{workspace_id.int}"
                cursor.execute("insert into app.workspaces values (%s, null, 'name', %s)", [workspace_id, slug])
                for person in PEOPLE[:5]:
                    cursor.execute("insert into app.workspace_members values (%s, %s)", [workspace_id, person])
                for agent in agents:
                    cursor.execute("insert into app.agents values (%s, %s, 'agent')", [workspace_id, agent])
            cursor.execute(
                "delete from app.workspace_members where (workspace_id, user_id) = (%s, %s)", [BRAVO, PEOPLE[0]]
            )
            names = ", ".join(RUNS[0])
            places = ", ".join(f"%({name})s" for name in RUNS[0])
            cursor.executemany(f"insert into app.agent_runs ({names}) values ({places})".encode(), RUNS)
        database.dbt("run", "--quiet", "-s", "agents")
        yield database


def of(workspace_id: UUID, first_ago: int, last_ago: int = 0) -> list[Run]:
    """The workspace's runs from so many days ago to so many days ago, ends included."""
    first, last = (TODAY.date() - dt.timedelta(days=ago) for ago in (first_ago, last_ago))
    return [run for run in RUNS if run["workspace_id"] == workspace_id and first <= run["started_at"].date() <= last]


def people(runs: list[Run]) -> int:
    return len({run["user_id"] for run in runs} - {None})


def test_summaries_equal_a_count_by_hand(workspace: Database) -> None:
    expected = {
        (workspace_id, TODAY.date() - dt.timedelta(days=ago)): tuple(
            people(of(workspace_id, ago + days - 1, ago)) for days in (1, 7, 30)
        )
        for workspace_id in AGENTS
        for ago in range(90)
    }
    rows = workspace.query(
        "select workspace_id, activity_date, daily_active_users, weekly_active_users, monthly_active_users"
        " from analytics.mv_active_users"
    )
    assert {(row[0], row[1]): row[2:] for row in rows} == expected


def test_agents_and_workspaces_equal_a_count_by_hand(workspace: Database) -> None:
    """Members are not multiplied by runs, and an agent that never ran stays."""
    for row in workspace.query("select * from analytics.mv_top_agents"):
        runs = [run for run in of(row[0], 29) if run["agent_id"] == row[1]]
        times = [run["runtime_seconds"] for run in runs if run["runtime_seconds"] is not None]
        completed = sum(run["status"] == "completed" for run in runs)
        assert row[2:6] == ("agent", len(runs), completed, round(Decimal(completed) / len(runs), 4) if runs else None)
        assert [value and float(value) for value in row[6:8]] == (
            pytest.approx([fmean(times), float(median(times))], abs=0.006) if times else [None, None]
        )
        assert row[8:] == (credits_of(runs), people(runs), max((run["started_at"] for run in runs), default=None))
    for row in workspace.query(
        "select * from analytics.mv_workspace_summary where workspace_id = any(%s)", list(AGENTS)
    ):
        runs = of(row[0], 29)
        members = {ALPHA: 5, BRAVO: 4}[row[0]]
        assert row[2:6] == (members, len(AGENTS[row[0]]), len(runs), credits_of(runs))
        assert row[7] == people(runs)
    assert len(workspace.query("select from analytics.mv_top_agents")) == 4


def credits_of(runs: list[Run]) -> Decimal:
    return sum((run["credits_consumed"] or Decimal(0) for run in runs), Decimal(0))


def test_days_equal_a_count_by_hand_and_have_no_gaps(workspace: Database) -> None:
    known: dict[UUID, set[UUID]] = defaultdict(set)
    days = workspace.query(
        "select workspace_id, metric_date, total_runs, failed_runs, active_users, total_users, total_credits_consumed"
        " from analytics.daily_metrics order by metric_date"
    )
    for workspace_id, day, *numbers in days:
        ago = (TODAY.date() - day).days
        runs = of(workspace_id, ago, ago)
        known[workspace_id] |= {run["user_id"] for run in runs} - {None}
        failed = sum(run["status"] == "failed" for run in runs)
        assert numbers == [len(runs), failed, people(runs), len(known[workspace_id]), credits_of(runs)]
    for workspace_id in AGENTS:
        first = min(run["started_at"].date() for run in RUNS if run["workspace_id"] == workspace_id)
        assert sum(row[0] == workspace_id for row in days) == (TODAY.date() - first).days + 1


def test_readers_read_on_while_summaries_are_refreshed(workspace: Database) -> None:
    """The refresh is not committed, so it holds its locks; then a second thread refreshes again and again."""
    with workspace.connect(autocommit=False) as refreshing, reader(workspace, PEOPLE[0]) as connection:
        connection.execute("set lock_timeout = '100ms'")
        before = read_all(connection)
        refreshing.execute("select analytics.refresh_all_materialized_views()")
        assert read_all(connection) == before
    reads = 0
    with reader(workspace, PEOPLE[0]) as connection:
        connection.execute("set lock_timeout = '100ms'")
        thread = threading.Thread(target=refresh_often, args=[workspace])
        thread.start()
        while thread.is_alive():
            assert read_all(connection) == before
            reads += 1
        thread.join()
    assert reads > 5
    assert {row[0] for rows in before.values() for row in rows} == {ALPHA}, "a reader sees the own workspaces alone"


def refresh_often(database: Database) -> None:
    for _ in range(10):
        database.execute("select analytics.refresh_all_materialized_views()")


def read_all(connection: psycopg.Connection) -> dict[str, list[Any]]:
    return {
        name: connection.execute(f"select * from analytics.{name} order by 1, 2".encode()).fetchall()
        for name in SUMMARIES
    }


DAYS: LiteralString = "select count(distinct activity_date) from analytics.mv_active_users"


def test_an_edited_definition_reaches_a_summary_that_is_not_built_again(workspace: Database) -> None:
    def run(*options: str) -> int:
        workspace.dbt("run", "--quiet", "-s", "active_users", "mv_active_users", *options)
        with reader(workspace, PEOPLE[0]) as connection:
            return int(connection.execute(DAYS).fetchall()[0][0])

    built = workspace.query("select 'analytics.mv_active_users'::regclass::oid")
    assert run("--vars", "{summary_days: 10}") == 10
    assert run() == 90
    assert workspace.query("select 'analytics.mv_active_users'::regclass::oid") == built


def test_a_refresh_writes_what_a_run_writes_and_no_more(workspace: Database) -> None:
    count = "select count(*), min(xmin::text) from analytics.mv_top_agents"
    before = workspace.query(count)
    workspace.execute("select analytics.refresh_all_materialized_views()")
    assert workspace.query(count) == before, "rows that are as they should be are not written"
    rows = workspace.query("select * from analytics.mv_top_agents order by 1, 2")
    workspace.execute("update analytics.mv_top_agents set total_runs_30d = -1 where agent_id = %s", AGENTS[ALPHA][0])
    workspace.execute("delete from analytics.mv_top_agents where agent_id = %s", AGENTS[BRAVO][0])
    workspace.execute("select analytics.refresh_all_materialized_views()")
    assert workspace.query("select * from analytics.mv_top_agents order by 1, 2") == rows


SERVICE_FUNCTIONS: dict[LiteralString, LiteralString] = {
    "analytics.refresh_all_materialized_views()": "select analytics.refresh_all_materialized_views()",
    "analytics.cleanup_old_data()": "select analytics.cleanup_old_data()",
    "analytics.calculate_percentiles(numeric[], numeric[])": "select analytics.calculate_percentiles('{1}', '{0.5}')",
}


def test_functions_are_for_the_service_role_alone(workspace: Database) -> None:
    for function in (*SERVICE_FUNCTIONS, "analytics.update_updated_at()"):
        allowed = workspace.query(
            "select role, has_function_privilege(role, %s, 'execute')"
            " from unnest(array['service_role', 'authenticated', 'radar_ingest', 'public']) as role",
            function,
        )
        assert dict(allowed) == {"service_role": True, "authenticated": False, "radar_ingest": False, "public": False}
    for call in SERVICE_FUNCTIONS.values():
        with session_as(workspace, "service_role") as service:
            service.execute(call)
        with session_as(workspace, "authenticated") as member, pytest.raises(psycopg.errors.InsufficientPrivilege):
            member.execute(call)


def test_percentiles_are_exact(workspace: Database) -> None:
    draw = random.Random(1)
    with workspace.connect() as connection:
        for _ in range(100):
            values = [Decimal(draw.randint(-99999, 99999)) / 100 for _ in range(draw.randint(1, 9))]
            percentiles = [Decimal(draw.randint(0, 100)) / 100 for _ in range(3)]
            shuffled: list[Decimal | None] = [*values, None]
            draw.shuffle(shuffled)
            call = "select analytics.calculate_percentiles(%s::numeric[], %s::numeric[])"
            [(found,)] = connection.execute(call, [shuffled, percentiles]).fetchall()
            assert [Fraction(value) for value in found] == [percentile_of(values, percent) for percent in percentiles]
    assert workspace.query("select analytics.calculate_percentiles('{}', '{0.5}')") == [([None],)]
    assert workspace.query("select analytics.calculate_percentiles('{1}', '{null}')") == [([None],)]
    with pytest.raises(psycopg.errors.NumericValueOutOfRange, match="between 0 and 1"):
        workspace.query("select analytics.calculate_percentiles('{1}', '{95}')")


def percentile_of(values: list[Decimal], percent: Decimal) -> Fraction:
    """The value at that place between the lowest and the highest, on the line between its two neighbours."""
    place = Fraction(percent) * (len(values) - 1)
    below, *above = sorted(map(Fraction, values))[int(place) :][:2]
    return below + (place % 1) * ((above[0] if above else below) - below)


def test_activity_of_another_kind_is_refused_by_the_contract(workspace: Database) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        workspace.execute(
            "insert into analytics.user_activity (workspace_id, project_id, event_id, session_id, user_id, event_type,"
            " properties, occurred_at, activity_date, activity_hour)"
            " values (%s, %s, %s, 's', 'ann', 'nonsense', '{}', now(), current_date, date_trunc('hour', now()))",
            ALPHA, ALPHA, ALPHA,
        )  # fmt: skip
