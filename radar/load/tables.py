"""CSV and Parquet: COPY into a staging table, then one insert for each chunk."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import psycopg
from psycopg import sql

from radar.connection import transaction
from radar.load.call_sql import LINE, CallLayout
from radar.load.errors import LoadError
from radar.load.identity import Occurrences
from radar.load.layout import NO_CALL, STAGING, Column, Layout
from radar.load.messages import Rejection
from radar.load.project import Project
from radar.load.records import Records, fields_of, split_records
from radar.load.report import Counts
from radar.load.store import REFUSALS, Target, write_rejections
from radar.load.table_sql import EventLayout


@dataclass(frozen=True)
class TableFile:
    """A file of rows: where it goes, how its columns map, and how its records read."""

    source: str
    target: Target
    project: Project
    layout: Layout
    delimiter: str

    def store(self, connection: psycopg.Connection, records: Records) -> Counts:
        """Store a block of records in one transaction and return its counts. A record that COPY refuses is rejected."""
        try:
            with transaction(connection):
                connection.execute(self.layout.create_staging())
                return self._copy_and_insert(connection, records)
        except REFUSALS as error:
            return self._store_halves(connection, records, str(error).splitlines()[0])

    def _copy_and_insert(self, connection: psycopg.Connection, records: Records) -> Counts:
        cursor = connection.cursor()
        with cursor.copy(self.layout.copy(self.delimiter)) as copy:
            copy.write(records.data)
        counts = Counts(read=cursor.rowcount)
        parameters = self._parameters(connection) | {"first_line": records.first_line}
        self.target.make_partitions(self.layout.table, self._months(connection))
        counts.rejected = self._reasons(connection, parameters)
        counts.skipped = counts.rejected.pop(NO_CALL, 0)
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

    def _store_halves(self, connection: psycopg.Connection, records: Records, error: str) -> Counts:
        parts = records.split()
        if len(parts) <= 1:
            return self._reject(connection, records, error)
        counts = Counts()
        middle = len(parts) // 2
        for half in (parts[:middle], parts[middle:]):
            whole = Records(half[0].first_line, b"".join(part.data for part in half))
            counts.add(self.store(connection, whole))
        return counts

    def _reject(self, connection: psycopg.Connection, record: Records, error: str) -> Counts:
        with transaction(connection):
            rejection = Rejection(self._line(record), "invalid", error, self._payload(record.data.rstrip(b"\r\n")))
            write_rejections(connection, self.target, self.source, [rejection])
        return Counts(read=1, rejected=Counter({"invalid": 1}))

    def _line(self, record: Records) -> int:
        if LINE not in self.layout.columns:
            return record.first_line
        return int(fields_of(record.data, self.delimiter)[self.layout.columns.index(LINE)])

    def _payload(self, record: bytes) -> bytes:
        """The record with the names of its columns, which tell the values that must not be kept."""
        columns, fields = self.layout.columns, fields_of(record, self.delimiter)
        if len(fields) == len(columns):
            return orjson.dumps(dict(zip(columns, fields, strict=True)))
        return b"\n".join((self.delimiter.join(columns).encode(), record))


def mapped(names: list[str], mapping: Mapping[str, str]) -> tuple[str, ...]:
    """The file's columns by the table's names. Raises LoadError for a mapping of a column that it does not have."""
    if missing := [name for name in mapping if name not in names]:
        raise LoadError(f"the file has no column {', '.join(missing)}; it has {', '.join(names)}")
    return tuple(mapping.get(name, name) for name in names)


def layout_of(columns: tuple[str, ...], mapping: Mapping[str, str], known: dict[str, Column], table: str) -> Layout:
    """The columns on their way into a table. Raises LoadError for a mapping onto a column that it does not have."""
    if unknown := [name for name in mapping.values() if name not in known]:
        raise LoadError(f"{table} has no column {', '.join(unknown)}; it has {', '.join(known)}")
    return CallLayout(columns, known) if table == CALLS else EventLayout(columns, known)


def with_message_ids(
    blocks: Iterator[Records], delimiter: str, layout: Layout, secrets: re.Pattern[bytes]
) -> Iterator[Records]:
    """The same records with an id from their content as a first column, for files that have none. Where that may hold a
    secret, who, when and what alone make the id: a short secret could be found by trying what gives the same one."""
    occurrences = Occurrences()
    places = [place for place, column in enumerate(layout.columns) if column in _TELLING]
    is_secret = secrets.search(delimiter.join(layout.columns).encode()) is not None

    def content(record: bytes) -> bytes:
        if not is_secret and not secrets.search(record):
            return record.rstrip(b"\r\n")
        fields = fields_of(record, delimiter)
        return orjson.dumps([fields[place] for place in places if place < len(fields)])

    for records in blocks:
        lines = [
            b"%s%s%s" % (occurrences.message_id(content(record)).encode(), delimiter.encode(), record)
            for record in split_records(records.data)
        ]
        yield Records(records.first_line, b"".join(lines))


CALLS = "ingest.llm_calls"
EVENTS = "ingest.events"
_TELLING = (
    "occurred_at", "anonymous_id", "user_id", "session_id", "event_type", "event_name",
    "trace_id", "provider", "model", "input_tokens", "output_tokens",
)  # fmt: skip
