"""Calls of language models in OpenTelemetry spans: as the collector's file exporter writes them, or one an object."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from radar.load.calls import Call, milliseconds, number, run_id_of
from radar.load.kept import kept
from radar.load.model_names import served
from radar.load.otel_names import BESIDE_OUTPUT, IN_JSON, KINDS, NAMES, NO_CALLS, REASONING, TOTAL, USES
from radar.load.times import parse_time

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_HEX_ID = re.compile(r"[0-9A-F]{16}|[0-9A-F]{32}", re.IGNORECASE)


def otel_calls(document: Mapping[str, Any]) -> Iterator[Call | None]:
    """Each span of an exporter's object: its call, or None for a span that called no model."""
    for span, resource in _spans(document):
        yield _call(span, resource)


def _spans(document: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    groups = document.get("resourceSpans", document.get("resource_spans"))
    if groups is None:
        yield document, _attributes(_object(document.get("resource")).get("attributes"))
        return
    for group in _objects(groups):
        resource = _attributes(_object(group.get("resource")).get("attributes"))
        scopes = group.get("scopeSpans") or group.get("scope_spans") or group.get("instrumentationLibrarySpans")
        for scope in _objects(scopes):
            for span in _objects(scope.get("spans")):
                yield span, resource


def _call(span: Mapping[str, Any], resource: Mapping[str, Any]) -> Call | None:
    attributes = _unfolded(_attributes(span.get("attributes")))
    call: Call = {column: _first(attributes, names) for column, names in NAMES.items()}
    call |= {column: number(call[column]) for column in call if column.endswith("_tokens")}
    if not _is_call(attributes, call):
        return None
    call["provider"], call["model"] = _served(call, attributes)
    call["feature"] = call["feature"] or resource.get("service.name")
    call["run_id"] = run_id_of(attributes.get("radar.run_id"))
    call["output_tokens"] = _output(attributes, call)
    call["input_includes_cached"] = _includes_cached(call, attributes)
    call["special_uses"] = _uses(attributes)
    call["metadata"] = _metadata(span, attributes)
    return call | _identity(span) | _times(span)


def _is_call(attributes: Mapping[str, Any], call: Call) -> bool:
    """By what the span says of its kind; where that is nothing known, a model and a number of tokens make a call."""
    if any(_kind(attributes, name) in kinds for name, kinds in NO_CALLS.items()):
        return False
    told = {name: _kind(attributes, name) for name in KINDS if _kind(attributes, name)}
    if any(kind in KINDS[name] for name, kind in told.items()):
        return True
    if told.keys() - {"gen_ai.operation.name"}:
        return False
    return call["model"] is not None and (call["input_tokens"] is not None or call["output_tokens"] is not None)


def _kind(attributes: Mapping[str, Any], name: str) -> str:
    return str(attributes.get(name) or "").strip('"').lower()


def _served(call: Call, attributes: Mapping[str, Any]) -> tuple[Any, Any]:
    if not isinstance(call["model"], str):
        return call["provider"], call["model"]
    provider = call["provider"] if isinstance(call["provider"], str) else None
    found = served(provider, call["model"], str(attributes.get("server.address") or ""))
    return (call["provider"] if provider and found.provider == provider.lower() else found.provider), found.model


def _output(attributes: Mapping[str, Any], call: Call) -> Any:
    """Reasoning is in the output, but beside it where Google's own numbers are repeated: there the total is larger."""
    answer, prompt = call["output_tokens"], call["input_tokens"]
    reasoning, total = number(_first(attributes, REASONING)), number(_first(attributes, TOTAL))
    if not all(isinstance(count, int) for count in (answer, reasoning)) or reasoning <= 0:
        return answer
    is_larger = isinstance(total, int) and isinstance(prompt, int) and total >= prompt + answer + reasoning
    is_google = total is None and _first(attributes, BESIDE_OUTPUT) is not None
    return answer + reasoning if is_larger or is_google or reasoning > answer else answer


def _includes_cached(call: Call, attributes: Mapping[str, Any]) -> bool:
    """The conventions count cached tokens within the input, and instrumentations add them up for providers that do not.
    Vercel's SDK repeats a provider's own numbers before version 6. So does a span in which more were cached than there
    were."""
    own = (
        served(call["provider"], str(call["model"])).input_includes_cached
        if isinstance(call["provider"], str)
        else True
    )
    if "ai.operationId" in attributes and not any(
        name.startswith("ai.usage.inputTokenDetails.") for name in attributes
    ):
        return own
    counts = [call[name] or 0 for name in ("input_tokens", "cached_tokens", "cache_write_tokens")]
    if not all(isinstance(count, int) for count in counts) or counts[0] >= counts[1] + counts[2]:
        return True
    return own


def _uses(attributes: Mapping[str, Any]) -> str | None:
    """As PostgreSQL writes an array."""
    said = {use: _numbers(attributes, names) for use, names in USES.items()}
    used = [use for use, numbers in said.items() if any(number > 0 for number in numbers)]
    return "{" + ",".join(used) + "}" if any(said.values()) else None


def _numbers(attributes: Mapping[str, Any], names: Sequence[str]) -> list[float]:
    return [attributes[name] for name in names if isinstance(attributes.get(name), int | float)]


def _identity(span: Mapping[str, Any]) -> Call:
    """OTLP has ids in the span, the SDK's console exporter in its context, with 0x before them; some in capitals."""
    context = _object(span.get("context"))
    ids = {
        "trace_id": span.get("traceId") or span.get("trace_id") or context.get("trace_id"),
        "span_id": span.get("spanId") or span.get("span_id") or context.get("span_id"),
        "parent_span_id": span.get("parentSpanId") or span.get("parent_span_id") or span.get("parent_id"),
    }
    return {name: _id(value) for name, value in ids.items()}


def _id(value: Any) -> str | None:
    text = str(value).strip().removeprefix("0x") if value else ""
    return (text.lower() if _HEX_ID.fullmatch(text) else text) or None


def _times(span: Mapping[str, Any]) -> Call:
    start = _nanoseconds(span.get("startTimeUnixNano", span.get("start_time_unix_nano"))) or parse_time(
        span.get("start_time", span.get("startTime"))
    )
    end = _nanoseconds(span.get("endTimeUnixNano", span.get("end_time_unix_nano"))) or parse_time(
        span.get("end_time", span.get("endTime"))
    )
    return {"occurred_at": start.isoformat() if start else None, "latency_ms": milliseconds(start, end)}


def _nanoseconds(value: Any) -> dt.datetime | None:
    """Nanoseconds since 1970, which JSON has as text."""
    try:
        return _EPOCH + dt.timedelta(microseconds=int(value) // 1000) if int(value) > 0 else None
    except (TypeError, ValueError, OverflowError):
        return None


def _metadata(span: Mapping[str, Any], attributes: Mapping[str, Any]) -> dict[str, Any]:
    status = _object(span.get("status"))
    said = {name: value for name, value in attributes.items() if name not in ("radar.feature", "radar.run_id")}
    return kept({**said, "span_name": span.get("name")}) | {"status": status.get("code") or status.get("status_code")}


def _unfolded(attributes: dict[str, Any]) -> dict[str, Any]:
    """With what some attributes hold as JSON under names of its own."""
    for name in IN_JSON:
        if isinstance(text := attributes.get(name), str):
            try:
                attributes = attributes | dict(_leaves(name, orjson.loads(text)))
            except orjson.JSONDecodeError:
                continue
    return attributes


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(f"{name}.{key}", item)
    else:
        yield name, value


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
    if kind in ("intValue", "int_value"):
        return int(content) if re.fullmatch(r"-?\d{1,19}", str(content)) else content
    if kind in ("arrayValue", "array_value"):
        return [_plain(item) for item in _objects(_object(content).get("values"))]
    if kind in ("kvlistValue", "kvlist_value"):
        return _attributes(_object(content).get("values"))
    return content


def _first(attributes: Mapping[str, Any], names: Sequence[str]) -> Any:
    """The first that says something."""
    return next((attributes[name] for name in names if attributes.get(name) not in (None, "")), None)


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
