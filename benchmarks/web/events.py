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
DASHBOARDS = (
    "daily_site_metrics",
    "page_analytics",
    "tracked_users",
    "user_events",
    "page_performance",
    "traffic_sources",
)
"""What ends in them: sessions, people, days and pages, without the rest of product analytics."""
INCREMENTS = {
    "every table": [],
    "without agents and LLM costs": ["--exclude", "models/agents", "models/llm"],
    "sessions, people, days and pages": ["--select", *(f"+{name}" for name in DASHBOARDS)],
}
"""What an incremental run follows with, by selection; the widest first, so that none finds what another has left."""


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

    # Between two runs of a day autovacuum does this; here it would do it during the first.
    connection.execute("vacuum analyze")
    day = plan.days
    for selection, options in INCREMENTS.items():
        runs = []
        for _ in range(increments):
            append(connection, plan, day, NEW_EVENTS)
            day += 1
            runs.append(build(*options)[0])
        median = statistics.median(runs)
        note = f"{NEW_EVENTS:,} events, median of {increments}"
        table.add_row(f"incremental run, {selection}", f"{median:.2f}", f"{NEW_EVENTS / median:,.0f}", note)
    derived = connection.execute(
        "select sum(pg_total_relation_size(oid)) from pg_class"
        " where relnamespace = 'analytics'::regnamespace and relkind = 'r'"
    ).fetchone() or (0,)
    table.add_row("analytics tables", "", "", f"{derived[0] / rows:,.0f} bytes an event")
    return table
