"""What Radar costs on this machine: loading, full builds, incremental runs and dashboards, beside a floor of its own.

Run it with `make bench`, or `make bench ARGS="--events 10000000"`. It starts a server of its own and removes it.
"""

import os
import shutil
import socket
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import dashboards, loading
from radar import dbt
from radar.demo.database import append, write
from radar.demo.plan import Plan
from radar.server import Server, embedded_bin_dir

EVENTS_A_DAY = 22_222
"""The same density whatever the number of events: more events are a longer history, not busier days."""
NEW_EVENTS = 20_000
"""Events that an incremental run follows: 1 % of two million, and as many when the history is longer."""
FLOOR_MODELS = ("session_events", "sessions", "daily_site_metrics")
"""What holds the floor's tables: pageviews are a view of session_events."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def build(*args: str) -> tuple[float, dict[str, float]]:
    """dbt's own reported seconds of a run, and those of each model."""
    result = dbt.run("run", "--quiet", *args)
    return result.elapsed_time, {each.node.name: each.execution_time for each in result.results}


def run_floor(connection: psycopg.Connection[Any]) -> float:
    """Seconds that the hand-written tables take."""
    statements = Path(__file__).with_name("floor.sql").read_text(encoding="utf-8")
    return seconds(lambda: connection.execute(statements.encode()))


def measure(connection: psycopg.Connection[Any], plan: Plan, increments: int) -> Table:
    """Load the plan's events, build everything, and follow with days of new events."""
    table = Table("what", "seconds", "rows a second", "note", title=f"{plan.events:,} events over {plan.days} days")
    generated = seconds(lambda: write(connection, plan, lambda _: None))
    connection.execute("vacuum analyze ingest.events")
    rows, size = connection.execute(
        "select (select count(*) from ingest.events), sum(pg_total_relation_size(inhrelid))"
        " from pg_inherits where inhparent = 'ingest.events'::regclass"
    ).fetchone() or (0, 0)
    table.add_row(
        "demo data by COPY", f"{generated:.1f}", f"{rows / generated:,.0f}", f"{size / rows:,.0f} bytes an event"
    )

    floor = run_floor(connection)
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


def main(
    events: Annotated[int, typer.Option(help="Events of history; 22,222 fall on each day.")] = 2_000_000,
    increments: Annotated[int, typer.Option(help="Incremental runs of 20,000 new events.")] = 3,
    load_events: Annotated[int, typer.Option(help="Events in the files that are loaded.")] = 200_000,
) -> None:
    """Print seconds, rows a second, bytes an event, and the ratio to the floor."""
    folder = Path(tempfile.mkdtemp(prefix="radar-bench-"))
    server = Server(folder / "pgdata", embedded_bin_dir(), free_port())
    server.up()
    try:
        os.environ.update(PGHOST="127.0.0.1", PGPORT=str(server.port), PGUSER="postgres", PGDATABASE="radar")
        build()
        loading.keep_empty(server)
        with psycopg.connect(server.dsn, autocommit=True) as connection:
            # The last increment is today's, because dashboards look back from today.
            end = datetime.now(UTC).date() - timedelta(days=increments)
            plan = Plan(events, max(events // EVENTS_A_DAY, 1), end, seed=1)
            Console().print(measure(connection, plan, increments))
            Console().print(dashboards.measure(connection))
        Console().print(loading.measure(server, folder, Plan(load_events, 90, end, seed=2)))
    finally:
        server.down()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    typer.run(main)
