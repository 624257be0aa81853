"""Guarantee 3: the cost of a run follows the new data. Counted in rows, because time depends on the machine."""

from uuid import UUID

import pytest

from tests.conftest import Database
from tests.full_refresh import tables

HISTORY = 8_000
NEW = 12
WORKSPACE, PROJECT = UUID(int=1), UUID(int=2)
GOAL = """
    insert into ingest.goals (workspace_id, project_id, name, goal_type, conditions)
    values (%s, %s, 'Order', 'event', '{"event_name": "Order Completed"}')
"""
FILL = """
    insert into ingest.events
        (workspace_id, project_id, message_id, anonymous_id, user_id, event_type, event_name, page_url, channel_type, external_id,
         occurred_at, received_at)
    select
        %s, %s, 'm' || number, case when kind <> 'message' then 'visitor ' || visitor end,
        case when visitor %% 4 = 0 then 'user ' || visitor end, kind,
        case when kind = 'track' then (array['Product Viewed', 'Product Added', 'Order Completed'])[1 + number / 4 %% 3] end,
        'https://shop.example/' || number %% 40, case when kind = 'message' then 'whatsapp' else 'web' end,
        case when kind = 'message' then 'phone ' || visitor end, moment, moment
    from generate_series(%s::integer, %s::integer) as number
    cross join lateral (
        select
            case number %% 20 when 3 then 'form_submit' when 7 then 'message' else (array['track', 'pageview'])[1 + sign(number %% 4)] end,
            -- Every fourth event is one of a visitor of the day before.
            (case when number %% 4 = 0 then number - 480 else number end) / 8,
            timestamptz '2026-03-01' + number * interval '3 minutes'
    ) as event (kind, visitor, moment)
"""
READ = """
    select
        regexp_replace(relname, '_p\\d{4}_\\d\\d$|_default$', ''),
        sum(coalesce(seq_tup_read, 0) + greatest(of_indexes.entries_read, idx_tup_fetch, 0))::bigint
    from pg_stat_user_tables
    left join (
        -- Not of the BRIN index: it counts the rows that its pages could hold.
        select relid, sum(idx_tup_read) as entries_read
        from pg_stat_user_indexes
        inner join pg_class on pg_class.oid = indexrelid
        inner join pg_am on pg_am.oid = relam and amname = 'btree'
        group by relid
    ) as of_indexes using (relid)
    where schemaname in ('ingest', 'analytics')
    group by 1
"""


@pytest.fixture
def built(database: Database) -> Database:
    """8,000 events of 17 days in sessions."""
    database.execute(
        "insert into ingest.projects (workspace_id, project_id, name, slug) values (%s, %s, 'P', 'p')",
        WORKSPACE,
        PROJECT,
    )
    database.execute(GOAL, WORKSPACE, PROJECT)
    database.execute(FILL, WORKSPACE, PROJECT, 1, HISTORY)
    database.build("--full-refresh")
    database.execute("vacuum analyze")
    return database


def test_a_few_new_events_write_few_rows_and_read_nothing_of_a_history_twice_as_long(
    built: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Tables so small are cheaper to read whole, or their indexes: that would hide what has none.
    prices = {"seq_page_cost": 1000, "random_page_cost": 1, "cpu_tuple_cost": 1, "cpu_index_tuple_cost": 0.5}
    monkeypatch.setenv("PGOPTIONS", " ".join(f"-c {name}={price}" for name, price in prices.items()))
    sizes = row_counts(built)
    written, read = increment(built, HISTORY)
    assert {name for name, rows in written.items() if not rows and sizes[name]} == set()
    assert {name: rows for name, rows in written.items() if rows > 5 * NEW} == {}
    built.execute(FILL, WORKSPACE, PROJECT, HISTORY + NEW + 1, 2 * HISTORY)
    built.build()
    built.execute("vacuum analyze")
    gained = {name: rows - sizes[name] for name, rows in row_counts(built).items()}
    written, read_now = increment(built, 2 * HISTORY)
    print({name: (read.get(name, 0), rows, gained.get(name)) for name, rows in read_now.items()})
    assert sum(gained.values()) > HISTORY * 2
    assert {name: rows for name, rows in written.items() if rows > 5 * NEW} == {}
    grown = {name: rows - read[name] for name, rows in read_now.items() if name in gained}
    assert {name: rows for name, rows in grown.items() if rows > 50 + 0.05 * gained[name]} == {}
    assert read_now["events"] < 2 * HISTORY, "of the raw events, twice the range of pages that the BRIN index leads to"


def increment(database: Database, number: int) -> tuple[dict[str, int], dict[str, int]]:
    """Rows written and rows (or index entries) read, by table, by a run over a few events after this many."""
    [(before,)] = database.query("select pg_current_xact_id()::text::bigint")
    read_before = rows_read(database)
    database.execute(FILL, WORKSPACE, PROJECT, number + 1, number + NEW)
    database.build()
    read = {name: rows - read_before.get(name, 0) for name, rows in rows_read(database).items()}
    written = {
        name: count(database, f"select count(*) from analytics.{name} where xmin::text::bigint > {before}")
        for name in tables(database)
    }
    return written, read


def test_a_run_without_news_asks_few_models(built: Database) -> None:
    built.build()
    connections = "select sessions from pg_stat_database where datname = current_database()"
    before = count(built, connections)
    built.build()
    assert count(built, connections) - before < len(tables(built)) * 0.7, "each of the others would take one"


def test_the_backlog_says_what_waits_and_since_when(built: Database) -> None:
    backlog = "select raw_table, rows_waiting, oldest_received_at = timestamptz '2026-03-01' + 8001 * interval '3 minutes' from radar.backlog where raw_table = 'events'"
    assert built.query(backlog) == [("events", 0, None)]
    built.execute(FILL, WORKSPACE, PROJECT, HISTORY + 1, HISTORY + NEW)
    assert built.query(backlog) == [("events", NEW, True)]
    built.dbt("run", "--quiet", "-s", "daily_site_metrics")
    assert built.query(backlog) == [("events", NEW, True)]
    built.build()
    assert built.query(backlog) == [("events", 0, None)]


def test_the_backlog_is_read_through_the_index(built: Database) -> None:
    built.execute("vacuum analyze")
    plan = "\n".join(line for (line,) in built.query("explain (analyze, costs off) select * from radar.backlog"))
    assert "ingest_xid" in plan
    assert "Bitmap Index Scan" in plan
    assert "Seq Scan on events_p2026_0" not in plan


def test_the_backlog_of_a_database_that_was_never_built_is_everything(database: Database) -> None:
    database.execute("truncate radar.builds, radar.watermarks")
    database.execute(FILL, WORKSPACE, PROJECT, 1, 7)
    assert database.query("select raw_table, rows_waiting from radar.backlog order by 1") == [
        ("events", 7),
        ("llm_calls", 0),
    ]


def count(database: Database, query: str) -> int:
    return int(database.query(query)[0][0])


def row_counts(database: Database) -> dict[str, int]:
    return {name: count(database, f"select count(*) from analytics.{name}") for name in tables(database)}


def rows_read(database: Database) -> dict[str, int]:
    """Rows and index entries that scans of raw and derived tables have returned since the beginning, by table."""
    database.execute("select pg_stat_force_next_flush()")
    return dict(database.query(READ))
