"""Guarantee 2: models that fail, or run alone, or in two runs at once, leave nothing behind that the next run does not mend."""

import time
from pathlib import Path
from typing import LiteralString

import psutil
import pytest

from radar.errors import DbtError
from tests.conftest import OF_VISITS, Database
from tests.dbt_process import Launcher, launcher, wait
from tests.full_refresh import assert_equals_full_refresh, tables
from tests.streams import Row, insert, make_streams

PARTS = 8
AT_EVERY_DEPTH = ("session_events", "identities", "sessions", "visitor_days", "touchpoints", "attribution_months")
"""Tables that get rows from any stream, from the first that a run builds to one of the last."""


@pytest.fixture
def parts(database: Database) -> list[list[Row]]:
    rows = make_streams(database, seed=7, number=24)
    return [rows[part::PARTS] for part in range(PARTS)]


def test_a_model_that_fails_catches_up(database: Database, parts: list[list[Row]]) -> None:
    insert(database, parts[0])
    database.build(models=OF_VISITS)
    for table, rows in zip(AT_EVERY_DEPTH, parts[1:], strict=False):
        insert(database, rows)
        database.execute(f"alter table analytics.{table} add constraint broken check (false) not valid")
        with pytest.raises(DbtError, match=table):
            database.build(models=OF_VISITS)
        database.execute(f"alter table analytics.{table} drop constraint broken")
    database.build(models=OF_VISITS)
    assert_equals_full_refresh(database, *OF_VISITS)


def test_a_full_refresh_of_one_model_alone_is_followed_by_those_that_read_it(
    database: Database, parts: list[list[Row]]
) -> None:
    insert(database, parts[0])
    database.build(models=OF_VISITS)
    for table, rows in zip(AT_EVERY_DEPTH, parts[1:], strict=False):
        insert(database, rows)
        database.dbt("run", "--full-refresh", "--quiet", "-s", table)
        insert(database, rows)
        database.build(models=OF_VISITS)
    insert(database, parts[-1])
    database.build(models=OF_VISITS)
    assert_equals_full_refresh(database, *OF_VISITS)


def test_a_run_with_nothing_new_touches_no_row(database: Database, parts: list[list[Row]]) -> None:
    insert(database, [row for part in parts for row in part])
    database.build(models=OF_VISITS)
    before = versions(database)
    assert all(before[f"analytics.{table}"] for table in AT_EVERY_DEPTH)
    database.build(models=OF_VISITS)
    assert versions(database) == before


def test_what_a_transaction_stores_that_is_open_during_a_run_comes_with_the_next(
    database: Database, parts: list[list[Row]]
) -> None:
    """It is the oldest that is open, so its number is the horizon itself: the first that the next run has to read."""
    insert(database, parts[0])
    database.build(models=OF_VISITS)
    with database.connect(autocommit=False) as writing:
        writing.execute(
            "insert into ingest.events (workspace_id, project_id, message_id, anonymous_id, occurred_at)"
            " select workspace_id, project_id, 'late', 'late', now() from ingest.projects limit 1"
        )
        insert(database, parts[1])
        database.build(models=OF_VISITS)
        writing.commit()
    database.build(models=OF_VISITS)
    assert database.query("select count(*) from analytics.session_events where anonymous_id = 'late'") == [(1,)]
    assert_equals_full_refresh(database, *OF_VISITS)


def test_a_run_that_reads_less_or_something_else_is_refused(
    database: Database, parts: list[list[Row]], tmp_path: Path
) -> None:
    """It would count what it has not read as read, or leave views behind through which the next run reads less."""
    database.dbt("parse", "--quiet", "--target-path", str(tmp_path), "--write-json")
    other = ["--state", str(tmp_path)]
    insert(database, parts[0])
    before = catalog(database)
    for command in (
        ["run", "--empty", "-s", "stg_events"],
        ["build", "--empty", "-s", "mv_top_agents"],
        ["run", "--sample", "3 days", "-s", "stg_events"],
        ["run", "--defer", *other, "-s", "session_events"],
        ["clone", "--full-refresh", *other, "-s", "stg_events", "events", "sessions"],
    ):
        with pytest.raises(DbtError):
            database.dbt(*command, "--quiet")
        assert catalog(database) == before, command
    database.build(models=("session_events",))
    assert database.query("select count(*) > 0 from analytics.session_events") == [(True,)]


def catalog(database: Database) -> list[tuple[str, str]]:
    """What relations there are, and the views' queries."""
    return database.query(
        "select relname, coalesce(pg_get_viewdef(oid), '') from pg_class where relkind in ('r', 'p', 'v', 'm')"
        " and relnamespace::regnamespace::text in ('ingest', 'staging', 'analytics') order by 1"
    )


def test_a_full_refresh_that_began_before_another_run_and_ended_after_it_loses_nothing(
    database: Database, parts: list[list[Row]]
) -> None:
    insert(database, parts[0])
    # The first node of the older run has something to do, and waits for us to do it.
    database.execute("update radar.contracts set fingerprint = '' where relation = %s", '"ingest"."events"')
    with launcher(database) as dbt, database.connect(autocommit=False) as holding:
        holding.execute(
            'select pg_advisory_xact_lock(hashtext(format(\'"%s"."ingest"."events"\', current_database())))'
        )
        older = dbt.start("run", "--full-refresh", "-s", "events", "session_events")
        wait_for_horizon(database)
        insert(database, parts[1])
        database.dbt("run", "--quiet", "-s", "session_events")
        holding.rollback()
        wait(older)
    assert [
        full
        for (full,) in database.query("select is_full from radar.builds where model = 'session_events' order by build")
    ][-1]
    insert(database, parts[2])
    database.build(models=OF_VISITS)
    assert_equals_full_refresh(database, *OF_VISITS)


def test_a_table_that_is_being_analyzed_is_rebuilt_after_that(database: Database, parts: list[list[Row]]) -> None:
    """As autovacuum does right after a load: it holds the table, and then writes what it found of its indexes, too."""
    insert(database, parts[0])
    database.build(models=OF_VISITS)
    with launcher(database) as dbt, database.connect(autocommit=False) as autovacuum:
        autovacuum.execute("lock table analytics.session_events in share update exclusive mode")
        rebuild = dbt.start("run", "--full-refresh", "-s", "session_events")
        wait_for(database, "select count(*) from pg_locks where not granted and locktype = 'relation'")
        autovacuum.execute("analyze analytics.session_events")
        autovacuum.commit()
        wait(rebuild)
    assert database.query("select count(*) from radar.builds where model = 'session_events' and is_full") == [(2,)]


def test_two_runs_at_the_same_time_corrupt_nothing(database: Database, parts: list[list[Row]]) -> None:
    with launcher(database) as dbt:
        for rows in parts[:3]:
            insert(database, rows[::2])
            runs = [dbt.start("run"), start_after(dbt, 0.1)]
            insert(database, rows[1::2])
            for run in runs:
                wait(run)
    database.build(models=OF_VISITS)
    assert_equals_full_refresh(database, *OF_VISITS)


def start_after(dbt: Launcher, seconds: float) -> psutil.Process:
    time.sleep(seconds)
    return dbt.start("run")


def wait_for_horizon(database: Database) -> None:
    """Until a second run, after the template's, has drawn its horizon."""
    wait_for(database, "select count(*) - 1 from radar.runs")


def wait_for(database: Database, count: LiteralString) -> None:
    """Until the query's number is above 0."""
    for _ in range(1000):
        if database.query(count)[0][0] > 0:
            return
        time.sleep(0.02)
    pytest.fail("the run did not begin")


def versions(database: Database) -> dict[str, list[tuple[str, str]]]:
    """By table: which transaction wrote each row, and where it lies."""
    names = [f"analytics.{name}" for name in tables(database)] + ["ingest.events"]
    return {name: database.query(f"select xmin::text, ctid::text from {name} order by 1, 2") for name in names}
