"""The same call by every emitter: names of OpenTelemetry attributes, Langfuse's kinds of use, exports of gateways."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from radar.load.errors import LoadError
from radar.load.exports import helicone_calls, litellm_calls, openrouter_calls
from radar.load.kept import kept, kept_payload
from radar.load.langfuse import langfuse_calls
from radar.load.otel import otel_calls
from radar.load.repeats import REPEAT, without_repeats
from radar.load.rows import Row, Skipped
from tests.conftest import Database
from tests.loading import load_file, make_project, write_lines

COUNTS = ("input_tokens", "output_tokens", "cached_tokens", "cache_write_tokens")
SECRET = "My name is Ada"


def call_of(attributes: Mapping[str, Any], **span: Any) -> dict[str, Any]:
    (call,) = otel_calls({"attributes": dict(attributes), "context": {}, **span})
    assert call is not None
    return call


def counts_of(call: Mapping[str, Any]) -> tuple[Any, ...]:
    """Prompt that no cache served, answer, read from and written to the cache."""
    prompt, answer, cached, written = (call.get(name) or 0 for name in COUNTS)
    return (prompt - (cached + written) * bool(call["input_includes_cached"]), answer, cached, written)


# --- OpenTelemetry ---

PLAIN = {
    "gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic", "gen_ai.request.model": "claude-sonnet-4-5",
    "gen_ai.usage.input_tokens": 1200, "gen_ai.usage.output_tokens": 80,
}  # fmt: skip
VERCEL = {
    "ai.operationId": "ai.generateText.doGenerate", "ai.model.id": "claude-sonnet-4-5",
    "ai.model.provider": "anthropic.messages", "ai.response.text": SECRET, "ai.toolCall.args": SECRET,
}  # fmt: skip
EMITTERS: dict[str, dict[str, Any]] = {
    "conventions": PLAIN | {
        "gen_ai.usage.cache_read.input_tokens": 1000, "gen_ai.usage.cache_creation.input_tokens": 100,
    },
    "conventions before there were any": PLAIN | {
        "gen_ai.usage.cache_read_tokens": 1000, "gen_ai.usage.cache_creation_tokens": 100, "gen_ai.response.model": "",
    },
    "Pydantic AI": PLAIN | {
        "gen_ai.usage.details.cache_read_tokens": 1000, "gen_ai.usage.details.cache_write_tokens": 100,
        "gen_ai.operation.name": "responses",
    },
    "OpenLLMetry": {
        "llm.request.type": "chat", "gen_ai.system": "Anthropic", "gen_ai.request.model": "claude-sonnet-4-5",
        "llm.usage.prompt_tokens": 1200, "llm.usage.completion_tokens": 80, "llm.usage.cache_read_input_tokens": 1000,
        "llm.usage.cache_creation_input_tokens": 100, "gen_ai.prompt.0.content": SECRET,
    },
    "OpenInference": {
        "openinference.span.kind": "LLM", "llm.model_name": "claude-sonnet-4-5", "llm.provider": "anthropic",
        "llm.token_count.prompt": 1200, "llm.token_count.completion": 80, "llm.token_count.total": 1280,
        "llm.token_count.prompt_details.cache_read": 1000, "llm.token_count.prompt_details.cache_write": 100,
        "llm.input_messages.0.message.content": SECRET,
    },
    # Vercel's SDK repeats Anthropic's own numbers, and adds them up from version 6 on.
    "Vercel AI SDK 5": VERCEL | {
        "ai.usage.inputTokens": 100, "ai.usage.outputTokens": 80, "ai.usage.cachedInputTokens": 1000,
        "ai.response.providerMetadata": json.dumps({"anthropic": {"cacheCreationInputTokens": 100}}),
    },
    "Vercel AI SDK 4": VERCEL | {
        "ai.usage.promptTokens": 100, "ai.usage.completionTokens": 80,
        "ai.response.providerMetadata": json.dumps(
            {"anthropic": {"cacheCreationInputTokens": 100, "cacheReadInputTokens": 1000}}
        ),
    },
    "Vercel AI SDK 6": VERCEL | {
        "ai.usage.inputTokens": 1200, "ai.usage.outputTokens": 80, "ai.usage.inputTokenDetails.cacheReadTokens": 1000,
        "ai.usage.inputTokenDetails.cacheWriteTokens": 100,
    },
    "MLflow": {
        "mlflow.spanType": '"CHAT_MODEL"', "mlflow.llm.model": "claude-sonnet-4-5", "mlflow.llm.provider": "anthropic",
        "mlflow.chat.tokenUsage": json.dumps(
            {"input_tokens": 1200, "output_tokens": 80, "cache_read_input_tokens": 1000,
             "cache_creation_input_tokens": 100}
        ),
        "mlflow.spanInputs": SECRET,
    },
    "texts and floats": PLAIN | {
        "gen_ai.usage.input_tokens": "1200", "gen_ai.usage.output_tokens": 80.0,
        "gen_ai.usage.cache_read_input_tokens": "1000", "gen_ai.usage.cache_write.input_tokens": 100.0,
        "lk.response.text": SECRET,
    },
}  # fmt: skip


@pytest.mark.parametrize("emitter", EMITTERS)
def test_every_emitter_tells_of_the_same_call(emitter: str) -> None:
    call = call_of(EMITTERS[emitter])
    assert (str(call["provider"]).lower(), call["model"]) == ("anthropic", "claude-sonnet-4-5")
    assert counts_of(call) == (100, 80, 1000, 100)
    assert SECRET not in str(call)


@pytest.mark.parametrize(
    ("changes", "column", "expected"),
    [
        ({"gen_ai.usage.cache_creation.ephemeral_1h_input_tokens": 60}, "cache_write_1h_tokens", 60),
        ({"openai.response.service_tier": "flex"}, "service_tier", "flex"),
        ({"gen_ai.usage.details.input_audio_tokens": 5}, "special_uses", "{audio}"),
        ({"gen_ai.usage.details.input_audio_tokens": 0}, "special_uses", "{}"),
        ({}, "special_uses", None),
        ({"operation.cost": 0.5}, "estimated_cost_usd", 0.5),
        # Google counts thinking beside the answer, others within it: the total tells.
        ({"gen_ai.usage.reasoning_tokens": 30, "gen_ai.usage.total_tokens": 1310}, "output_tokens", 110),
        ({"gen_ai.usage.reasoning_tokens": 30, "gen_ai.usage.total_tokens": 1280}, "output_tokens", 80),
        ({"gen_ai.usage.details.thoughts_tokens": 30}, "output_tokens", 80),
        ({"gen_ai.usage.experimental.reasoning_tokens": 30}, "output_tokens", 110),  # Google's agents' kit
        ({"gen_ai.usage.details.thoughts_tokens": 90}, "output_tokens", 170),  # more than there would be within
        ({"gen_ai.provider.name": "openai", "server.address": "openrouter.ai"}, "provider", "openrouter"),
        ({"gen_ai.provider.name": "", "gen_ai.request.model": "models/gemini-2.5-pro"}, "model", "gemini-2.5-pro"),
        ({"user.id": "007"}, "user_id", "007"),
    ],
)
def test_what_a_span_says_beside_its_tokens(changes: dict[str, Any], column: str, expected: Any) -> None:
    assert call_of(PLAIN | changes)[column] == expected


@pytest.mark.parametrize(
    ("changes", "is_call"),
    [
        *[
            ({"gen_ai.operation.name": name}, True)
            for name in ("Responses", "chat.completions", "generate_text", "new")
        ],
        *[({"gen_ai.operation.name": name}, False) for name in ("invoke_agent", "execute_tool", "create_agent")],
        ({"openinference.span.kind": "CHAIN", "gen_ai.operation.name": None}, False),
        ({"traceloop.span.kind": "workflow"}, False),
        ({"ai.operationId": "ai.streamText", "gen_ai.operation.name": None}, False),
        ({"ai.operationId": "ai.embed.doEmbed", "gen_ai.operation.name": None}, True),
        ({"logfire.span_type": "pending_span"}, False),
        (
            {"gen_ai.operation.name": "new", "gen_ai.usage.input_tokens": None, "gen_ai.usage.output_tokens": None},
            False,
        ),
    ],
)
def test_what_a_call_is(changes: dict[str, Any], is_call: bool) -> None:
    (call,) = otel_calls({"attributes": PLAIN | changes, "context": {}})
    assert (call is not None) is is_call


def test_ids_are_the_same_in_capitals() -> None:
    context = {"trace_id": f"0x{'AB' * 16}", "span_id": f"0x{'CD' * 8}"}
    call = call_of(PLAIN, context=context)
    assert (call["trace_id"], call["span_id"]) == ("ab" * 16, "cd" * 8)
    assert call_of(PLAIN, traceId="AB" * 16, spanId="not hexadecimal")["span_id"] == "not hexadecimal"


# --- Langfuse ---

GENERATION = {"type": "GENERATION", "id": "o", "traceId": "t", "startTime": "2026-03-01T12:00:00Z", "model": "gpt-4o"}


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ({"input": 100, "output": 50, "total": 150}, (100, 50, 0, 0)),
        ({"input": "100", "output": 50.0}, (100, 50, 0, 0)),
        ({"input": 100, "output": 50, "completion_details.reasoning": 20, "total": 150}, (100, 50, 0, 0)),
        ({"input": 100, "output": 50, "output_reasoning_tokens": 20, "total": 170}, (100, 70, 0, 0)),
        ({"input": 100, "input_cached_tokens": 40, "output": 50, "total": 150}, (60, 50, 40, 0)),
        ({"input": 100, "input_cached_tokens": 40, "output": 50, "total": 190}, (100, 50, 40, 0)),
        ({"input": 100, "input_cached_tokens": 40, "output": 50}, (100, 50, 40, 0)),
        ({"prompt_tokens": 100, "completion_tokens": 50, "prompt_tokens_details.cached_tokens": 40}, (60, 50, 40, 0)),
        ({"input": 1, "cache_creation_input_tokens": 2, "cache_read_input_tokens": 3, "output": 4}, (1, 4, 3, 2)),
        ({"input": 1, "cache_creation_input_tokens_1h": 2, "output": 4}, (1, 4, 0, 2)),
    ],
)
def test_kinds_of_use_that_overlap_are_counted_once(usage: dict[str, Any], expected: tuple[int, ...]) -> None:
    for details in (usage, json.dumps(usage), [{"key": name, "value": count} for name, count in usage.items()]):
        (call,) = langfuse_calls({**GENERATION, "usageDetails": details})  # as JSON, in CSV, in Parquet
        assert call is not None
        assert counts_of(call) == expected


def test_observations_have_the_person_visit_and_name_of_their_trace() -> None:
    trace = {"id": "t", "userId": "ada", "sessionId": "s", "name": "support", "input": SECRET}
    inner = {**GENERATION, "traceId": None, "userId": None, "metadata": {"question": SECRET, "ls_provider": "openai"}}
    calls = [
        *langfuse_calls({**trace, "observations": [inner]}),
        *langfuse_calls({"data": [{**trace, "observations": [inner]}]}),
    ]
    for call in calls:
        assert call is not None
        names = ("trace_id", "user_id", "session_id", "feature", "provider")
        assert [call[name] for name in names] == ["t", "ada", "s", "support", "openai"]
        assert SECRET not in str(call)
    assert len(calls) == 2


# --- gateways ---

LITELLM = {
    "request_id": "chatcmpl-1", "call_type": "acompletion", "spend": 0.0042, "prompt_tokens": 1200,
    "completion_tokens": 80, "startTime": "2026-03-01 12:00:00", "endTime": "2026-03-01 12:00:01.5", "end_user": "ada",
    "model": "anthropic/claude-sonnet-4-5", "custom_llm_provider": "anthropic", "cache_hit": "False", "user": "",
    "metadata": json.dumps({"additional_usage_values": {"cache_read_input_tokens": 1000,
                                                        "cache_creation_input_tokens": 100}}),
    "messages": json.dumps([{"role": "user", "content": SECRET}]), "response": SECRET,
}  # fmt: skip
HELICONE = {
    "request_id": "1", "request_created_at": "2026-03-01T12:00:00Z", "request_model": "claude-sonnet-4-5",
    "provider": "ANTHROPIC", "prompt_tokens": 100, "completion_tokens": 80, "prompt_cache_read_tokens": 1000,
    "prompt_cache_write_tokens": 100, "delay_ms": 1500, "request_user_id": "ada", "request_body": {"prompt": SECRET},
    "request_properties": {"Helicone-Session-Id": "s"}, "cost": 0.0042,
}  # fmt: skip
OPENROUTER = {
    "generation_id": "gen-1", "created_at": "2026-03-01 12:00:00", "cost_total": "0.0042", "tokens_prompt": "1200",
    "tokens_completion": "80", "tokens_cached": "1000", "model_permaslug": "anthropic/claude-sonnet-4.5",
    "provider_name": "Anthropic", "variant": "standard", "user": "ada", "generation_time_ms": "1500",
}  # fmt: skip


def test_a_row_of_litellms_spend_logs_is_a_call() -> None:
    (call,) = litellm_calls(LITELLM)
    assert call is not None
    assert counts_of(call) == (100, 80, 1000, 100)
    names = ("call_id", "provider", "model", "latency_ms", "estimated_cost_usd", "user_id", "is_cache_hit")
    assert [call[name] for name in names] == [
        "chatcmpl-1", "anthropic", "claude-sonnet-4-5", 1500, 0.0042, "ada", None,
    ]  # fmt: skip
    assert SECRET not in str(call)
    (hit,) = litellm_calls(LITELLM | {"cache_hit": "True"})
    assert hit is not None
    assert hit["is_cache_hit"] is True


def test_a_request_of_helicone_is_a_call_in_its_providers_numbers() -> None:
    (call,) = helicone_calls(HELICONE)
    assert call is not None
    assert (counts_of(call), call["input_includes_cached"]) == ((100, 80, 1000, 100), None)
    assert [call[name] for name in ("model", "latency_ms", "session_id", "user_id")] == [
        "claude-sonnet-4-5", 1500, "s", "ada",
    ]  # fmt: skip
    assert SECRET not in str(call)
    assert list(helicone_calls({"data": [HELICONE, HELICONE]})) == [call, call]


def test_a_generation_of_openrouter_is_a_call_with_its_bill() -> None:
    (call,) = openrouter_calls(OPENROUTER)
    assert call is not None
    assert counts_of(call) == (200, 80, 1000, 0)
    assert [call[name] for name in ("call_id", "provider", "model", "verified_cost_usd", "latency_ms")] == [
        "gen-1", "openrouter", "anthropic/claude-sonnet-4.5", "0.0042", 1500,
    ]  # fmt: skip
    (free,) = openrouter_calls(OPENROUTER | {"variant": "free"})
    assert free is not None
    assert free["model"] == "anthropic/claude-sonnet-4.5:free"
    with pytest.raises(ValueError, match="sums"):
        list(openrouter_calls({"date": "2026-03-01", "model": "openai/gpt-4o", "requests": 5}))


# --- what is kept ---


def test_only_what_is_listed_and_short_is_kept() -> None:
    fields = {
        "temperature": 0.5, "finish_reason": "stop", "radar.plan": "pro", "model_parameters": {"temperature": 1},
        "messages": [SECRET], "prompt": SECRET, "answer": SECRET, "new_name": SECRET, "tool": SECRET * 20,
        "environment": {"nested": SECRET}, "total_tokens": 5,
    }  # fmt: skip
    assert kept(fields) == {
        "temperature": 0.5, "finish_reason": "stop", "radar.plan": "pro", "model_parameters": {"temperature": 1},
        "total_tokens": 5,
    }  # fmt: skip


def test_of_a_rejected_call_no_text_is_kept() -> None:
    row = {"model": "gpt-4o", "input_tokens": "many", "prompt": SECRET, "metadata": {"answer": SECRET, "seed": 1}}
    payload = kept_payload(json.dumps(row).encode(), frozenset({"model", "input_tokens", "metadata"}))
    assert json.loads(payload) == {"model": "gpt-4o", "input_tokens": "many", "metadata": {"seed": 1}}
    assert b"Ada" not in kept_payload(b'{"prompt": "My name is Ada', frozenset())


# --- one call in two spans ---


def left(*calls: dict[str, Any]) -> list[Any]:
    """The spans that stay."""
    read = list(without_repeats([Row(1, {"trace_id": "t", **call}) for call in calls]))
    assert {item.reason for item in read if isinstance(item, Skipped)} <= {REPEAT}
    return [item.values["span_id"] for item in read if isinstance(item, Row)]


TOKENS = {"input_tokens": 5, "output_tokens": 1}
RESPONSE = {"metadata": {"gen_ai.response.id": "chatcmpl-1"}}


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        # A stream: one span asks, and one within it counts what came.
        ([{"span_id": "a"}, {"span_id": "b", "parent_span_id": "a", **TOKENS}], ["b"]),
        ([{"span_id": "b", "parent_span_id": "a", **TOKENS}, {"span_id": "a"}], ["b"]),
        ([{"span_id": "a", **TOKENS}, {"span_id": "b", "parent_span_id": "a"}], ["a"]),
        # A framework and the client that it uses, with several attempts.
        (
            [{"span_id": name, "parent_span_id": "a", **TOKENS} for name in "bc"] + [{"span_id": "a", **TOKENS}],
            ["b", "c"],
        ),
        # Two beside each other that name one response.
        ([{"span_id": "a", **RESPONSE}, {"span_id": "b", **RESPONSE, **TOKENS}], ["b"]),
        ([{"span_id": "a", **TOKENS}, {"span_id": "b", **TOKENS}], ["a", "b"]),
        ([{"span_id": "a", **TOKENS}, {"span_id": "b", "trace_id": "u", "parent_span_id": "a", **TOKENS}], ["a", "b"]),
        ([{"span_id": "a", **TOKENS, **RESPONSE}, {"span_id": "a", **TOKENS, **RESPONSE}], ["a", "a"]),
    ],
)
def test_a_call_in_two_spans_is_one(calls: list[dict[str, Any]], expected: list[str]) -> None:
    assert left(*calls) == expected


# --- through the loader ---


def write_csv(path: Path, row: Mapping[str, Any]) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    return path


def test_exports_load_by_their_content_and_no_text_of_theirs_is_kept(database: Database, tmp_path: Path) -> None:
    make_project(database)
    langfuse = {
        "id": "o", "trace_id": "t", "type": "GENERATION", "start_time": "2026-03-01 12:00:00",
        "provided_model_name": "gpt-4o", "input": SECRET, "metadata": [{"key": "question", "value": SECRET}],
        "usage_details": [{"key": "input", "value": 100}, {"key": "output", "value": 50}],
    }  # fmt: skip
    pl.DataFrame([langfuse]).write_parquet(tmp_path / "langfuse.parquet")
    own = {
        "call_id": "own", "occurred_at": "2026-03-01T12:00:00Z", "model": "gpt-4o", "input_tokens": 1,
        "output_tokens": 2, "prompt": SECRET, "messages": SECRET, "finish_reason": "stop",
        "metadata": json.dumps({"answer": SECRET, "seed": 1}),
    }  # fmt: skip
    broken = write_lines(tmp_path / "spans.jsonl", [{"resourceSpans": []}, b'{"prompt": "My name is Ada', {
        "traceId": "t", "startTimeUnixNano": "1", "spanId": "s",
        "attributes": PLAIN | {"gen_ai.usage.input_tokens": "lots", "gen_ai.prompt": SECRET},
    }])  # fmt: skip
    files = [
        write_csv(tmp_path / "litellm.csv", LITELLM),
        write_lines(tmp_path / "helicone.jsonl", [HELICONE]),
        write_csv(tmp_path / "openrouter.csv", OPENROUTER),
        tmp_path / "langfuse.parquet",
        write_csv(tmp_path / "own.csv", own),
        write_csv(tmp_path / "rejected.csv", own | {"input_tokens": "lots", "call_id": "other"}),
        write_csv(tmp_path / "judged.csv", own | {"input_tokens": "-1", "call_id": "another"}),
    ]
    counts = load_file(database, *files)
    counts.add(load_file(database, broken, format="otel"))
    assert (counts.accepted, counts.rejected) == (5, {"invalid": 3, "unparsable": 1})
    found = database.query(
        "select provider, model, input_tokens - input_includes_cached::int * (cached_tokens + cache_write_tokens),"
        " output_tokens, cached_tokens, cache_write_tokens from ingest.llm_calls order by provider, model, 3"
    )
    assert found == [
        ("anthropic", "claude-sonnet-4-5", 100, 80, 1000, 100),
        ("anthropic", "claude-sonnet-4-5", 100, 80, 1000, 100),
        ("openai", "gpt-4o", 1, 2, 0, 0),
        ("openai", "gpt-4o", 100, 50, 0, 0),
        ("openrouter", "anthropic/claude-sonnet-4.5", 200, 80, 1000, 0),
    ]
    assert database.query("select metadata from ingest.llm_calls where output_tokens = 2") == [
        ({"finish_reason": "stop", "seed": 1},)
    ]
    for table in ("llm_calls", "rejected_events"):
        assert database.query(f"select count(*) from ingest.{table} as rows where rows::text ~ 'Ada'") == [(0,)]
    again = load_file(database, *files[:5])
    assert (again.accepted, again.duplicate) == (0, 5)


def test_a_header_of_calls_that_lacks_a_column_says_what_calls_need(database: Database, tmp_path: Path) -> None:
    make_project(database)
    for header in ("request_id,created,model,prompt_tokens", "occurred_at,model,prompt_tokens"):
        (tmp_path / "calls.csv").write_text(header + "\n")
        with pytest.raises(LoadError, match=r"calls of language models need .*--format langfuse, litellm"):
            load_file(database, tmp_path / "calls.csv")
