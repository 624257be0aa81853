"""Which format a file has, told by its content."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from itertools import islice
from typing import Any

from radar.load.access_log import is_line
from radar.load.csv_rows import header_of
from radar.load.documents import documents, parse
from radar.load.errors import LoadError
from radar.load.json_log import is_entry
from radar.load.layout import EXPORTS
from radar.load.sources import Source

FORMATS = ("auto", "segment", "json", "access-log", "csv", "parquet", "otel", *EXPORTS, "spend", "embeddings")

_SIGNS = (
    ("langfuse", {"traceId", "startTime", "type"}),
    ("langfuse", {"trace_id", "start_time", "type"}),
    ("litellm", {"request_id", "startTime", "completion_tokens"}),
    ("helicone", {"request_id", "request_created_at"}),
    ("openrouter", {"generation_id", "model_permaslug"}),
)
"""Exports of calls by the fields that only they have."""

LISTS = ("data", "observations", "batch", "messages", "events")
"""Names under which pages of an API and exports hold their list."""
_OF_CALLS = {"model", "traceId", "trace_id", "type", "occurred_at"}
"""Fields of what may have messages or events of its own."""
_LOOKED_AT = 20
_HEADER = re.compile(rb"""\s*(?:"[^"\n]+"|[^"'\x00-\x08\n{}<>;,\t|]*)[,;\t|]""")


def recognise(source: Source, *, has_columns_named: bool = False) -> str:
    """One of FORMATS. JSON whose columns a person names is a table. Raises LoadError when none fits."""
    if source.is_parquet:
        from radar.load.parquet_rows import parquet_reader

        return "parquet" if has_columns_named else _export(set(parquet_reader(source)[0])) or "parquet"
    lines = [line for line in re.split(rb"[\r\n]+", source.head)[:20] if line.strip()]
    if any(is_line(line.decode("utf-8", "replace")) for line in lines):
        return "access-log"
    if any(line.lstrip().startswith((b"{", b"[")) for line in lines[:5]):
        first = first_object(source)
        # A server says first that it starts.
        is_log = is_entry(first) or ("type" not in first and any(map(is_entry, _objects(source))))
        return "access-log" if is_log else "json" if has_columns_named else _format_of(first)
    if lines and _HEADER.match(lines[0]):
        return "csv" if has_columns_named else _export(set(header_of(source)[0])) or "csv"
    raise LoadError(f"{source.name} is no format that Radar knows; name it with --format")


def first_object(source: Source) -> Mapping[str, Any]:
    """The first object that can be read, whatever its size; of a list in it, the first item."""
    for content in _objects(source):
        names = LISTS[:3] if _OF_CALLS & content.keys() else LISTS
        lists = [content[name] for name in names if isinstance(content.get(name), list)]
        items = [item for item in lists[0][:1] if isinstance(item, dict)] if lists else []
        return items[0] if items else content
    return {}


def _objects(source: Source) -> Iterator[dict[str, Any]]:
    """The first objects that can be read, whatever their size."""
    for document in islice(documents(source.first_blocks()), _LOOKED_AT):
        with suppress(ValueError):
            yield parse(document)


def _export(names: AbstractSet[str]) -> str | None:
    return next((kind for kind, sign in _SIGNS if sign <= names), None)


def _format_of(fields: Mapping[str, Any]) -> str:
    context = fields.get("context")
    is_console = isinstance(context, dict) and "trace_id" in context
    if is_console or "resourceSpans" in fields or {"traceId", "startTimeUnixNano"} <= fields.keys():
        return "otel"
    if export := _export(fields.keys()):
        return export
    return "json" if "occurred_at" in fields else "segment"
