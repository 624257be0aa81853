"""Chunks into the database: each in one transaction, so that a load killed anywhere has counted nothing by halves."""

import datetime as dt
import re
import threading
from collections import Counter
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from radar.connection import connect, transaction
from radar.load.agents import as_json
from radar.load.messages import MessageChunk, Rejection
from radar.load.project import Limits, Project
from radar.load.report import Counts

REFUSALS = (
    psycopg.errors.DataError,
    psycopg.errors.IntegrityError,
    psycopg.errors.ProgramLimitExceeded,
    psycopg.errors.StatementTooComplex,
)
"""Errors that are the fault of a row's values; anything else stops the load."""

FIRST_MONTH = dt.date(2000, 1, 1)


@dataclass
class Target:
    """Where rows go and by which rules; shared by the connections that write at the same time."""

    dsn: str
    project: Project | None
    limits: Limits
    keep_address: bool = False
    _known_months: set[tuple[str, str]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def connect(self) -> AbstractContextManager[psycopg.Connection]:
        """A connection for blocks of `transaction`."""
        return connect(self.dsn, name="radar load")

    def make_partitions(self, table: str, months: Iterable[str]) -> None:
        """Make the partitions of these months (2026-11) in a transaction of its own; strange ones go without."""
        with self._lock:
            wanted = {(table, month) for month in months if _is_plausible(month)}
            new = sorted(wanted - self._known_months)
            if not new:
                return
            with self.connect() as connection, transaction(connection):
                for _, month in new:
                    connection.execute(
                        "select radar.ensure_month_partitions(%(table)s::regclass, %(day)s, %(day)s)",
                        {"table": table, "day": f"{month}-01"},
                    )
            self._known_months.update(new)


def _is_plausible(month: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month):
        return False
    next_month = dt.datetime.now(dt.UTC).date().replace(day=1) + dt.timedelta(days=31)
    return FIRST_MONTH <= dt.date.fromisoformat(f"{month}-01") <= next_month


def store_messages(connection: psycopg.Connection, target: Target, chunk: MessageChunk) -> Counts:
    """Store a chunk in one transaction and return its counts. A message that the database refuses is rejected."""
    target.make_partitions("ingest.events", chunk.months)
    counts = Counts(read=len(chunk.messages) + len(chunk.rejections))
    try:
        with transaction(connection):
            stored = _call_store_messages(connection, target, chunk)
            write_rejections(connection, target, chunk.source, chunk.rejections)
    except REFUSALS as error:
        return _store_halves(connection, target, chunk, str(error).splitlines()[0])
    counts.accepted, counts.duplicate = stored["accepted"], stored["duplicate"]
    counts.rejected = Counter(stored["rejected"])
    counts.note_rejections(chunk.rejections)
    return counts


def _store_halves(connection: psycopg.Connection, target: Target, chunk: MessageChunk, error: str) -> Counts:
    if len(chunk.messages) == 1 and not chunk.rejections:
        refused = Rejection(chunk.lines[0], "invalid", error, chunk.messages[0])
        return store_messages(connection, target, MessageChunk(chunk.source, rejections=[refused]))
    counts = Counts()
    if chunk.rejections:
        counts.add(store_messages(connection, target, MessageChunk(chunk.source, rejections=chunk.rejections)))
    for half in (
        chunk.halves() if len(chunk.messages) > 1 else [MessageChunk(chunk.source, chunk.messages, chunk.lines)]
    ):
        counts.add(store_messages(connection, target, half))
    return counts


def _call_store_messages(connection: psycopg.Connection, target: Target, chunk: MessageChunk) -> dict[str, Any]:
    row = connection.execute(
        "select radar.store_messages(%s::jsonb, %s, %s::bigint[], %s, %s::jsonb, null, null, %s, %s)",
        (
            b"".join((b"[", b",".join(chunk.messages), b"]")).decode(),
            chunk.source,
            chunk.lines,
            target.project.write_key if target.project else None,
            as_json(chunk.agents),
            target.keep_address,
            chunk.first_arrival,
        ),
    ).fetchall()[0]
    counts: dict[str, Any] = row[0]
    return counts


def write_rejections(connection: psycopg.Connection, target: Target, source: str, rejections: list[Rejection]) -> None:
    """Keep rejected lines; one that is there from an earlier load of the file stays as it is."""
    if not rejections:
        return
    project = target.project
    connection.execute(
        _REJECT,
        {
            "workspace_id": project.workspace_id if project else None,
            "project_id": project.project_id if project else None,
            "reasons": [rejection.reason for rejection in rejections],
            "details": [rejection.detail.replace("\0", "") for rejection in rejections],
            "sources": [f"{source}:{rejection.line}" for rejection in rejections],
            "payloads": [rejection.payload.decode("utf-8", "replace").replace("\0", "") for rejection in rejections],
            "characters": target.limits.rejected_payload_characters,
        },
    )


_REJECT = """
    insert into ingest.rejected_events (rejected_event_id, workspace_id, project_id, reason, detail, source, payload)
    select md5(concat_ws(':', %(project_id)s::text, source, redacted_payload))::uuid, %(workspace_id)s,
        %(project_id)s, reason, detail, source,
        left(redacted_payload, %(characters)s)
    from unnest(%(reasons)s::text[], %(details)s::text[], %(sources)s::text[], %(payloads)s::text[])
        as sent (reason, detail, source, payload)
    cross join lateral (select radar.redacted_payload(payload) as redacted_payload) as redacted
    order by 1
    on conflict do nothing"""
"""Redacted before it is cut, because half a document does not tell which of its values are secret."""
