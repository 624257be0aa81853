"""The rows of a plan, a piece at a time."""

from collections.abc import Iterator

import polars as pl

from radar.demo.columns import rows
from radar.demo.events import events
from radar.demo.plan import Plan
from radar.demo.visits import visits


def generate(plan: Plan, days: range | None = None) -> Iterator[pl.DataFrame]:
    """The events of the days (by number; all of the plan by default) as columns of ingest.events, by day and time.

    Times are in UTC, ids and properties text. A frame holds whole days, about plan.CHUNK_EVENTS events. Retries of a
    message are among the rows, the exact ones too, which the table's key refuses.
    """
    for chunk in plan.chunks(range(plan.days) if days is None else days):
        found = visits(plan, chunk)
        if found.size.size:
            yield rows(found, events(plan, found, chunk))
