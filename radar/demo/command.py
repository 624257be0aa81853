"""The command `radar demo-data`."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from radar import settings
from radar.connection import connect, transaction
from radar.demo.formats import Format

_DATE = "%Y-%m-%d"


def demo_data(
    events: Annotated[int, typer.Option(min=1000, max=1_000_000_000, help="Events sent, retries included.")] = 200_000,
    days: Annotated[int, typer.Option(min=1, max=3650, help="Days that they happened on.")] = 90,
    seed: Annotated[int, typer.Option(min=0, help="Another seed makes other visitors.")] = 1,
    end: Annotated[
        datetime | None,
        typer.Option(
            formats=[_DATE], help="Last day, in UTC. Default: that of the demo data already there, else yesterday."
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Folder: write files for `radar load`, not the database.")] = None,
    file_format: Annotated[Format, typer.Option("--format", help="Of the files.")] = Format.SEGMENT,
) -> None:
    """Make two companies, their four sites and apps, and their events: the same options give the same rows.

    Agents and features of theirs call language models. Run again it adds nothing. A campaign, an outage, a checkout
    that fails on phones and an agent that gets worse are in the last four weeks (radar/demo/stories.py).
    """
    last = end.date() if end else None
    if output:
        _into_files(output, file_format, events, days, seed, last)
    else:
        _into_database(events, days, seed, last)


def _into_files(output: Path, file_format: Format, events: int, days: int, seed: int, end: date | None) -> None:
    from radar.demo.files import write  # polars, which other commands need not wait for
    from radar.demo.plan import Plan

    with _progress(events) as progress:
        paths = write(output, file_format, Plan(events, days, end or _yesterday(), seed), _advance(progress))
    typer.echo("\n".join(str(path) for path in paths))


def _into_database(events: int, days: int, seed: int, end: date | None) -> None:
    from radar.demo.database import stored_plan, write
    from radar.demo.plan import Plan

    with connect(settings.dsn()) as connection, _progress(events) as progress:
        with transaction(connection):
            stored = stored_plan(connection)
        plan = Plan(events, days, end or (stored.end if stored else _yesterday()), seed)
        written = write(connection, plan, _advance(progress))
    typer.echo(f"{written:,} events written, {plan.start} to {plan.end}; exact retries are left out.")


def _yesterday() -> date:
    """The last whole day: on a day that goes on, the demo would hold events that have not happened yet."""
    return (datetime.now(UTC) - timedelta(days=1)).date()


def _progress(events: int) -> Progress:
    progress = Progress(TextColumn("demo events"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    progress.add_task("events", total=events)
    return progress


def _advance(progress: Progress) -> Callable[[int], None]:
    return partial(progress.advance, progress.task_ids[0])
