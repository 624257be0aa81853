"""Calls of language models in Langfuse's observations: exports as JSON or JSON lines, and pages of its API."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from radar.load.calls import Call, milliseconds, run_id_of
from radar.load.times import parse_time

CALLS = ("GENERATION", "EMBEDDING")
"""Types of observations that have tokens and a cost."""

_KEPT = ("name", "environment", "level", "status_message", "prompt_name", "prompt_version", "model_parameters")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def langfuse_calls(document: Mapping[str, Any]) -> Iterator[Call | None]:
    """Each observation of a page, a trace or a line: its call, or None for one that called no model."""
    observations = document.get("data") or document.get("observations")
    if not isinstance(observations, list):
        yield _call(_snake_case(document))
        return
    trace = {
        "user_id": document.get("userId"),
        "session_id": document.get("sessionId"),
        "trace_name": document.get("name"),
    }
    for observation in observations:
        if isinstance(observation, dict):
            yield _call({**trace, **_snake_case(observation)})


def _snake_case(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The API says traceId, exports to files say trace_id."""
    return {_CAPITAL.sub("_", name).lower(): value for name, value in fields.items()}


def _call(fields: Mapping[str, Any]) -> Call | None:
    if str(fields.get("type")).upper() not in CALLS:
        return None
    given = fields.get("metadata")
    metadata: dict[str, Any] = given if isinstance(given, dict) else {}
    start, end = parse_time(fields.get("start_time")), parse_time(fields.get("end_time"))
    return {
        "trace_id": fields.get("trace_id"),
        "span_id": fields.get("id"),
        "parent_span_id": fields.get("parent_observation_id"),
        "run_id": run_id_of(metadata.get("run_id")),
        "feature": fields.get("trace_name") or fields.get("name"),
        "user_id": fields.get("user_id"),
        "session_id": fields.get("session_id"),
        "provider": metadata.get("ls_provider"),  # LangChain's name for it; Langfuse has none of its own
        "model": fields.get("provided_model_name") or fields.get("model"),
        "estimated_cost_usd": _cost(fields),
        "latency_ms": milliseconds(start, end),
        "occurred_at": start.isoformat() if start else None,
        "metadata": {**metadata, **{name: fields[name] for name in _KEPT if fields.get(name) is not None}},
        **_tokens(fields),
    }


def _tokens(fields: Mapping[str, Any]) -> Call:
    """Langfuse's kinds of use never overlap: each is added to the kind of ours that its name tells."""
    sums: dict[str, Any] = {"input_includes_cached": False}
    for name, count in _usage(fields).items():
        if isinstance(count, int) and (kind := _kind(name)):
            sums[kind] = sums.get(kind, 0) + count
    return sums


def _usage(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """`usageDetails`, else the older `usage`, which may count characters, else the oldest columns."""
    if isinstance(details := fields.get("usage_details"), dict) and details:
        return details
    usage = fields.get("usage")
    if isinstance(usage, dict):
        return usage if usage.get("unit") in (None, "TOKENS") else {}
    return {name: fields.get(name) for name in ("prompt_tokens", "completion_tokens")}


def _kind(name: str) -> str | None:
    lower = name.lower()
    if "cost" in lower or "total" in lower:
        return None
    if "cache" in lower:
        return "cache_write_tokens" if "creation" in lower or "write" in lower else "cached_tokens"
    if "output" in lower or "completion" in lower:
        return "output_tokens"
    return "input_tokens" if "input" in lower or "prompt" in lower else None


def _cost(fields: Mapping[str, Any]) -> Any:
    """What Langfuse reckoned or was told; nobody's bill."""
    details = fields.get("cost_details")
    costs = [details.get("total") if isinstance(details, dict) else None]
    costs += [fields.get("calculated_total_cost"), fields.get("total_cost")]
    return next((cost for cost in costs if cost is not None), None)
