"""`radar load` of calls of language models: OpenTelemetry spans, Langfuse observations, CSV and Parquet."""

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest

from radar.load.documents import documents
from radar.load.errors import LoadError
from radar.load.langfuse import langfuse_calls
from radar.load.model_names import served
from radar.load.otel import otel_calls
from radar.load.recognise import recognise
from tests.conftest import Database
from tests.loading import load_file, make_project, opened, write_lines

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

TRACE, SPAN, PARENT = "5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174", "eee19b7ec3c1b173"
CALL_ID = "select md5(concat_ws(':', '11111111-1111-1111-1111-111111111111', %s::text, %s::text))::uuid"
ATTRIBUTES = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "anthropic",
    "gen_ai.request.model": "claude-sonnet-4-5",
    "gen_ai.response.model": "claude-sonnet-4-5-20250929",
    "gen_ai.request.temperature": 0.5,
    "gen_ai.usage.input_tokens": 1200,
    "gen_ai.usage.output_tokens": 80,
    "gen_ai.usage.cache_read.input_tokens": 1000,
    "gen_ai.usage.cache_creation.input_tokens": 100,
    "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"My name is Ada"}]}]',
    "gen_ai.response.finish_reasons": ["stop"],
    "radar.feature": "support",
    "radar.run_id": "00000000-0000-0000-0000-00000000000a",
    "user.id": "u1",
    "session.id": "s1",
}
"""A span of the conventions of 2026; the provider itself would say 100 input tokens."""


def otlp_value(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        return {"arrayValue": {"values": [otlp_value(item) for item in value]}}
    kind = {bool: "boolValue", int: "intValue", float: "doubleValue", str: "stringValue"}[type(value)]
    return {kind: str(value) if kind == "intValue" else value}


def otlp_span(attributes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "traceId": TRACE, "spanId": SPAN, "parentSpanId": PARENT, "flags": 256, "kind": 3,
        "name": "chat claude-sonnet-4-5", "startTimeUnixNano": "1772366400123456789",
        "endTimeUnixNano": "1772366401624000000",
        "attributes": [{"key": key, "value": otlp_value(value)} for key, value in attributes.items()], "status": {},
        **fields,
    }  # fmt: skip


def otlp(*spans: dict[str, Any]) -> dict[str, Any]:
    """A line of the collector's file exporter."""
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": "assistant"}}]}
    scope = {"name": "opentelemetry.instrumentation.anthropic", "version": "0.50.0"}
    return {"resourceSpans": [{"resource": resource, "scopeSpans": [{"scope": scope, "spans": list(spans)}]}]}


def console(attributes: dict[str, Any]) -> str:
    """The same span as Python's ConsoleSpanExporter prints it."""
    return json.dumps(
        {
            "name": "chat claude-sonnet-4-5",
            "context": {"trace_id": f"0x{TRACE}", "span_id": f"0x{SPAN}", "trace_state": "[]"},
            "kind": "SpanKind.CLIENT",
            "parent_id": f"0x{PARENT}",
            "start_time": "2026-03-01T12:00:00.123456Z",
            "end_time": "2026-03-01T12:00:01.624000Z",
            "status": {"status_code": "UNSET"},
            "attributes": attributes,
            "events": [],
            "links": [],
            "resource": {"attributes": {"service.name": "assistant"}, "schema_url": ""},
        },
        indent=4,
    )


OBSERVATION = {
    "id": SPAN, "traceId": TRACE, "projectId": "p", "type": "GENERATION", "environment": "default", "name": "answer",
    "startTime": "2026-03-01T12:00:00.123Z", "endTime": "2026-03-01T12:00:01.623Z", "parentObservationId": PARENT,
    "level": "DEFAULT", "statusMessage": None, "model": "gpt-4o-2024-08-06", "modelParameters": {"temperature": 1},
    "input": "My name is Ada", "output": "Hello Ada", "metadata": {"ls_provider": "openai", "plan": "pro"},
    "usageDetails": {
        "input": 86, "input_cached_tokens": 17817, "output": 100, "output_reasoning_tokens": 88, "total": 18091,
    },
    "costDetails": {"input": 0.000215, "output": 0.00188, "total": 0.0243662}, "promptTokens": 17903,
    "usage": {"unit": "TOKENS", "input": 17903, "output": 188, "total": 18091}, "userId": "u1", "traceName": "support",
}  # fmt: skip
"""As the API and the export from its pages have it; files in a bucket have snake_case."""


@pytest.fixture
def shop(database: Database) -> Database:
    make_project(database)
    return database


def stored(database: Database) -> list[dict[str, Any]]:
    rows = database.query(
        "select to_jsonb(calls) - '{ingest_xid,received_at,workspace_id,project_id}'::text[]"
        " from ingest.llm_calls as calls order by occurred_at, span_id, input_tokens"
    )
    return [row for (row,) in rows]


# --- objects in a file ---

GIVEN = [{"a": 'a } " { text\\', "b": {"c": [{"d": 1}]}}, {"e": {}}, {"f": "ä"}]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(map(json.dumps, GIVEN)),
        "\ufeff" + "\r\n".join(map(json.dumps, GIVEN)) + "\r\n\r\n",
        json.dumps(GIVEN),
        json.dumps(GIVEN, indent=2),
        "\n".join(json.dumps(item, indent=4) for item in GIVEN),
        "[\n" + ",\n".join(map(json.dumps, GIVEN)) + "\n]\n",
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_objects_are_found_however_they_are_broken_into_lines(text: str, size: int) -> None:
    data = text.encode()
    found = documents(data[start : start + size] for start in range(0, len(data), size))
    assert [orjson.loads(document.data) for document in found] == GIVEN


def test_what_is_no_object_ends_where_the_next_begins() -> None:
    lines = [b'{"a": 1}', b'{"b": {"c": 1', b'{"d": "cut', b'{"e": 1}', b"plain text", b'{"f": 1}', b'{"g": {']
    found = [(document.line, document.data) for document in documents([b"\n".join(lines)])]
    assert found == list(enumerate(lines, 1))


# --- OpenTelemetry ---

INPUT, CURRENT_READ = "gen_ai.usage.input_tokens", "gen_ai.usage.cache_read.input_tokens"


def test_a_span_of_the_collector_becomes_a_call(shop: Database, tmp_path: Path) -> None:
    other = otlp_span({"http.request.method": "GET"}, spanId=PARENT)
    agent = otlp_span(ATTRIBUTES | {"gen_ai.operation.name": "invoke_agent"}, spanId="eee19b7ec3c1b175")
    file = write_lines(tmp_path / "spans.jsonl.gz", [otlp(otlp_span(ATTRIBUTES), other, agent)], is_gzipped=True)
    counts = load_file(shop, file)
    assert (counts.read, counts.accepted, counts.skipped, counts.rejected) == (3, 1, 2, {})
    ((call_id,),) = shop.query(CALL_ID, TRACE, SPAN)
    assert stored(shop) == [
        {
            "call_id": str(call_id), "trace_id": TRACE, "span_id": SPAN, "parent_span_id": PARENT,
            "run_id": "00000000-0000-0000-0000-00000000000a", "feature": "support", "user_id": "u1", "session_id": "s1",
            "provider": "anthropic", "model": "claude-sonnet-4-5-20250929", "input_tokens": 1200, "output_tokens": 80,
            "cached_tokens": 1000, "cache_write_tokens": 100, "input_includes_cached": True, "latency_ms": 1500,
            "cache_write_1h_tokens": 0, "service_tier": None, "special_uses": None,
            "is_cache_hit": False, "estimated_cost_usd": None, "verified_cost_usd": None,
            "metadata": {
                "gen_ai.operation.name": "chat", "gen_ai.request.model": "claude-sonnet-4-5",
                "gen_ai.request.temperature": 0.5, "gen_ai.response.finish_reasons": ["stop"],
                "span_name": "chat claude-sonnet-4-5", "status": None,
            },
            "occurred_at": "2026-03-01T12:00:00.123456+00:00",
        }
    ]  # fmt: skip


def test_the_console_exporter_writes_the_same_call(shop: Database, tmp_path: Path) -> None:
    load_file(shop, write_lines(tmp_path / "spans.jsonl", [otlp(otlp_span(ATTRIBUTES))]))
    (tmp_path / "console.txt").write_text(console(ATTRIBUTES) + "\n" + console({"http.route": "/"}) + "\n")
    counts = load_file(shop, tmp_path / "console.txt")
    assert (counts.read, counts.accepted, counts.duplicate, counts.skipped) == (2, 0, 1, 1)
    shop.execute("truncate ingest.llm_calls")
    load_file(shop, write_lines(tmp_path / "one_a_line.jsonl", [json.loads(console(ATTRIBUTES))]))
    assert [(call["span_id"], call["latency_ms"], call["metadata"]["status"]) for call in stored(shop)] == [
        (SPAN, 1500, "UNSET")
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (1200, 1000, 100, True)),
        # Older names; the numbers of Anthropic itself, which cannot hold those of the cache.
        ({CURRENT_READ: None, "gen_ai.usage.cache_read_input_tokens": 5000}, (1200, 5000, 100, False)),
        ({INPUT: None, "gen_ai.usage.prompt_tokens": 1101}, (1101, 1000, 100, True)),
        # For a provider that counts cached tokens within the input this is a contradiction, not another convention.
        ({"gen_ai.provider.name": "openai", "gen_ai.response.model": "gpt-4o", INPUT: 5}, (5, 1000, 100, True)),
    ],
)  # fmt: skip
def test_input_tokens_of_spans_include_cached_ones(changes: dict[str, Any], expected: tuple[Any, ...]) -> None:
    (call,) = otel_calls({"attributes": ATTRIBUTES | changes, "context": {}})
    assert call is not None
    assert (
        call["input_tokens"], call["cached_tokens"], call["cache_write_tokens"], call["input_includes_cached"]
    ) == expected  # fmt: skip


def test_spans_before_the_conventions_are_calls_when_they_count_tokens() -> None:
    old = {"gen_ai.system": "OpenAI", "gen_ai.request.model": "gpt-4", "llm.request.type": "chat"}
    (call,) = otel_calls(otlp(otlp_span(old | {"gen_ai.usage.prompt_tokens": 3, "gen_ai.usage.completion_tokens": 2})))
    assert call is not None
    assert (call["provider"], call["model"], call["input_tokens"], call["output_tokens"]) == ("OpenAI", "gpt-4", 3, 2)
    assert call["feature"] == "assistant"
    assert list(otel_calls(otlp(otlp_span(old)))) == [None]


# --- Langfuse ---


def test_an_observation_becomes_a_call(shop: Database, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(json.dumps([OBSERVATION, OBSERVATION | {"id": "other", "type": "SPAN"}]))
    counts = load_file(shop, tmp_path / "export.json")
    assert (counts.read, counts.accepted, counts.skipped) == (2, 1, 1)
    (call,) = stored(shop)
    assert [call[name] for name in ("input_tokens", "cached_tokens", "output_tokens", "input_includes_cached")] == [
        86, 17817, 188, False,
    ]  # fmt: skip
    assert (call["provider"], call["feature"], call["user_id"], call["latency_ms"]) == ("openai", "support", "u1", 1500)
    assert (call["estimated_cost_usd"], call["verified_cost_usd"]) == (0.0243662, None)
    assert call["metadata"] == {
        "ls_provider": "openai", "name": "answer", "environment": "default", "level": "DEFAULT",
        "model_parameters": {"temperature": 1},
    }  # fmt: skip


def test_files_in_a_bucket_and_pages_of_the_api_hold_the_same_call() -> None:
    in_bucket = {
        "id": SPAN, "trace_id": TRACE, "parent_observation_id": PARENT, "type": "GENERATION", "name": "answer",
        "start_time": "2026-03-01 12:00:00.123000", "end_time": "2026-03-01 12:00:01.623000",
        "provided_model_name": "gpt-4o-2024-08-06",
        "usage_details": OBSERVATION["usageDetails"], "cost_details": OBSERVATION["costDetails"], "user_id": "u1",
        "metadata": OBSERVATION["metadata"], "trace_name": "support", "model_parameters": {"temperature": 1},
        "environment": "default", "level": "DEFAULT",
    }  # fmt: skip
    assert list(langfuse_calls(in_bucket)) == list(langfuse_calls(OBSERVATION))
    assert list(langfuse_calls({"data": [OBSERVATION], "meta": {"page": 1}})) == list(langfuse_calls(OBSERVATION))


def test_older_usage_is_read_unless_it_counts_characters() -> None:
    def tokens(**usage: Any) -> tuple[Any, Any]:
        (call,) = langfuse_calls({key: OBSERVATION[key] for key in ("id", "traceId", "type", "startTime")} | usage)
        assert call is not None
        return call.get("input_tokens"), call.get("output_tokens")

    assert tokens(usage={"input": 5, "output": 2, "total": 7, "unit": "TOKENS"}) == (5, 2)
    assert tokens(usage={"promptTokens": 5, "completionTokens": 2, "totalTokens": 7}) == (5, 2)
    assert tokens(promptTokens=5, completionTokens=2) == (5, 2)
    assert tokens(usage={"input": 500, "output": 200, "unit": "CHARACTERS"}) == (None, None)


# --- CSV and Parquet ---

TABLE = """when,trace,step,role,model,prompt,completion,usd,tool
2026-03-01T12:00:00,run-1,1,user,gpt-4o,2309,39,0.0032825000000000003,
2026-03-01T12:00:01,run-1,2,assistant,azure/gpt-4o-2024-11-20,100,5,,search
2026-03-01T12:00:02,run-1,3,assistant,ft:gpt-4.1-2025-04-14:acme::1,200,7,0.0,
2026-03-01T12:00:03,run-1,4,tool,,,,,
2026-03-01T12:00:04,run-1,5,assistant,claude-sonnet-4-5,many,7,0.1,
2026-03-01T12:00:05,run-1,,assistant,claude-sonnet-4-5,1,7,0.1,
2026-03-01T12:00:06,run-1,7,assistant,,1,7,0.1,
2026-03-01T12:00:07,run-1,8,assistant,claude-sonnet-4-5,1,7,-0.1,
,run-1,9,assistant,claude-sonnet-4-5,1,7,0.1,
2999-03-01T12:00:07,run-1,10,assistant,claude-sonnet-4-5,1,7,0.1,
2026-03-01T12:00:09,run-1,11,assistant,nobodys-model,1,7,0.1,
"""
MAPPING = {
    "when": "occurred_at", "trace": "trace_id", "step": "span_id", "role": "feature", "prompt": "input_tokens",
    "completion": "output_tokens", "usd": "verified_cost_usd",
}  # fmt: skip
REJECTED = {"invalid": 3, "no_id": 1, "no_time": 1, "future": 1}


def test_csv_with_a_mapping(shop: Database, tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text(TABLE)
    counts = load_file(shop, tmp_path / "calls.csv", mapping=MAPPING)
    assert (counts.read, counts.accepted, counts.skipped, counts.rejected) == (11, 4, 1, REJECTED)
    names = ("provider", "model", "input_tokens", "verified_cost_usd", "metadata")
    assert [tuple(call[name] for name in names) for call in stored(shop)] == [
        ("openai", "gpt-4o", 2309, 0.0032825, {}),
        ("azure", "gpt-4o-2024-11-20", 100, None, {"tool": "search"}),
        ("openai", "ft:gpt-4.1-2025-04-14:acme::1", 200, None, {}),  # a cost of nothing is one that nobody knew
        ("unknown", "nobodys-model", 1, 0.1, {}),
    ]
    kept = dict(shop.query("select source, reason from ingest.rejected_events"))
    assert {kept[f"calls.csv:{line}"] for line in (6, 8, 9)} == {"invalid"}
    assert kept["calls.csv:7"] == "no_id"
    again = load_file(shop, tmp_path / "calls.csv", mapping=MAPPING)
    assert (again.accepted, again.duplicate, again.rejected) == (0, 4, REJECTED)
    assert shop.query("select count(*) from ingest.rejected_events") == [(6,)]


def test_parquet_gives_the_calls_of_csv(new_database: Callable[[], Database], tmp_path: Path) -> None:
    lines = [line for line in TABLE.splitlines() if "many" not in line]
    (tmp_path / "calls.csv").write_text("\n".join(lines))
    rows = [{name: value or None for name, value in row.items()} for row in csv.DictReader(lines)]
    pl.DataFrame(rows).with_columns(pl.col("prompt").cast(pl.Int64)).write_parquet(tmp_path / "calls.pq")
    found = []
    for name in ("calls.csv", "calls.pq"):
        shop = new_database()
        make_project(shop)
        counts = load_file(shop, tmp_path / name, mapping=MAPPING)
        found.append((counts, stored(shop)))
    assert found[0] == found[1]


def test_the_same_call_with_a_bill_gets_it_and_keeps_it(shop: Database, tmp_path: Path) -> None:
    header = "occurred_at,trace_id,span_id,model,input_tokens,output_tokens,verified_cost_usd\n"

    def load(*bills: str) -> tuple[int, int]:
        rows = [f"2026-03-01T12:00:00Z,t,{number},gpt-4o,1,2,{bill}\n" for number, bill in enumerate(bills)]
        (tmp_path / "calls.csv").write_text(header + "".join(rows))
        counts = load_file(shop, tmp_path / "calls.csv")
        return counts.accepted, counts.duplicate

    def bills() -> list[Any]:
        return shop.query("select verified_cost_usd from ingest.llm_calls order by span_id")

    assert load("", "", "1.5") == (3, 0)
    assert load("0.25", "", "") == (1, 2)
    assert bills() == [(Decimal("0.25"),), (None,), (Decimal("1.5"),)]
    assert load("0.25", "", "1.6") == (1, 2)
    assert bills() == [(Decimal("0.25"),), (None,), (Decimal("1.6"),)]


def test_calls_without_ids_are_told_apart_by_their_content(shop: Database, tmp_path: Path) -> None:
    row = "2026-03-01T12:00:00Z,gpt-4o,1,2\n"
    (tmp_path / "calls.csv").write_text("occurred_at,model,input_tokens,output_tokens\n" + row * 2)
    assert load_file(shop, tmp_path / "calls.csv").accepted == 2
    assert load_file(shop, tmp_path / "calls.csv").duplicate == 2


def test_any_id_names_a_call(shop: Database, tmp_path: Path) -> None:
    ids = ["00000000-0000-0000-0000-0000000000C1", "chatcmpl-1"]
    rows = [f"2026-03-01T12:00:00Z,{name},gpt-4o,1,2\n" for name in ids]
    (tmp_path / "calls.csv").write_text("occurred_at,call_id,model,input_tokens,output_tokens\n" + "".join(rows))
    load_file(shop, tmp_path / "calls.csv")
    ((hashed,),) = shop.query("select md5('11111111-1111-1111-1111-111111111111:chatcmpl-1')::uuid")
    assert {call["call_id"] for call in stored(shop)} == {ids[0].lower(), str(hashed)}


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("ts,model,input_tokens", "no column is occurred_at"),
        ("occurred_at,trace_id,input_tokens", "no column is anonymous_id"),
        ("occurred_at,occurred_at,model,input_tokens", "two columns"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused(shop: Database, tmp_path: Path, header: str, says: str) -> None:
    (tmp_path / "calls.csv").write_text(header + "\n")
    with pytest.raises(LoadError, match=says):
        load_file(shop, tmp_path / "calls.csv")


# --- what all have in common ---


def test_lines_that_are_nothing_and_values_that_do_not_fit_are_rejected_alone(shop: Database, tmp_path: Path) -> None:
    wrong = otlp(otlp_span(ATTRIBUTES | {"gen_ai.usage.input_tokens": "lots"}, spanId="1"))
    large = otlp(otlp_span(ATTRIBUTES | {"user.id": "x" * 600, "note": "x" * 40_000}, spanId="2"))
    no_time = otlp(otlp_span(ATTRIBUTES, spanId="3", startTimeUnixNano="0"))
    lines = [otlp(otlp_span(ATTRIBUTES)), b"{broken", wrong, b"words", large, no_time]
    file = write_lines(tmp_path / "spans.jsonl", lines)
    expected = {"unparsable": 2, "invalid": 2, "no_time": 1}
    for accepted in (1, 0):
        counts = load_file(shop, file)
        assert (counts.read, counts.accepted, counts.rejected) == (6, accepted, expected)
    sources = shop.query("select source, reason from ingest.rejected_events order by 1")
    assert sources == [
        ("spans.jsonl:2", "unparsable"),
        ("spans.jsonl:3", "invalid"),
        ("spans.jsonl:4", "unparsable"),
        ("spans.jsonl:5", "invalid"),
        ("spans.jsonl:6", "no_time"),
    ]


def test_json_of_any_shape_does_no_harm(shop: Database, tmp_path: Path) -> None:
    shapes: list[Any] = [
        {"resourceSpans": 1},
        {"resourceSpans": [{"scopeSpans": [{"spans": [1, {"attributes": [{"key": 1, "value": 2}, {}, 3]}]}]}]},
        {"attributes": {"gen_ai.request.model": ["x"], "gen_ai.operation.name": "chat"}, "context": {"trace_id": 5}},
        {
            "attributes": {"gen_ai.request.model": {"a": "\u0000"}, "gen_ai.operation.name": "chat"},
            "traceId": "a\u0000",
        },
    ]
    for kind in ("otel", "langfuse"):
        counts = load_file(shop, write_lines(tmp_path / "shapes.jsonl", shapes), format=kind)
        assert (counts.read > 2, counts.accepted) == (True, 0)


@pytest.mark.parametrize(
    ("provider", "model", "expected"),
    [
        (None, "azure/gpt-4o-2024-11-20", ("azure", "gpt-4o-2024-11-20", True)),
        (None, "claude-opus-4-6", ("anthropic", "claude-opus-4-6", False)),
        (None, "o3", ("openai", "o3", True)),
        (None, "gemini-2.5-pro", ("google", "gemini-2.5-pro", True)),
        ("aws.bedrock", "anthropic.claude-sonnet-4-5-v1:0", ("aws.bedrock", "anthropic.claude-sonnet-4-5-v1:0", False)),
        ("aws.bedrock", "amazon.nova-pro-v1:0", ("aws.bedrock", "amazon.nova-pro-v1:0", False)),
        ("gcp.vertex_ai", "claude-sonnet-4-5", ("gcp.vertex_ai", "claude-sonnet-4-5", False)),
        ("OpenRouter", "anthropic/claude-sonnet-4-5", ("openrouter", "anthropic/claude-sonnet-4-5", True)),
        ("azure.ai.openai", "gpt-4o", ("azure.ai.openai", "gpt-4o", True)),
        # Paths of Google, ids of Bedrock, and names that the list's rules do not know.
        (None, "models/gemini-2.5-pro", ("google", "gemini-2.5-pro", True)),
        (None, "projects/p/locations/us/publishers/google/models/g-2", ("gcp.vertex_ai", "g-2", True)),
        (None, "publishers/anthropic/models/claude-sonnet-4-5", ("gcp.vertex_ai", "claude-sonnet-4-5", False)),
        (None, "us.anthropic.claude-sonnet-4-5-v1:0", ("aws", "us.anthropic.claude-sonnet-4-5-v1:0", False)),
        (None, "arn:aws:bedrock:eu-west-1:1:x/eu.a", ("aws", "arn:aws:bedrock:eu-west-1:1:x/eu.a", False)),
        (None, "amazon.nova-pro-v1:0", ("aws", "amazon.nova-pro-v1:0", False)),
        (None, "chatgpt-4o-latest", ("openai", "chatgpt-4o-latest", True)),
        (None, "text-embedding-3-small", ("openai", "text-embedding-3-small", True)),
        # A gateway's names and SDKs of others count as OpenAI does.
        (None, "openrouter/anthropic/claude-sonnet-4.5", ("openrouter", "anthropic/claude-sonnet-4.5", True)),
        (None, "anthropic/claude-sonnet-4.5", ("anthropic", "claude-sonnet-4.5", True)),
        ("openai", "anthropic/claude-sonnet-4.5", ("openai", "anthropic/claude-sonnet-4.5", True)),
        ("litellm", "claude-sonnet-4-5", ("litellm", "claude-sonnet-4-5", True)),
        ("portkey", "anthropic/claude-sonnet-4-5", ("portkey", "anthropic/claude-sonnet-4-5", True)),
        ("vercel", "anthropic/claude-sonnet-4.5", ("vercel", "anthropic/claude-sonnet-4.5", True)),
        # A framework is no provider.
        ("Langchain", "claude-sonnet-4-5", ("anthropic", "claude-sonnet-4-5", False)),
        ("openai.chat", "gpt-4o", ("openai", "gpt-4o", True)),
    ],
)  # fmt: skip
def test_who_serves_a_model_and_how_that_provider_counts(
    provider: str | None, model: str, expected: tuple[str, str, bool]
) -> None:
    assert served(provider, model) == expected


@pytest.mark.parametrize(
    ("provider", "address", "expected"),
    [
        ("openai", "openrouter.ai", "openrouter"),  # OpenAI's SDK reaches many
        ("openai", "shop.openai.azure.com", "azure"),
        ("openai", "localhost", "openai"),
        (None, "https://api.groq.com/openai/v1", "groq"),
        ("anthropic", "openrouter.ai", "anthropic"),
    ],
)
def test_a_host_tells_what_the_provider_does_not(provider: str | None, address: str, expected: str) -> None:
    assert served(provider, "anthropic/claude-sonnet-4.5", address).provider == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (orjson.dumps(otlp(otlp_span(ATTRIBUTES))), "otel"),
        (orjson.dumps(otlp(*[otlp_span(ATTRIBUTES)] * 100)), "otel"),  # longer than what is looked at
        (console(ATTRIBUTES).encode(), "otel"),
        (orjson.dumps(otlp_span(ATTRIBUTES)), "otel"),
        (orjson.dumps([OBSERVATION]), "langfuse"),
        (orjson.dumps({"data": [OBSERVATION], "meta": {}}), "langfuse"),
        (b'{"type": "track", "context": {"traceId": "t"}, "properties": {"startTime": 1}}', "segment"),
        (b'{"batch": [{"type": "track"}]}', "segment"),
        (b'{"trace_id": "t", "span_id": "s", "embedding": [1]}', "segment"),
    ],
)
def test_formats_are_told_by_their_content(tmp_path: Path, content: bytes, expected: str) -> None:
    (tmp_path / "file").write_bytes(content)
    with opened(tmp_path / "file") as source:
        assert recognise(source) == expected
