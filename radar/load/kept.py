"""What is kept of a call beside the columns of ingest.llm_calls: a list, so that no text of a prompt or an answer gets
in under a name that nobody thought of."""

from collections.abc import Mapping
from typing import Any

import orjson

NAMES = frozenset((
    "span_name", "status", "status_code", "level", "environment", "region", "release", "version", "scope", "name",
    "operation", "call_type", "api_type", "gen_ai.operation.name", "gen_ai.request.model", "gen_ai.output.type",
    "gen_ai.response.id", "gen_ai.response.finish_reasons", "gen_ai.conversation.id", "gen_ai.agent.id",
    "gen_ai.agent.name", "gen_ai.data_source.id", "gen_ai.prompt.name", "error.type", "gen_ai.request.temperature",
    "gen_ai.request.top_p", "gen_ai.request.top_k", "gen_ai.request.max_tokens", "gen_ai.request.seed",
    "gen_ai.request.frequency_penalty", "gen_ai.request.presence_penalty", "gen_ai.request.choice.count",
    "gen_ai.request.stream", "gen_ai.request.encoding_formats", "gen_ai.embeddings.dimension.count",
    "server.address", "server.port", "openinference.span.kind", "llm.request.type", "llm.is_streaming",
    "llm.provider", "traceloop.span.kind", "logfire.span_type", "ai.operationId", "ai.telemetry.functionId",
    "ai.response.id", "ai.response.finishReason", "ai.response.msToFinish", "ai.response.msToFirstChunk",
    "ai.response.avgOutputTokensPerSecond", "ai.settings.maxRetries", "ai.settings.maxSteps",
    "ai.settings.temperature", "ai.settings.maxOutputTokens", "ai.settings.maxTokens", "ls_provider",
    "ls_model_name", "ls_model_type", "ls_temperature", "ls_max_tokens", "prompt_name", "prompt_version",
    "model_parameters", "temperature", "top_p", "top_k", "max_tokens", "max_completion_tokens",
    "frequency_penalty", "presence_penalty", "seed", "stream", "reasoning_effort", "finish_reason",
    "finish_reason_normalized", "stop_reason", "tool", "tool_name", "error_code", "error_type", "is_streamed",
    "streamed", "cancelled", "variant", "provider_name", "model_group", "model_id", "api_base", "cache_hit",
    "request_duration_ms", "response_status", "country_code", "app_name", "time_to_first_token",
    "time_to_first_token_ms", "generation_time_ms", "reasoning_tokens", "total_tokens", "audio_tokens", "retries",
    "attempt",
))  # fmt: skip
"""Settings, states and measures. Everybody may add fields of their own under names that begin with radar."""
OWN = "radar."
LONGEST = 200
"""Characters of a value: an id or a word, no text."""


def kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Those of these fields that are kept."""
    named = {name: value for name, value in fields.items() if name in NAMES or name.startswith(OWN)}
    return {name: value for name, value in named.items() if _is_short(value)}


def _is_short(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(item, bool | int | float | None) for item in value.values())
    if isinstance(value, list):
        return all(_is_short(item) for item in value) and len(str(value)) <= LONGEST
    return not isinstance(value, str) or len(value) <= LONGEST


def kept_payload(payload: bytes, columns: frozenset[str]) -> bytes:
    """Of a rejected call what may be kept: its columns and the fields above; nothing of what cannot be read."""
    try:
        content = orjson.loads(payload)
    except orjson.JSONDecodeError:
        content = None
    if not isinstance(content, dict):
        return b"%d bytes that are not kept, since they may hold the text of a prompt" % len(payload)
    metadata = content.get("metadata")
    own = {name: content[name] for name in columns & content.keys() if name != "metadata" and _is_short(content[name])}
    return orjson.dumps(
        {**kept(content), **own, **({"metadata": kept(metadata)} if isinstance(metadata, dict) else {})}
    )
