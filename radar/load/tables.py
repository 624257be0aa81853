"""Rows of files into tables: COPY into a staging table, then one insert for each chunk."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import psycopg
from psycopg import sql

from radar.connection import transaction
from radar.load.call_sql import CallLayout
from radar.load.errors import LoadError
from radar.load.layout import LINE, NO_CALL, STAGING, Column, Layout
from radar.load.messages import Rejection
from radar.load.project import Project
from radar.load.report import Counts
from radar.load.rows import Columns, RowChunk
from radar.load.store import REFUSALS, Target, write_rejections
from radar.load.table_sql import EventLayout

CALLS = "ingest.llm_calls"
EVENTS = "ingest.events"

Staged = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class TableFile:
    """A file of rows: its name, where it goes, and its columns."""

    source: str
    target: Target
    project: Project
    layout: Layout

    def store(self, connection: psycopg.Connection, chunk: RowChunk) -> Counts:
        """Store a chunk and return its counts. A row that the database refuses is rejected."""
        counts = Counts(read=len(chunk.rejections) + chunk.skipped.total(), skipped=chunk.skipped.total())
        counts.skipped_reasons.update(chunk.skipped)
        counts.note_rejections(chunk.rejections)
        if chunk.rejections:
            with transaction(connection):
                write_rejections(connection, self.target, self.source, chunk.rejections)
        if chunk.rows:
            counts.add(self._store_rows(connection, chunk.rows, chunk.first_arrival))
        return counts

    def _store_rows(self, connection: psycopg.Connection, rows: Staged, first_arrival: int) -> Counts:
        try:
            with transaction(connection):
                connection.execute(self.layout.create_staging())
                return self._copy_and_insert(connection, rows, first_arrival)
        except REFUSALS as error:
            return self._store_halves(connection, rows, str(error).splitlines()[0], first_arrival)

    def _copy_and_insert(self, connection: psycopg.Connection, rows: Staged, first_arrival: int) -> Counts:
        with connection.cursor().copy(self.layout.copy()) as copy:
            for row in rows:
                copy.write_row(row)
        counts = Counts(read=len(rows))
        parameters = self._parameters(connection) | {"first_arrival": first_arrival}
        self.target.make_partitions(self.layout.table, self._months(connection))
        counts.rejected = self._reasons(connection, parameters)
        counts.skipped = counts.rejected.pop(NO_CALL, 0)
        counts.skipped_reasons.update({NO_CALL: counts.skipped} if counts.skipped else {})
        counts.accepted = connection.execute(self.layout.insert(), parameters).rowcount
        counts.duplicate = counts.read - counts.skipped - counts.rejected.total() - counts.accepted
        if counts.rejected:
            connection.execute(self.layout.reject(), parameters)
        return counts

    def _parameters(self, connection: psycopg.Connection) -> dict[str, Any]:
        limits = self.target.limits
        return {
            "workspace_id": self.project.workspace_id,
            "project_id": self.project.project_id,
            "tolerance": limits.future_tolerance_hours,
            "message_bytes": limits.message_bytes,
            "conversation_channels": limits.conversation_channels,
            "payload_characters": limits.rejected_payload_characters,
            "keep_address": self.target.keep_address,
            "source": self.source,
            **self.layout.lookups(connection),
        }

    def _months(self, connection: psycopg.Connection) -> list[str]:
        query = (
            "select distinct to_char(date_trunc('month', occurred_at), 'YYYY-MM') from {} where isfinite(occurred_at)"
        )
        return [month for (month,) in connection.execute(sql.SQL(query).format(STAGING)).fetchall()]

    def _reasons(self, connection: psycopg.Connection, parameters: dict[str, Any]) -> Counter[str]:
        query = sql.SQL("select {} as reason, count(*) from {} as staged group by 1").format(
            self.layout.reason(), STAGING
        )
        rows = connection.execute(query, parameters).fetchall()
        return Counter({reason: number for reason, number in rows if reason is not None})

    def _store_halves(self, connection: psycopg.Connection, rows: Staged, error: str, first_arrival: int) -> Counts:
        if len(rows) == 1:
            return self._reject(connection, rows[0], error)
        counts = Counts()
        middle = len(rows) // 2
        for half, first in ((rows[:middle], 0), (rows[middle:], middle)):
            counts.add(self._store_rows(connection, half, first_arrival + first))
        return counts

    def _reject(self, connection: psycopg.Connection, row: tuple[Any, ...], error: str) -> Counts:
        values = {name: value for name, value in zip(self.layout.staged, row, strict=True) if value is not None}
        rejection = Rejection(int(values.pop(LINE)), "invalid", error, orjson.dumps(values))
        with transaction(connection):
            write_rejections(connection, self.target, self.source, [rejection])
        return Counts(read=1, rejected=Counter({"invalid": 1}))


def mapped(names: Sequence[str], mapping: Mapping[str, str]) -> tuple[str, ...]:
    """The file's columns by the table's names. Raises LoadError for a mapping of a column that it does not have."""
    if missing := [name for name in mapping if name not in names]:
        raise LoadError(f"the file has no column {', '.join(missing)}; it has {', '.join(names)}")
    return tuple(mapping.get(name, name) for name in names)


def table_of(columns: set[str]) -> str:
    """The table that rows with these columns belong into."""
    return CALLS if "model" in columns and {"input_tokens", "output_tokens"} & columns else EVENTS


def layout_of(names: Sequence[str] | None, columns: Columns, known: dict[str, Column], table: str) -> Layout:
    """The way into a table of columns with these names, or of any where these differ from row to row. Raises LoadError
    when a person names a column that the table does not have."""
    if unknown := sorted(columns.stored() - known.keys()):
        raise LoadError(f"{table} has no column {', '.join(unknown)}; it has {', '.join(known)}")
    kind = CallLayout if table == CALLS else EventLayout
    if names is None:
        return kind(tuple(known), known, ids_from_content=True)
    return kind((*names, *(name for name in columns.constants if name not in names)), known).with_ids()
