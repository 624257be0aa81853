"""What Radar costs on this machine: loading, full builds, incremental runs and dashboards, beside a floor of its own.

Run it with `make bench`, or `make bench ARGS="web --events 10000000"`. It starts a server of its own and removes it.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from rich.console import Console

from benchmarks import dashboards
from benchmarks.llm import calls
from benchmarks.measuring import new_server
from benchmarks.web import events as web_events
from benchmarks.web import loading
from radar.demo.plan import Plan

app = typer.Typer(help="Seconds, rows a second, bytes a row, and the ratio to a floor.")
FOLDER = Path(__file__).parent


@app.callback(invoke_without_command=True)
def everything(context: typer.Context) -> None:
    """Measure both when no command is given."""
    if context.invoked_subcommand is None:
        web()
        llm()


@app.command()
def web(
    events: Annotated[int, typer.Option(help="Events of history; 22,222 fall on each day.")] = 2_000_000,
    increments: Annotated[int, typer.Option(help="Incremental runs of 20,000 new events, of each selection.")] = 3,
    load_events: Annotated[int, typer.Option(help="Events in the files that are loaded.")] = 200_000,
) -> None:
    """Events of sites: builds, dashboards and loading."""
    with new_server() as (server, folder):
        loading.keep_empty(server)
        with psycopg.connect(server.dsn, autocommit=True) as connection:
            # The last increment is today's, because dashboards look back from today.
            end = datetime.now(UTC).date() - timedelta(days=increments * len(web_events.INCREMENTS))
            plan = Plan(events, max(events // web_events.EVENTS_A_DAY, 1), end, seed=1)
            Console().print(web_events.measure(connection, plan, increments))
            Console().print(dashboards.measure(connection, FOLDER / "web" / "dashboards.sql"))
        Console().print(loading.measure(server, folder, Plan(load_events, 90, end, seed=2)))


@app.command()
def llm(
    llm_calls: Annotated[int, typer.Option("--calls", help="Calls of language models, over 90 days.")] = 5_000_000,
    agent_runs: Annotated[int, typer.Option("--runs", help="Runs of agents, over 90 days.")] = 1_000_000,
) -> None:
    """Calls of language models and runs of agents: builds, summaries and dashboards."""
    with new_server() as (server, _), psycopg.connect(server.dsn, autocommit=True) as connection:
        Console().print(calls.measure(connection, llm_calls, agent_runs))
        Console().print(dashboards.measure(connection, FOLDER / "llm" / "dashboards.sql"))


if __name__ == "__main__":
    app()
