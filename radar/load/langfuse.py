"""Calls of language models in Langfuse's observations: exports to files, and pages of its API."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import orjson

from radar.load.calls import Call, milliseconds, number, run_id_of
from radar.load.kept import kept
from radar.load.times import parse_time

CALLS = ("GENERATION", "EMBEDDING")
"""Types of observations that have tokens and a cost."""
MAPS = ("usage_details", "cost_details", "usage", "metadata", "model_parameters")
"""Fields that are objects: as text in CSV, as lists of pairs in Parquet."""
USES = {"audio": "audio", "image": "image", "video": "video", "web_search": "web_search"}

_KEPT = ("name", "environment", "level", "prompt_name", "prompt_version", "model_parameters")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OF_TRACE = {"userId": "user_id", "sessionId": "session_id", "name": "trace_name", "id": "trace_id"}


def langfuse_calls(document: Mapping[str, Any], trace: Mapping[str, Any] | None = None) -> Iterator[Call | None]:
    """Each observation of a page, a trace or a line: its call, or None for one that called no model."""
    inner = document.get("data") or document.get("observations")
    if not isinstance(inner, list):
        said = {name: value for name, value in _snake_case(document).items() if value not in (None, "")}
        yield _call({**(trace or {}), **said})
        return
    if "observations" in document:
        trace = {ours: document.get(name, document.get(ours)) for name, ours in _OF_TRACE.items()}
    for item in inner:
        if isinstance(item, dict):
            yield from langfuse_calls(item, trace)


def _snake_case(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The API says traceId, exports to files say trace_id."""
    named = {_CAPITAL.sub("_", name).lower(): value for name, value in fields.items()}
    return named | {name: _map(named[name]) for name in MAPS if name in named}


def _map(value: Any) -> Any:
    """An object that stands as text, or as a list of keys and values."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return None
    if isinstance(value, list) and all(isinstance(item, dict) and item.keys() == {"key", "value"} for item in value):
        return {item["key"]: item["value"] for item in value}
    return value


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
        "metadata": kept({**metadata, **{name: fields[name] for name in _KEPT if fields.get(name) is not None}}),
        **_tokens(fields),
    }


def _tokens(fields: Mapping[str, Any]) -> Call:
    """Langfuse's kinds of use do not overlap; where they do, as in OpenAI's words, the total tells."""
    counts = {name.lower(): number(count) for name, count in _usage(fields).items()}
    counts = {name: count for name, count in counts.items() if isinstance(count, int)}
    kinds = [(name, kind, count) for name, count in counts.items() if (kind := _kind(name))]
    cached, answers = _within(kinds, counts.get("total") or counts.get("total_tokens"))
    sums: dict[str, Any] = {"input_includes_cached": cached}
    for name, kind, count in kinds:
        if _is_part(name, kind) and (answers if kind == "output_tokens" else kind == "input_tokens" and cached):
            continue
        sums[kind] = sums.get(kind, 0) + count
    if "cache_write_1h_tokens" in sums:
        sums["cache_write_tokens"] = sums.get("cache_write_tokens", 0) + sums["cache_write_1h_tokens"]
    used = [use for word, use in USES.items() if any(count > 0 and word in name for name, _, count in kinds)]
    return sums | {"special_uses": "{" + ",".join(used) + "}" if used else None}


def _within(kinds: list[tuple[str, str, int]], total: int | None) -> tuple[bool, bool]:
    """Whether parts of the prompt are counted in its number, and those of the answer in its."""
    prompt, answer = (
        sum(count for name, kind, count in kinds if _is_part(name, kind) and (kind == "output_tokens") is is_answer)
        for is_answer in (False, True)
    )
    everything = sum(count for _, _, count in kinds)
    for cached, answers in product((False, True), repeat=2):
        if total is not None and everything - cached * prompt - answers * answer == total:
            return cached, answers
    is_openai = any("details" in name for name, _, _ in kinds)
    return is_openai, is_openai


def _is_part(name: str, kind: str) -> bool:
    """Whether it is a part of the prompt or the answer rather than the whole of it."""
    return kind.startswith("cache") or "details" in name or any(word in name for word in ("reasoning", *USES))


def _usage(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """`usageDetails`, else the older `usage`, which may count characters, else the oldest columns."""
    if isinstance(details := fields.get("usage_details"), dict) and details:
        return details
    usage = fields.get("usage")
    if isinstance(usage, dict):
        return usage if usage.get("unit") in (None, "", "TOKENS") else {}
    return {name: fields.get(name) for name in ("prompt_tokens", "completion_tokens", "total_tokens")}


def _kind(name: str) -> str | None:
    if "cost" in name or "total" in name:
        return None
    if "cache" in name:
        is_written = "creation" in name or "write" in name or "ephemeral" in name
        return ("cache_write_1h_tokens" if "1h" in name else "cache_write_tokens") if is_written else "cached_tokens"
    if "output" in name or "completion" in name or "reasoning" in name:
        return "output_tokens"
    return "input_tokens" if "input" in name or "prompt" in name else None


def _cost(fields: Mapping[str, Any]) -> Any:
    """What Langfuse reckoned or was told; nobody's bill."""
    details = fields.get("cost_details")
    costs = [details.get("total") if isinstance(details, dict) else None]
    costs += [fields.get("calculated_total_cost"), fields.get("total_cost")]
    return next((cost for cost in costs if cost is not None), None)
