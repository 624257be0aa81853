"""Calls of language models that stand in JSON, on their way to the staging table that CSV files take too."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from uuid import UUID

import orjson
import psycopg

from radar.connection import transaction
from radar.load.call_sql import LINE, CallLayout
from radar.load.documents import documents, parse
from radar.load.messages import Rejection
from radar.load.project import Project
from radar.load.records import Records
from radar.load.report import Counts
from radar.load.sources import Source
from radar.load.store import Target, write_rejections
from radar.load.tables import TableFile
from radar.load.workers import Workers

Call = dict[str, Any]
"""A call by the columns of ingest.llm_calls."""

COLUMNS = (
    LINE, "trace_id", "span_id", "parent_span_id", "run_id", "feature", "user_id", "session_id", "provider", "model",
    "input_tokens", "output_tokens", "cached_tokens", "cache_write_tokens", "cache_write_1h_tokens",
    "input_includes_cached", "service_tier", "special_uses", "is_cache_hit", "latency_ms", "estimated_cost_usd",
    "verified_cost_usd", "call_id", "metadata", "occurred_at",
)  # fmt: skip
CHUNK_CALLS = 4_000
CHUNK_BYTES = 4_000_000

Parser = Callable[[Mapping[str, Any]], Iterator[Call | None]]


class _Chunk:
    """Calls as CSV, what is no JSON, and how much was neither."""

    def __init__(self) -> None:
        self.text = io.StringIO()
        self.rejections: list[Rejection] = []
        self.skipped = 0
        self.calls = 0
        self._writer = csv.writer(self.text, lineterminator="\n")

    def add(self, call: Call, line: int) -> None:
        self._writer.writerow([_text((call | {LINE: line}).get(column)) for column in COLUMNS])
        self.calls += 1

    @property
    def is_full(self) -> bool:
        rows = self.calls + self.skipped + len(self.rejections)
        return rows >= CHUNK_CALLS or self.text.tell() >= CHUNK_BYTES

    @property
    def read(self) -> int:
        return self.calls + self.skipped + len(self.rejections)


def send_calls(
    source: Source, calls_of: Parser, known: Mapping[str, Any], project: Project, target: Target, workers: Workers
) -> int:
    """Hand the calls of a file of JSON objects to the workers, and return how many rows were read."""
    file = TableFile(source.name, target, project, CallLayout(COLUMNS, dict(known)), ",")
    read, chunk = 0, _Chunk()
    for document in documents(source.blocks()):
        try:
            _add(chunk, calls_of, parse(document), document.line)
        except ValueError as error:
            chunk.rejections.append(Rejection(document.line, "unparsable", str(error), document.data))
        if chunk.is_full:
            read += _submit(chunk, file, workers)
            chunk = _Chunk()
    return read + _submit(chunk, file, workers)


def _add(chunk: _Chunk, calls_of: Parser, content: Mapping[str, Any], line: int) -> None:
    for call in calls_of(content):
        if call is None:
            chunk.skipped += 1
        else:
            chunk.add(call, line)


def _submit(chunk: _Chunk, file: TableFile, workers: Workers) -> int:
    if chunk.calls:
        workers.submit(partial(file.store, records=Records(1, chunk.text.getvalue().encode())))
    if chunk.rejections or chunk.skipped:
        workers.submit(partial(_store_others, file=file, rejections=chunk.rejections, skipped=chunk.skipped))
    return chunk.read


def _store_others(connection: psycopg.Connection, file: TableFile, rejections: list[Rejection], skipped: int) -> Counts:
    counts = Counts(read=len(rejections) + skipped, skipped=skipped)
    counts.rejected.update(rejection.reason for rejection in rejections)
    with transaction(connection):
        write_rejections(connection, file.target, file.source, rejections)
    return counts


def _text(value: Any) -> Any:
    """As COPY reads it; what JSON has as 12.0 may be a count."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: ""}[value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    return value


def milliseconds(start: dt.datetime | None, end: dt.datetime | None) -> int | None:
    """Between two times; None where one is missing or they are the wrong way round."""
    if start is None or end is None or end < start:
        return None
    duration = (end - start) // dt.timedelta(milliseconds=1)
    return duration if duration < 2**31 else None


def number(value: Any) -> Any:
    """A count that stands as text or with a point, as a count; anything else as it is."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,15}([.]0*)?", value.strip()):
        return int(float(value))
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def run_id_of(value: Any) -> UUID | None:
    """The run of an agent, where a sender names one by its id."""
    try:
        return UUID(str(value))
    except ValueError:
        return None
