"""Calls of language models in OpenTelemetry spans: as the collector's file exporter writes them, or one an object."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from radar.load.calls import Call, milliseconds, run_id_of
from radar.load.model_names import served
from radar.load.times import parse_time

CALLS = ("chat", "text_completion", "generate_content", "embeddings")
"""Operations that call a model. Spans of agents and tools repeat the tokens of the calls within them."""

INPUT = ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens")
OUTPUT = ("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens")
CACHE_READ = (
    "gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.cache_read_input_tokens",
    "gen_ai.usage.input_tokens.cached",
)
CACHE_WRITE = (
    "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_write.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens",
    "gen_ai.usage.cache_write_input_tokens",
    "gen_ai.usage.input_tokens.cache_write",
)
"""The names of the conventions, newest first, and those that instrumentations used before there were any."""

NAMES: Mapping[str, Sequence[str]] = {
    "provider": ("gen_ai.provider.name", "gen_ai.system"),
    "model": ("gen_ai.response.model", "gen_ai.request.model"),
    "input_tokens": INPUT,
    "output_tokens": OUTPUT,
    "cached_tokens": CACHE_READ,
    "cache_write_tokens": CACHE_WRITE,
    "estimated_cost_usd": ("gen_ai.usage.cost",),
    "user_id": ("user.id", "enduser.id"),
    "session_id": ("session.id",),
    "feature": ("radar.feature", "gen_ai.agent.name"),
}

_TEXTS = re.compile(r"messages|prompt|completion|instructions|definitions|arguments|result|input|output")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def otel_calls(document: Mapping[str, Any]) -> Iterator[Call | None]:
    """Each span of an exporter's object: its call, or None for a span that called no model."""
    for span, resource in _spans(document):
        yield _call(span, resource)


def _spans(document: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    if "resourceSpans" not in document:
        yield document, _attributes(_object(document.get("resource")).get("attributes"))
        return
    for group in _objects(document["resourceSpans"]):
        resource = _attributes(_object(group.get("resource")).get("attributes"))
        for scope in _objects(group.get("scopeSpans")):
            for span in _objects(scope.get("spans")):
                yield span, resource


def _call(span: Mapping[str, Any], resource: Mapping[str, Any]) -> Call | None:
    attributes = _attributes(span.get("attributes"))
    if not _is_call(attributes):
        return None
    call: Call = {column: _first(attributes, names) for column, names in NAMES.items()}
    call["feature"] = call["feature"] or resource.get("service.name")
    call["run_id"] = run_id_of(attributes.get("radar.run_id"))
    call["input_includes_cached"] = _includes_cached(call)
    call["metadata"] = _metadata(span, attributes)
    return call | _identity(span) | _times(span)


def _is_call(attributes: Mapping[str, Any]) -> bool:
    operation = attributes.get("gen_ai.operation.name")
    if operation is not None:
        return operation in CALLS
    return _first(attributes, NAMES["model"]) is not None and _first(attributes, (*INPUT, *OUTPUT)) is not None


def _includes_cached(call: Call) -> bool:
    """The conventions count cached tokens within the input, and instrumentations add them up for providers that do not.
    Where that cannot be, because more were cached than there were, a span repeats such a provider's own numbers."""
    counts = [call[name] or 0 for name in ("input_tokens", "cached_tokens", "cache_write_tokens")]
    if not all(isinstance(count, int) for count in counts) or counts[0] >= counts[1] + counts[2]:
        return True
    return served(str(call["provider"] or ""), str(call["model"] or "")).input_includes_cached


def _identity(span: Mapping[str, Any]) -> Call:
    """OTLP has ids in the span, the SDK's console exporter in its context, with 0x before them."""
    context = _object(span.get("context"))
    ids = {
        "trace_id": span.get("traceId") or context.get("trace_id"),
        "span_id": span.get("spanId") or context.get("span_id"),
        "parent_span_id": span.get("parentSpanId") or span.get("parent_id"),
    }
    return {name: str(value).removeprefix("0x") if value else None for name, value in ids.items()}


def _times(span: Mapping[str, Any]) -> Call:
    start = _nanoseconds(span.get("startTimeUnixNano")) or parse_time(span.get("start_time"))
    end = _nanoseconds(span.get("endTimeUnixNano")) or parse_time(span.get("end_time"))
    return {"occurred_at": start.isoformat() if start else None, "latency_ms": milliseconds(start, end)}


def _nanoseconds(value: Any) -> dt.datetime | None:
    """Nanoseconds since 1970, which JSON has as text."""
    try:
        return _EPOCH + dt.timedelta(microseconds=int(value) // 1000) if int(value) > 0 else None
    except (TypeError, ValueError, OverflowError):
        return None


def _metadata(span: Mapping[str, Any], attributes: Mapping[str, Any]) -> dict[str, Any]:
    """What is left, without the texts of prompts and answers."""
    used = {name for names in NAMES.values() for name in names if name != "gen_ai.request.model"} | {"radar.run_id"}
    kept = {
        name: value
        for name, value in attributes.items()
        if name not in used and (isinstance(value, int | float) or not _TEXTS.search(name))
    }
    status = _object(span.get("status"))
    return kept | {"span_name": span.get("name"), "status": status.get("code") or status.get("status_code")}


def _attributes(value: Any) -> dict[str, Any]:
    """Attributes by name, from OTLP's list of keys and typed values or from plain JSON."""
    if isinstance(value, dict):
        return value
    return {str(item["key"]): _plain(item.get("value")) for item in _objects(value) if "key" in item}


def _plain(value: Any) -> Any:
    """The value of OTLP's {"intValue": "12"} and the like."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    [(kind, content)] = value.items()
    if kind == "intValue":
        return int(content) if re.fullmatch(r"-?\d{1,19}", str(content)) else content
    if kind == "arrayValue":
        return [_plain(item) for item in _objects(_object(content).get("values"))]
    return _attributes(_object(content).get("values")) if kind == "kvlistValue" else content


def _first(attributes: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((attributes[name] for name in names if attributes.get(name) is not None), None)


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
