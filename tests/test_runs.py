"""Runs of agents change as the application likes: analytics.runs follows every change, and loses none."""

from typing import Any

import psycopg
import pytest

from tests.conftest import Database
from tests.full_refresh import assert_equals_full_refresh

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

INSERT = """
    insert into app.agent_runs (workspace_id, run_id, agent_id, status, started_at, updated_at)
    select '00000000-0000-0000-0000-000000000001', md5(number::text)::uuid, md5('agent')::uuid, 'running',
        timestamptz '2026-03-01Z' + number * interval '1 hour', '2026-03-01Z'
    from generate_series(1, %s) as number
"""
FAIL = "update app.agent_runs set status = 'failed', updated_at = '2026-01-01Z' where run_id = md5(%s::text)::uuid"


def run(database: Database) -> None:
    database.dbt("run", "--quiet", "-s", "+runs")


def states(database: Database) -> dict[str, int]:
    return dict(database.query("select status, count(*) from analytics.runs group by 1"))


@pytest.fixture
def built(database: Database) -> Database:
    """Ten running runs, followed twice, so that the next run is one that follows."""
    database.execute("alter table app.agent_runs disable trigger user")  # what the application's own table may not have
    database.execute(INSERT, 10)
    run(database)
    run(database)
    return database


def test_a_change_that_updated_at_does_not_tell_is_followed(built: Database) -> None:
    built.execute(FAIL, "3")
    run(built)
    assert states(built) == {"running": 9, "failed": 1}


def test_a_change_that_was_committed_after_later_ones_is_followed(built: Database) -> None:
    with psycopg.connect(built.dsn) as slow:
        slow.execute(FAIL, ["1"])
        built.execute(FAIL, "2")
        run(built)
        assert states(built) == {"running": 9, "failed": 1}
        run(built)
    run(built)
    assert states(built) == {"running": 8, "failed": 2}


def test_deleted_runs_go(built: Database) -> None:
    built.execute("delete from app.agent_runs where run_id = md5('4')::uuid")
    run(built)
    assert states(built) == {"running": 9}
    built.dbt("run", "--quiet")  # what is counted of runs follows them, too
    assert_equals_full_refresh(built)


def test_only_what_was_written_is_read_again(built: Database) -> None:
    """Rows that nobody touched must not be recomputed: their version in the mirror stays."""
    before = versions(built)
    built.execute(FAIL, "5")
    run(built)
    assert len(versions(built) - before) == 1


def versions(database: Database) -> set[Any]:
    return {row for (row,) in database.query("select xmin::text || run_id from analytics.runs")}
