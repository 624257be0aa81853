"""The commands `radar build`, `radar demo` and `radar lab`: each runs what the rest of Radar does, in order."""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as dt_time
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from radar import last_run, server, settings
from radar.connection import session
from radar.errors import RadarError

SITE = settings.STATE / "site"
"""Rendered pages of this checkout; index.html is the front page."""
WHERE_TO_LOOK = """
Ready. Look at:
  {index}  the pages, in any browser
  {docs}  what the quality gate looked at
  {radar} lab  the same notebooks, to change them
  {psql} "$({radar} dsn)"  the tables, in the schema analytics"""

PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}
"""Options that are not ours go to the program that is run."""


def build(context: typer.Context) -> None:
    """Run every model and its tests (`dbt build`). Arguments go to dbt, as in `radar build --select sessions+`."""
    from radar import dbt

    dbt.run("build", *last_run.options(*context.args))


def lab(context: typer.Context) -> None:
    """Open the notebooks in JupyterLab. Arguments go to it, as in `radar lab --no-browser`."""
    _check_server()
    command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(settings.ROOT / "notebooks"), *context.args]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 (Jupyter takes over this process: its signals and exit code are its own)


def demo(
    events: Annotated[
        int, typer.Option(min=1000, max=1_000_000_000, help="Demo events, on the last 90 days.")
    ] = 200_000,
) -> None:
    """From nothing to pages: server, demo data, build, quality gate, notebooks. Run again it is quick.

    Demo data that is there stays as it is, whatever --events says.
    """
    steps: dict[str, Callable[[], str]] = {
        "PostgreSQL": _start_server,
        "Tables for raw events": _make_raw_tables,
        "Demo data": partial(_write_demo_data, events),
        "Models and their tests": _build,
        "Quality gate": _check,
        "Notebooks": partial(render, SITE),
    }
    for number, (name, step) in enumerate(steps.items(), start=1):
        typer.secho(f"[{number}/{len(steps)}] {name} ...", bold=True)
        started = time.monotonic()
        typer.echo(f"      {step()} ({time.monotonic() - started:.1f} s)")
    typer.echo(
        WHERE_TO_LOOK.format(
            index=SITE / "index.html",
            docs=settings.STATE / "data_docs" / "index.html",
            radar=settings.called(),
            psql="psql" if shutil.which("psql") else server.embedded_bin_dir() / "psql",
        )
    )


def _start_server() -> str:
    if settings.is_embedded():
        server.embedded().up()
    return f"PostgreSQL {server.describe(settings.dsn()).version} at {settings.shown_dsn()}"


def _make_raw_tables() -> str:
    from radar import dbt
    from radar.demo.database import TABLES, refuse_an_application

    with session(settings.dsn()) as connection:
        refuse_an_application(connection)
        query = "select bool_and(to_regclass(name) is not null) from unnest(%s::text[]) as name"
        found = connection.execute(query, [list(TABLES)]).fetchone()
    if found != (True,):
        dbt.run("run", "--quiet", "--select", "app", "ingest")
    return "app and ingest"


def _write_demo_data(events: int) -> str:
    from radar.demo.command import demo_data
    from radar.demo.database import stored_plan

    with session(settings.dsn()) as connection:
        plan = stored_plan(connection)
    if plan is None:
        demo_data(events=events)
    else:
        demo_data(events=plan.events, days=plan.days, seed=plan.seed)
    return "two companies, four sites"


def _build() -> str:
    from radar import dbt

    kinds = [result.node.resource_type for result in dbt.run(*last_run.options("build", "--quiet")).results]
    return f"{kinds.count('model')} models built, {len(kinds) - kinds.count('model')} tests passed"


def _check() -> str:
    """As of the end of the demo data: later it would be a stale feed, which is what the gate is there to refuse."""
    from rich.console import Console

    from radar.check.command import check
    from radar.demo.database import stored_plan

    with session(settings.dsn()) as connection:
        plan = stored_plan(connection)
    until = datetime.combine(plan.end + timedelta(days=1), dt_time(tzinfo=UTC)) if plan else datetime.now(UTC)
    report = check(until)
    report.show(Console())
    if not report.is_passed:
        raise RadarError("the quality gate refused the demo data: the report above says where to look")
    return "passed"


def render(folder: Path) -> str:
    """Write the notebooks as pages into `folder`, unless neither they nor the data have changed; tells which."""
    from radar.lab import pages

    paths = pages.notebooks()
    addresses = {f"{path.stem}.html": pages.title(path) for path in paths}
    stamp = folder / "rendered.json"
    state = {"notebooks": pages.fingerprint(paths), "data": _data_version(), "database": settings.shown_dsn()}
    is_current = stamp.exists() and json.loads(stamp.read_text()) == state
    if is_current and all((folder / address).exists() for address in addresses):
        return f"{len(paths)} pages, unchanged"
    pages.write(folder, paths)
    pages.index(folder, addresses | {"../data_docs/index.html": "What the quality gate looked at"})
    stamp.write_text(json.dumps(state))
    return f"{len(paths)} pages"


def _data_version() -> str:
    """Changes whenever a visit, a day of an agent or a cost has changed: a run writes only rows that differ."""
    query = """
        select count(*), max(updated_at) from analytics.sessions
        union all select count(*), max(updated_at) from analytics.agent_days
        union all select count(*), max(updated_at) from analytics.cost_aggregates
    """
    with session(settings.dsn()) as connection:
        return str(connection.execute(query).fetchall())


def _check_server() -> None:
    if settings.is_embedded() and not server.embedded().is_running():
        raise RadarError("the server is not running: `radar up` starts it, `radar demo` fills it too")
    server.describe(settings.dsn())
