"""The rows of a plan, a piece at a time."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from radar.demo.columns import rows
from radar.demo.conversations import messages
from radar.demo.events import events
from radar.demo.plan import Plan
from radar.demo.visits import visits


def generate(plan: Plan, days: range | None = None) -> Iterator[pl.DataFrame]:
    """The events of the days (by number; all of the plan by default) as columns of ingest.events, by day and time.

    Times are in UTC, ids and properties text. A frame holds whole days, about plan.CHUNK_EVENTS events. Retries of a
    message are among the rows, the exact ones too, which the table's key refuses. A message of a conversation comes
    with the day on which the conversation began.
    """
    for chunk in plan.chunks(range(plan.days) if days is None else days):
        if plan.quotas(chunk.stop)[chunk.start :].any():
            yield _of_days(plan, chunk)


def _of_days(plan: Plan, days: range) -> pl.DataFrame:
    found = visits(plan, days)
    sent = events(plan, found, days)
    written, written_day = messages(plan, found, sent, days)
    whole = pl.concat([rows(found, sent), written], how="diagonal")
    day = np.concatenate([found.day[sent.visit], written_day])
    order = np.lexsort([whole["occurred_at"].to_physical().to_numpy(), day])
    return whole[order.astype(np.uint32)]
