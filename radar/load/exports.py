"""Calls of language models as gateways export them: LiteLLM, Helicone, OpenRouter."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from radar.load.calls import Call, milliseconds, number
from radar.load.kept import kept
from radar.load.times import parse_time

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "litellm": {
        "call_id": ("request_id", "id"),
        "occurred_at": ("startTime", "start_time"),
        "ended_at": ("endTime", "end_time"),
        "latency_ms": ("request_duration_ms",),
        "provider": ("custom_llm_provider",),
        "model": ("model",),
        "input_tokens": ("prompt_tokens",),
        "output_tokens": ("completion_tokens",),
        "cached_tokens": (
            "metadata.additional_usage_values.cache_read_input_tokens",
            "metadata.additional_usage_values.prompt_tokens_details.cached_tokens",
            "metadata.usage_object.cache_read_input_tokens",
            "metadata.usage_object.prompt_tokens_details.cached_tokens",
            "cache_read_input_tokens",
        ),
        "cache_write_tokens": (
            "metadata.additional_usage_values.cache_creation_input_tokens",
            "metadata.additional_usage_values.prompt_tokens_details.cache_creation_tokens",
            "metadata.usage_object.cache_creation_input_tokens",
            "metadata.usage_object.prompt_tokens_details.cache_creation_tokens",
            "cache_creation_input_tokens",
        ),
        "service_tier": ("metadata.usage_object.service_tier", "metadata.additional_usage_values.service_tier"),
        "estimated_cost_usd": ("spend",),
        "is_cache_hit": ("cache_hit",),
        "user_id": ("end_user", "user"),
        "session_id": ("session_id",),
        "trace_id": ("session_id",),
        "feature": ("metadata.user_api_key_alias", "team_id"),
    },
    "helicone": {
        "call_id": ("request_id", "id"),
        "occurred_at": ("request_created_at", "created_at", "createdAt"),
        "latency_ms": ("delay_ms", "latency"),
        "provider": ("provider",),
        "model": ("response_model", "request_model", "model_override", "model"),
        "input_tokens": ("prompt_tokens",),
        "output_tokens": ("completion_tokens",),
        "cached_tokens": ("prompt_cache_read_tokens",),
        "cache_write_tokens": ("prompt_cache_write_tokens",),
        "audio_tokens": ("prompt_audio_tokens", "completion_audio_tokens"),
        "estimated_cost_usd": ("costUSD", "cost"),
        "is_cache_hit": ("cache_hit",),
        "user_id": ("request_user_id", "user_id"),
        "session_id": ("request_properties.Helicone-Session-Id", "properties.Helicone-Session-Id"),
        "trace_id": ("request_properties.Helicone-Session-Id", "properties.Helicone-Session-Id"),
        "feature": ("request_properties.Helicone-Session-Name", "properties.Helicone-Session-Name"),
    },
    "openrouter": {
        "call_id": ("generation_id", "id"),
        "occurred_at": ("created_at", "createdAt"),
        "latency_ms": ("generation_time_ms", "generation_time", "generationTime"),
        "model": ("model_permaslug", "model"),
        "input_tokens": ("native_tokens_prompt", "nativeTokensPrompt", "tokens_prompt", "tokensPrompt"),
        "output_tokens": (
            "native_tokens_completion",
            "nativeTokensCompletion",
            "tokens_completion",
            "tokensCompletion",
        ),
        "cached_tokens": ("native_tokens_cached", "nativeTokensCached", "tokens_cached"),
        "service_tier": ("service_tier", "serviceTier"),
        "verified_cost_usd": ("cost_total", "total_cost", "totalCost", "usage"),
        "web_searches": ("num_search_results", "numSearchResults"),
        "user_id": ("user", "external_user", "externalUser"),
        "session_id": ("session_id",),
        "feature": ("app_name", "api_key_name"),
    },
}
"""Format -> column -> the fields that say it, in the order in which they count; a point goes into an object."""

_HITS = {"true": True, "hit": True, "1": True}


def litellm_calls(row: Mapping[str, Any]) -> Iterator[Call | None]:
    """The call of a row of LiteLLM_SpendLogs; its numbers are OpenAI's, whoever served it."""
    call = _call("litellm", row)
    ended_at = call.pop("ended_at")
    call["latency_ms"] = call["latency_ms"] or milliseconds(parse_time(call["occurred_at"]), parse_time(ended_at))
    call["model"] = str(call["model"] or "").removeprefix(f"{call['provider']}/")
    yield _finished(call, row)


def helicone_calls(row: Mapping[str, Any]) -> Iterator[Call | None]:
    """The call of a request; Helicone counts cached tokens beside the input for those who do."""
    inner = row.get("data")
    for item in inner if isinstance(inner, list) else [row]:
        call = _call("helicone", item)
        call["input_includes_cached"] = None  # as the provider has it
        yield _finished(call, item)


def openrouter_calls(row: Mapping[str, Any]) -> Iterator[Call | None]:
    """The call of a generation, in OpenAI's numbers, with what was paid. Raises ValueError for sums of a day."""
    inner = row.get("data")
    for item in inner if isinstance(inner, list) else [inner if isinstance(inner, dict) else row]:
        if "date" in item and "requests" in item:
            raise ValueError("activity by day holds sums and no calls: export the generations, or load it as spend")
        call = _call("openrouter", item)
        call["provider"] = "openrouter"
        variant = item.get("variant")
        if variant == "free" and not str(call["model"]).endswith(":free"):
            call["model"] = f"{call['model']}:free"
        yield _finished(call, item)


def _call(kind: str, row: Mapping[str, Any]) -> Call:
    call: Call = {column: _first(row, names) for column, names in FIELDS[kind].items()}
    call |= {column: number(value) for column, value in call.items() if column.endswith("_tokens")}
    return call | {"latency_ms": _rounded(call["latency_ms"])}


def _rounded(value: Any) -> Any:
    try:
        return round(float(value))
    except (OverflowError, TypeError, ValueError):
        return value


def _finished(call: Call, row: Mapping[str, Any]) -> Call:
    used = {"audio": call.pop("audio_tokens", None), "web_search": number(call.pop("web_searches", None))}
    uses = [use for use, count in used.items() if isinstance(count, int) and count > 0]
    start = parse_time(call["occurred_at"])
    call.setdefault("input_includes_cached", None if _is_beside(call) else True)
    return call | {
        "occurred_at": start.isoformat() if start else call["occurred_at"],
        "is_cache_hit": _HITS.get(str(call.get("is_cache_hit")).lower()),
        "special_uses": "{" + ",".join(uses) + "}" if uses else None,
        "metadata": kept(row),
    }


def _is_beside(call: Call) -> bool:
    """Whether more was cached than there was: an old gateway that repeats the provider's own numbers."""
    counts = [call.get(name) or 0 for name in ("input_tokens", "cached_tokens", "cache_write_tokens")]
    return all(isinstance(count, int) for count in counts) and counts[0] < counts[1] + counts[2]


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((value for name in names if (value := _at(row, name)) not in (None, "")), None)


def _at(row: Mapping[str, Any], path: str) -> Any:
    """What stands at a path; objects may be texts of JSON, as CSV has them."""
    value: Any = row
    for name in path.split("."):
        if isinstance(value, str) and value.lstrip().startswith("{"):
            try:
                value = orjson.loads(value)
            except orjson.JSONDecodeError:
                return None
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
