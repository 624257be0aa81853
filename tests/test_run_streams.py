"""Whatever an application does with its runs, and whenever it commits: following it equals a full refresh."""

import datetime as dt
import os
import random
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.conftest import Database
from tests.full_refresh import assert_equals_full_refresh
from tests.streams import insert, make_streams

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

SEED = int(os.environ.get("RADAR_TEST_SEED", "1"))
WORKSPACES = [UUID(int=1), UUID(int=2)]
STATES = ["pending", "running", "completed", "failed", "cancelled"]
ZONE = ("--vars", "{workspace_timezone: Europe/Berlin}")
BERLIN_CHANGES = dt.datetime(2026, 3, 28, 21, 0, tzinfo=dt.UTC)

SAVE = """
    insert into app.agent_runs (
        workspace_id, run_id, agent_id, user_id, status, started_at, completed_at, runtime_seconds, credits_consumed,
        model, tokens_used, error_type, error_message, user_rating
    )
    values (
        %(workspace_id)s, %(run_id)s, %(agent_id)s, %(user_id)s, %(status)s, %(started_at)s, %(completed_at)s,
        %(runtime_seconds)s, %(credits_consumed)s, %(model)s, %(tokens_used)s, %(error_type)s, %(error_message)s,
        %(user_rating)s
    )
    on conflict (workspace_id, run_id) do update set
        agent_id = excluded.agent_id, user_id = excluded.user_id, status = excluded.status,
        started_at = excluded.started_at, completed_at = excluded.completed_at,
        runtime_seconds = excluded.runtime_seconds, credits_consumed = excluded.credits_consumed,
        model = excluded.model, tokens_used = excluded.tokens_used, error_type = excluded.error_type,
        error_message = excluded.error_message, user_rating = excluded.user_rating
"""


def any_run(draw: random.Random) -> dict[str, Any]:
    """A run, new or known, in any state: around the night in which the clocks change, now and then long before."""
    started_at = BERLIN_CHANGES + dt.timedelta(minutes=draw.randint(0, 900) - draw.choice([0, 0, 0, 60 * 24 * 40]))
    return {
        "workspace_id": draw.choice(WORKSPACES),
        "run_id": UUID(int=draw.randint(1, 60)),
        "agent_id": UUID(int=draw.randint(1, 4)),
        "user_id": draw.choice([None, UUID(int=7), UUID(int=8), UUID(int=9)]),
        "status": draw.choice(STATES),
        "started_at": started_at,
        "completed_at": draw.choice([None, started_at, started_at + dt.timedelta(seconds=draw.randint(1, 9000))]),
        "runtime_seconds": draw.choice([None, 0, 1.5, 600]),
        "credits_consumed": draw.choice([None, 0, 0.25, 3]),
        "model": draw.choice([None, "m1", "m2"]),
        "tokens_used": draw.choice([None, 0, 500]),
        "error_type": draw.choice([None, "timeout", "refusal"]),
        "error_message": draw.choice([None, "", "late", "x" * 300]),
        "user_rating": draw.choice([None, 1, 5]),
    }


def save(connection: psycopg.Connection, runs: list[dict[str, Any]]) -> None:
    connection.cursor().executemany(SAVE, runs)


def test_random_changes_of_runs_equal_a_full_refresh(database: Database) -> None:
    """Runs are added, changed and deleted, visits of known people come, and a transaction stays open meanwhile."""
    draw = random.Random(SEED)
    rows = make_streams(database, SEED, 25)
    insert(database, rows[::2])
    with database.connect() as connection, database.connect(autocommit=False) as slow:
        save(connection, [any_run(draw) for _ in range(60)])
        database.dbt("run", "--quiet", *ZONE)
        first, second, *_ = connection.execute("select run_id from app.agent_runs order by 1").fetchall()
        slow.execute("delete from app.agent_runs where run_id = %s", first)
        slow.execute("update app.agent_runs set status = 'failed', user_id = null where run_id = %s", second)
        save(connection, [any_run(draw) | {"run_id": UUID(int=100 + number)} for number in range(9)])
        database.dbt("run", "--quiet", "-s", "agents", *ZONE)
        insert(database, rows[1::2])
        database.dbt("run", "--quiet", *ZONE)
        slow.commit()
        save(connection, [any_run(draw) for _ in range(30)])
        connection.execute("delete from app.agent_runs where run_id < %s and run_id > %s", [UUID(int=20), *second])
        database.dbt("run", "--quiet", "-s", "agents", *ZONE)
    assert len(database.query("select from analytics.user_activity")) > 10
    assert len(database.query("select from analytics.runs")) == len(database.query("select from app.agent_runs"))
    assert_equals_full_refresh(database, "agents", *ZONE)
