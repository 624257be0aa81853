"""Calls of language models that stand in JSON, as rows."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from radar.load import jsontext
from radar.load.csv_rows import csv_reader
from radar.load.documents import documents, parse
from radar.load.layout import NO_CALL
from radar.load.messages import Rejection
from radar.load.parquet_rows import parquet_reader
from radar.load.rows import Read, Row, Skipped
from radar.load.sources import Source

Call = dict[str, Any]
"""A call by the columns of ingest.llm_calls."""

COLUMNS = (
    "trace_id", "span_id", "parent_span_id", "run_id", "feature", "user_id", "session_id", "provider", "model",
    "input_tokens", "output_tokens", "cached_tokens", "cache_write_tokens", "cache_write_1h_tokens",
    "input_includes_cached", "service_tier", "special_uses", "is_cache_hit", "latency_ms", "estimated_cost_usd",
    "verified_cost_usd", "call_id", "metadata", "occurred_at",
)  # fmt: skip

Parser = Callable[[Mapping[str, Any]], Iterator[Call | None]]


def call_rows(source: Source, calls_of: Parser) -> Iterator[Read]:
    """The calls of a file of JSON objects or of a table, and what is none."""
    for item in _objects(source):
        if not isinstance(item, Row):
            yield item
            continue
        try:
            for call in calls_of(item.values):
                yield Skipped(NO_CALL) if call is None else Row(item.line, call)
        except ValueError as error:
            yield Rejection(item.line, "unparsable", str(error), jsontext.dumps(item.values))


def _objects(source: Source) -> Iterator[Read]:
    if source.is_parquet or not source.head.lstrip().startswith((b"{", b"[")):
        names, rows_of = parquet_reader(source) if source.is_parquet else csv_reader(source)
        yield from rows_of(names)
        return
    for document in documents(source.blocks()):
        try:
            yield Row(document.line, parse(document))
        except ValueError as error:
            yield Rejection(document.line, "unparsable", str(error), document.data)


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
