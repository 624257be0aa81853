"""Retention removes what the contracts say; what was counted stays counted, and full builds equal incremental ones."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from radar.errors import DbtError
from tests.conftest import Database

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

WORKSPACE = "00000000-0000-0000-0000-000000000001"
TABLES = (
    "session_events", "session_goals", "sessions", "user_activity", "identities", "tracked_users", "daily_site_metrics",
    "page_analytics", "daily_traffic_sources", "visitor_days", "visitor_recency", "workspace_user_days",
    "workspace_hours", "user_cohort_days",
)  # fmt: skip
FINAL = (
    "daily_site_metrics", "page_analytics", "daily_traffic_sources", "visitor_days", "visitor_recency",
    "workspace_user_days", "workspace_hours", "user_cohort_days",
)  # fmt: skip
"""Tables that keep days of which the sessions are gone."""
MIDNIGHT = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
CUTOFF = MIDNIGHT - timedelta(days=730)


def send(database: Database, message: str, at: datetime, **columns: Any) -> None:
    values = {"anonymous_id": "visitor", "event_type": "pageview", "page_url": "https://x.example/", **columns}
    names = ["workspace_id", "project_id", "message_id", "occurred_at", *values]
    database.execute(
        f"insert into ingest.events ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})",
        WORKSPACE, WORKSPACE, message, at, *values.values(),
    )  # fmt: skip


def contents(database: Database, *tables: str) -> dict[str, list[Any]]:
    """Rows of the tables as JSON, without the audit column."""
    return {
        table: database.query(f"select to_jsonb(found) - 'updated_at' from analytics.{table} as found order by 1")
        for table in tables or TABLES
    }


def apply(database: Database) -> None:
    database.dbt("run-operation", "apply_retention", "--args", "{apply: true}", "--quiet")


def messages(database: Database) -> set[str]:
    return {row[0] for row in database.query("select message_id from ingest.events")}


@pytest.fixture
def history(database: Database) -> Database:
    """Built from events years ago, around the cutoff and of today, of two people on three devices; a page is a goal."""
    database.execute(
        "insert into ingest.goals (workspace_id, project_id, name, goal_type, conditions)"
        """ values (%s, %s, 'Page', 'pageview', '{"page_path": "/"}')""",
        WORKSPACE,
        WORKSPACE,
    )
    old = CUTOFF - timedelta(days=100)
    for number in range(3):
        send(database, f"old{number}", old + timedelta(minutes=number))
        send(database, f"older{number}", old - timedelta(days=40, minutes=number), anonymous_id="other")
    send(
        database,
        "login",
        old + timedelta(minutes=5),
        event_type="identify",
        user_id="ann",
        properties='{"email": "a@x"}',
    )
    send(database, "client", old, session_id="s1", anonymous_id="third", user_id="bob")
    send(database, "edge1", CUTOFF - timedelta(minutes=10), anonymous_id="edge", user_agent="Agent")
    send(database, "edge2", CUTOFF, anonymous_id="edge")
    send(database, "edge3", CUTOFF + timedelta(minutes=10), anonymous_id="edge")
    send(database, "now", MIDNIGHT - timedelta(days=1))
    send(database, "bob", MIDNIGHT - timedelta(days=1), anonymous_id="third", user_id="bob")
    database.dbt("run", "--quiet")  # the run of raw tables makes the partitions of those years
    return database


def check_full_equals_incremental(database: Database) -> dict[str, list[Any]]:
    database.build()
    incremental = contents(database)
    database.build("--full-refresh")
    assert contents(database) == incremental
    return incremental


def test_a_dry_run_tells_what_would_go_and_removes_nothing(
    history: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(history), messages(history)
    history.dbt("run-operation", "apply_retention", "--quiet")
    told = capsys.readouterr().out
    assert (contents(history), messages(history)) == before
    assert history.query("select * from radar.retention") == []
    events = next(line for line in told.splitlines() if "ingest.events" in line)
    assert "2 partitions, 9 rows" in events
    assert f"oldest {CUTOFF - timedelta(days=140, minutes=2):%Y-%m-%d %H:%M}" in events
    assert "3 rows" in next(line for line in told.splitlines() if "analytics.sessions" in line)
    assert "8 rows" in next(line for line in told.splitlines() if "session_events" in line)


def test_old_months_are_dropped_whole_and_other_rows_deleted(history: Database) -> None:
    leaf = f"ingest.events_p{CUTOFF - timedelta(days=100):%Y_%m}"
    assert history.query("select to_regclass(%s) is not null", leaf) == [(True,)]
    days = contents(history, *FINAL, "identities", "tracked_users")
    apply(history)
    assert messages(history) == {"edge2", "edge3", "now", "bob"}, "the limit is midnight in UTC, and it stays itself"
    assert history.query("select to_regclass(%s) is null", leaf) == [(True,)]
    kept = contents(history, "sessions", "session_events")
    assert len(kept["sessions"]) == 3
    assert len(kept["session_events"]) == 5, "the visit over the limit stays whole"
    assert contents(history, *days) == days
    before = contents(history)
    apply(history)
    assert contents(history) == before


def test_a_month_that_somebody_reads_is_left_to_the_next_retention(
    history: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    leaf = f"ingest.events_p{CUTOFF - timedelta(days=100):%Y_%m}"
    with history.connect(autocommit=False) as reading:
        reading.execute(f"select from {leaf}")
        apply(history)
    told = capsys.readouterr().out
    assert f"{leaf} is in use by postgres" in told
    assert "it is left to the next retention" in told
    assert "1 partitions, 4 rows" in next(line for line in told.splitlines() if line.startswith("ingest.events "))
    assert history.query("select to_regclass(%s) is not null", leaf) == [(True,)]
    apply(history)
    assert history.query("select to_regclass(%s) is null", leaf) == [(True,)]


def test_builds_after_retention_keep_history(history: Database) -> None:
    before = contents(history)
    apply(history)
    history.build()
    after = check_full_equals_incremental(history)
    for table in ("identities", "tracked_users", *FINAL):
        assert after[table] == before[table]
    send(history, "late_edge", CUTOFF - timedelta(minutes=20), anonymous_id="edge")
    send(history, "late_old", CUTOFF - timedelta(days=50), anonymous_id="edge")
    send(history, "again", MIDNIGHT - timedelta(days=1, minutes=-5), event_type="click")
    send(history, "bob2", MIDNIGHT - timedelta(hours=1), anonymous_id="third", user_id="bob")
    for moment in (CUTOFF + timedelta(days=9), CUTOFF - timedelta(minutes=10)):
        send(history, "edge1", moment, anonymous_id="edge")
    after = check_full_equals_incremental(history)
    edge = [row for (row,) in after["sessions"] if row["anonymous_id"] == "edge"]
    assert sorted(row["event_count"] for row in edge) == [1, 4], (
        "the late event joined, and a copy of a gone one did not"
    )
    bob = next(row for (row,) in after["tracked_users"] if row["user_id"] == "bob")
    assert (bob["total_sessions"], bob["total_events"]) == (3, 3)
    visitor = next(row for (row,) in after["sessions"] if row["anonymous_id"] == "visitor")
    assert visitor["user_id"] == "ann", "the login is gone and the link stays"
    assert [row for row in after["daily_site_metrics"] if row in before["daily_site_metrics"]] != []
    apply(history)
    after = check_full_equals_incremental(history)
    assert len([row for (row,) in after["sessions"] if row["anonymous_id"] == "edge"]) == 1


def test_cleanup_old_data_does_what_retention_does(history: Database) -> None:
    days = contents(history, *FINAL)
    send(history, "unread", CUTOFF - timedelta(days=90))
    history.execute("set role service_role; select analytics.cleanup_old_data()")
    assert messages(history) == {"edge2", "edge3", "now", "bob", "unread"}
    kept = contents(history, "sessions", "session_events", "user_activity")
    assert [len(rows) for rows in kept.values()] == [3, 5, 2], "of ann and bob, who came yesterday"
    assert contents(history, *FINAL) == days
    before = contents(history), history.query("select relation, cutoff from radar.retention order by 1")
    apply(history)
    assert (contents(history), history.query("select relation, cutoff from radar.retention order by 1")) == before
    check_full_equals_incremental(history)


def test_an_event_that_no_run_has_read_stays(history: Database) -> None:
    send(history, "unread", CUTOFF - timedelta(days=90))
    apply(history)
    assert "unread" in messages(history)
    history.build()
    apply(history)
    assert "unread" not in messages(history)


def test_sessions_wait_for_models_that_are_behind(history: Database, capsys: pytest.CaptureFixture[str]) -> None:
    send(history, "more", MIDNIGHT)
    history.dbt("run", "--quiet", "--select", "session_events")
    with pytest.raises(DbtError):
        apply(history)
    assert "did not finish the last run" in capsys.readouterr().out
    assert len(contents(history)["sessions"]) == 6
    history.build()
    apply(history)


def test_a_batch_stays_until_its_newest_event_may_go(history: Database) -> None:
    batch = '{"events": [{"occurred_at": "%s", "message_id": "b1"}, {"occurred_at": "%s", "message_id": "b2"}]}'
    times = [(CUTOFF + shift).isoformat() for shift in (timedelta(days=-3), timedelta(days=1))]
    send(
        history,
        "batch",
        CUTOFF - timedelta(days=2),
        event_type="batch",
        properties=batch % tuple(times),
        anonymous_id="b",
    )
    send(history, "empty", CUTOFF - timedelta(days=2), event_type="batch", anonymous_id="b")
    history.build()
    apply(history)
    assert "batch" in messages(history)
    assert "empty" not in messages(history)
    check_full_equals_incremental(history)


def test_rows_go_in_batches_and_the_last_row_of_a_tenant_too(database: Database) -> None:
    database.execute(
        "insert into ingest.rejected_events (rejected_event_id, workspace_id, rejected_at, reason, source, payload)"
        " select gen_random_uuid(), %s, now() - interval '91 days', 'no_id', 'f', '{}' from generate_series(1, 20001)",
        WORKSPACE,
    )
    database.execute(
        "insert into ingest.rejected_events (rejected_event_id, rejected_at, reason, source, payload)"
        " values (gen_random_uuid(), %s, 'no_id', 'kept', '{}')",
        MIDNIGHT - timedelta(days=90),
    )
    send(database, "only", CUTOFF - timedelta(seconds=1))
    database.build()
    apply(database)
    assert database.query("select source from ingest.rejected_events") == [("kept",)]
    assert messages(database) == set()
    assert database.query("select count(*) from analytics.sessions") == [(0,)]
    assert len(check_full_equals_incremental(database)["daily_site_metrics"]) == 1


def test_retention_of_empty_tables_changes_nothing(new_database: Callable[[], Database]) -> None:
    database = new_database()
    apply(database)
    check_full_equals_incremental(database)
