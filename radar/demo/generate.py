"""The rows of a plan, a piece at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from radar.demo.calls import visit_calls
from radar.demo.columns import rows
from radar.demo.conversations import messages
from radar.demo.events import Events, events
from radar.demo.plan import Plan
from radar.demo.runs import runs_and_calls
from radar.demo.visits import Visits, visits


@dataclass(frozen=True)
class Piece:
    """Some days of a plan, about plan.CHUNK_EVENTS events. Times are in UTC, ids and properties text."""

    plan: Plan
    days: range
    found: Visits
    sent: Events

    def events(self) -> pl.DataFrame:
        """Columns of ingest.events, by day and time; among them exact retries, which the table's key refuses.

        A message of a conversation comes with the day on which the conversation began.
        """
        written, written_day = messages(self.plan, self.found, self.sent, self.days)
        whole = pl.concat([rows(self.found, self.sent), written], how="diagonal")
        day = np.concatenate([self.found.day[self.sent.visit], written_day])
        order = np.lexsort([whole["occurred_at"].to_physical().to_numpy(), day])
        return whole[order.astype(np.uint32)]

    def runs_and_calls(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Columns of app.agent_runs, and of ingest.llm_calls: those of the runs and those of the visits."""
        runs, calls = runs_and_calls(self.plan, self.days)
        return runs, pl.concat([calls, visit_calls(self.plan, self.found, self.sent)], how="diagonal_relaxed")


def pieces(plan: Plan, days: range | None = None) -> Iterator[Piece]:
    """The days (by number; all of the plan by default) in pieces of whole days."""
    for chunk in plan.chunks(range(plan.days) if days is None else days):
        if plan.quotas(chunk.stop)[chunk.start :].any():
            found = visits(plan, chunk)
            yield Piece(plan, chunk, found, events(plan, found, chunk))


def generate(plan: Plan, days: range | None = None) -> Iterator[pl.DataFrame]:
    """The events of the days (by number; all of the plan by default), a frame for each piece."""
    return (piece.events() for piece in pieces(plan, days))
