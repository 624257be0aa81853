"""Guarantee 3: the cost of a run follows the new data. Counted in rows, because time depends on the machine."""

import pytest

from tests.conftest import Database
from tests.full_refresh import tables

HISTORY = 20_000
NEW = 10
FILL = """
    insert into ingest.events (workspace_id, project_id, message_id, anonymous_id, user_id, event_type, page_url, occurred_at, received_at)
    select
        '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002', %s || number, 'visitor ' || number %% 5000,
        case when number %% 9 = 0 then 'user ' || number %% 500 end, 'pageview', 'https://shop.example/' || number %% 40,
        timestamptz '2026-03-01' + number * interval '3 minutes', timestamptz '2026-03-01' + number * interval '3 minutes'
    from generate_series(%s::integer, %s::integer) as number
"""
READ = """
    select coalesce(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)), 0)::bigint
    from pg_stat_user_tables where schemaname in ('ingest', 'analytics')
"""


@pytest.fixture
def built(database: Database) -> Database:
    """20,000 events of 42 days in sessions."""
    database.execute(FILL, "m", 1, HISTORY)
    database.execute("vacuum analyze")
    database.dbt("run", "--full-refresh", "--quiet")
    return database


def test_ten_new_events_write_and_read_few_rows(built: Database) -> None:
    sizes = {name: count(built, f"select count(*) from analytics.{name}") for name in tables(built)}
    [(before,)] = built.query("select pg_current_xact_id()::text::bigint")
    read_before = rows_read(built)
    built.execute(FILL, "n", HISTORY + 1, HISTORY + NEW)
    built.dbt("run", "--quiet")
    read = rows_read(built) - read_before
    written = {
        name: count(built, f"select count(*) from analytics.{name} where xmin::text::bigint > {before}")
        for name in sizes
    }
    print(sizes, written, read)
    assert sum(sizes.values()) > HISTORY * 2
    assert all(rows for name, rows in written.items() if name != "identities" and sizes[name])
    assert {name: rows for name, rows in written.items() if rows > 5 * NEW} == {}
    assert read < HISTORY * 5, "more than a few scans of a whole table"


def test_the_backlog_says_what_waits_and_since_when(built: Database) -> None:
    backlog = "select raw_table, rows_waiting, oldest_received_at = timestamptz '2026-03-01' + 20001 * interval '3 minutes' from radar.backlog"
    assert built.query(backlog) == [("events", 0, None)]
    built.execute(FILL, "n", HISTORY + 1, HISTORY + NEW)
    assert built.query(backlog) == [("events", NEW, True)]
    built.dbt("run", "--quiet", "-s", "daily_site_metrics")
    assert built.query(backlog) == [("events", NEW, True)]
    built.dbt("run", "--quiet")
    assert built.query(backlog) == [("events", 0, None)]


def test_the_backlog_is_read_through_the_index(built: Database) -> None:
    built.execute("vacuum analyze")
    plan = "\n".join(line for (line,) in built.query("explain (analyze, costs off) select * from radar.backlog"))
    assert "ingest_xid" in plan
    assert "Bitmap Index Scan" in plan
    assert "Seq Scan on events_p2026_0" not in plan


def test_the_backlog_of_a_database_that_was_never_built_is_everything(database: Database) -> None:
    database.execute("truncate radar.builds, radar.watermarks")
    database.execute(FILL, "m", 1, 7)
    assert database.query("select raw_table, rows_waiting from radar.backlog") == [("events", 7)]


def count(database: Database, query: str) -> int:
    return int(database.query(query)[0][0])


def rows_read(database: Database) -> int:
    """Rows that scans of raw and derived tables have returned since the beginning."""
    database.execute("select pg_stat_force_next_flush()")
    return int(database.query(READ)[0][0])
