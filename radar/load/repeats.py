"""Spans that repeat a call: a stream in two spans, a framework's span around the client's of the same call."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from radar.load.rows import Read, Row, Skipped

REPEAT = "repeat"
WINDOW = 4_000
"""Rows of a file that are looked at together: spans of one call end, and are exported, one after another."""
_RESPONSES = ("gen_ai.response.id", "ai.response.id")


def without_repeats(read: Iterable[Read]) -> Iterator[Read]:
    """The same without calls that another one repeats: of a call within a call, and of two with the id of one response,
    the one that counted tokens stays, and of two that did the inner one."""
    rows = iter(read)
    while window := list(islice(rows, WINDOW)):
        repeats = _repeats([item.values for item in window if isinstance(item, Row)])
        for item in window:
            yield Skipped(REPEAT) if isinstance(item, Row) and id(item.values) in repeats else item


def _repeats(calls: list[dict[str, Any]]) -> set[int]:
    spans: dict[Any, dict[str, Any]] = {key: call for call in calls if (key := _key(call, call.get("span_id")))}
    repeats = set()
    for call in calls:
        outer = spans.get(_key(call, call.get("parent_span_id")))
        if outer is not None and outer is not call:
            repeats.add(id(call if _tokens(outer) and not _tokens(call) else outer))
    kept: dict[Any, dict[str, Any]] = {}
    for call in calls:
        key = _key(call, _response(call))
        if key is None or id(call) in repeats:
            continue
        first = kept.setdefault(key, call)
        if first is not call and first.get("span_id") != call.get("span_id"):
            more, less = (call, first) if _tokens(call) > _tokens(first) else (first, call)
            kept[key] = more
            repeats.add(id(less))
    return repeats


def _key(call: dict[str, Any], name: Any) -> tuple[Any, Any] | None:
    return (call["trace_id"], name) if call.get("trace_id") and name else None


def _response(call: dict[str, Any]) -> Any:
    metadata = call.get("metadata") or {}
    return next((metadata[name] for name in _RESPONSES if metadata.get(name)), None)


def _tokens(call: dict[str, Any]) -> int:
    counts = (call.get("input_tokens"), call.get("output_tokens"))
    return sum(count for count in counts if isinstance(count, int))
