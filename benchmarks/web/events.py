"""Full builds and incremental runs of web events, beside three tables by hand."""

import statistics
from pathlib import Path
from typing import Any

import psycopg
from rich.table import Table

from benchmarks.measuring import build, run_file, seconds
from radar.demo.database import append, write_events
from radar.demo.plan import Plan

EVENTS_A_DAY = 22_222
"""The same density whatever the number of events: more events are a longer history, not busier days."""
NEW_EVENTS = 20_000
"""Events that an incremental run follows: 1 % of two million, and as many when the history is longer."""
FLOOR_MODELS = ("session_events", "sessions", "daily_site_metrics")
"""What holds the floor's tables: pageviews are a view of session_events."""


def measure(connection: psycopg.Connection[Any], plan: Plan, increments: int) -> Table:
    """Load the plan's events, build everything, and follow with days of new events."""
    table = Table("what", "seconds", "rows a second", "note", title=f"{plan.events:,} events over {plan.days} days")
    generated = seconds(lambda: write_events(connection, plan))
    connection.execute("vacuum analyze ingest.events")
    rows, size = connection.execute(
        "select (select count(*) from ingest.events), sum(pg_total_relation_size(inhrelid))"
        " from pg_inherits where inhparent = 'ingest.events'::regclass"
    ).fetchone() or (0, 0)
    table.add_row(
        "demo data by COPY", f"{generated:.1f}", f"{rows / generated:,.0f}", f"{size / rows:,.0f} bytes an event"
    )

    floor = run_file(connection, Path(__file__).with_name("floor.sql"))
    table.add_row("floor: three tables by hand", f"{floor:.1f}", f"{rows / floor:,.0f}", "")
    full, models = build("--full-refresh")
    same = sum(models[name] for name in FLOOR_MODELS)
    table.add_row("full build, the same tables", f"{same:.1f}", f"{rows / same:,.0f}", f"{same / floor:.2f} x floor")
    table.add_row("full build, every table", f"{full:.1f}", f"{rows / full:,.0f}", f"{full / floor:.2f} x floor")

    runs = []
    for run in range(increments):
        append(connection, plan, plan.days + run, NEW_EVENTS)
        runs.append(build()[0])
    median = statistics.median(runs)
    table.add_row(
        "incremental run",
        f"{median:.2f}",
        f"{NEW_EVENTS / median:,.0f}",
        f"{NEW_EVENTS:,} events, median of {increments}",
    )
    derived = connection.execute(
        "select sum(pg_total_relation_size(oid)) from pg_class"
        " where relnamespace = 'analytics'::regnamespace and relkind = 'r'"
    ).fetchone() or (0,)
    table.add_row("analytics tables", "", "", f"{derived[0] / rows:,.0f} bytes an event")
    return table
