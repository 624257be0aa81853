"""Embedded prompts: what is loaded, which are alike, who may search them, and a server without pgvector."""

import contextlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import polars as pl
import psycopg
import pytest

from radar.doctor import examine
from radar.load.errors import LoadError
from radar.server import Server
from tests.conftest import Database
from tests.full_refresh import assert_equals_full_refresh
from tests.loading import REJECTED, WORKSPACE, load_file, make_project, write_lines
from tests.tenants import ALPHA, BRAVO, copy_of, reader

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

MODELS = ("+prompt_similarities", "prompt_analysis")
NEAREST = "select right(nearest_call_id::text, 2), similarity, feature from analytics.nearest_prompts"


@pytest.fixture
def vectors(database: Database) -> Database:
    """A database whose server has pgvector."""
    if database.query("select to_regtype('vector') is null")[0][0]:
        pytest.skip("this PostgreSQL has no pgvector")
    return database


def call(number: int) -> UUID:
    return UUID(int=number)


def embedding(*weights: float) -> list[float]:
    """A vector that points so far along each axis."""
    return [*map(float, weights), *[0.0] * (1536 - len(weights))]


def add_calls(database: Database, *calls: tuple[int, str, str], workspace: UUID = WORKSPACE) -> None:
    """Calls as (number, feature, time)."""
    for number, feature, time in calls:
        database.execute(
            "insert into ingest.llm_calls (workspace_id, project_id, call_id, feature, provider, model, input_tokens,"
            " output_tokens, occurred_at) values (%s, %s, %s, %s, 'openai', 'm', 10, 1, %s)",
            workspace, workspace, call(number), feature, f"2026-03-{time}Z",
        )  # fmt: skip


def embed(database: Database, prompts: dict[int, list[float]], workspace: UUID = WORKSPACE) -> None:
    for number, numbers in prompts.items():
        database.execute(
            "insert into ingest.prompt_embeddings (workspace_id, call_id, embedding) values (%s, %s, %s::real[])"
            " on conflict (workspace_id, call_id) do update set embedding = excluded.embedding",
            workspace, call(number), numbers,
        )  # fmt: skip


def scores(database: Database, *options: str) -> dict[int, float | None]:
    database.dbt("run", "--quiet", "-s", *MODELS, *options)
    rows = database.query("select call_id, redundancy_score from analytics.prompt_analysis order by call_id")
    return {call_id.int: None if score is None else float(score) for call_id, score in rows}


def test_a_prompt_is_compared_with_those_of_its_feature_and_day(vectors: Database) -> None:
    add_calls(vectors, (1, "chat", "01 10:00"), (2, "chat", "01 11:00"), (3, "chat", "01 12:00"))
    add_calls(vectors, (4, "search", "01 10:00"), (5, "chat", "02 10:00"), (6, "chat", "01 13:00"))
    alike = embedding(3)
    embed(vectors, {1: alike, 2: embedding(0.8, 0.6), 3: embedding(0, 0, 1), 4: alike, 5: alike})
    assert scores(vectors) == {1: 0.8, 2: 0.8, 3: 0.0, 4: None, 5: None, 6: None}
    embed(vectors, {6: embedding(0, 0, -1), 3: embedding(8, 6)})
    assert scores(vectors) == {1: 0.8, 2: 1.0, 3: 1.0, 4: None, 5: None, 6: 0.0}
    capped = {1: 0.8, 2: 0.8, 3: None, 4: None, 5: None, 6: None}
    assert scores(vectors, "--full-refresh", "--vars", "{prompt_comparisons: 2}") == capped


def test_late_and_replaced_embeddings_and_calls_that_move_equal_a_full_refresh(vectors: Database) -> None:
    embed(vectors, {1: embedding(1), 2: embedding(1, 1)})
    assert scores(vectors) == {}
    add_calls(vectors, (1, "chat", "02 10:00"), (2, "chat", "02 11:00"), (3, "chat", "03 11:00"))
    assert scores(vectors) == {1: 0.7071, 2: 0.7071, 3: None}
    add_calls(vectors, (1, "chat", "01 10:00"))  # the same call with an earlier time
    embed(vectors, {3: embedding(2, 2)})
    assert scores(vectors) == {1: None, 2: None, 3: None}
    add_calls(vectors, (3, "chat", "01 12:00"))
    assert scores(vectors) == {1: 0.7071, 2: None, 3: 0.7071}
    embed(vectors, {1: embedding(1, 0, 1)})
    assert scores(vectors) == {1: 0.5, 2: None, 3: 0.5}
    vectors.dbt("run", "--quiet")
    assert_equals_full_refresh(vectors)


def test_readers_find_the_nearest_prompts_of_their_own_workspaces_alone(vectors: Database) -> None:
    for tenant in (ALPHA, BRAVO):
        vectors.execute("insert into app.workspaces (workspace_id, name, slug) values (%s, %s, %s)",
                        tenant.workspace_id, tenant.name, tenant.name)  # fmt: skip
        vectors.execute("insert into app.users (user_id, email) values (%s, %s)", tenant.member_id, tenant.name)
        vectors.execute("insert into app.workspace_members (workspace_id, user_id) values (%s, %s)",
                        tenant.workspace_id, tenant.member_id)  # fmt: skip
        first = 0 if tenant is ALPHA else 10
        workspace = tenant.workspace_id
        add_calls(vectors, *((first + number, tenant.name, "01 10:00") for number in range(1, 5)), workspace=workspace)
        prompts = [embedding(1), embedding(1, 0.1), embedding(1, 0.5), embedding(0, 1)]
        embed(vectors, {first + number: prompt for number, prompt in enumerate(prompts, 1)}, workspace)
    vectors.dbt("run", "--quiet", "-s", "+llm_usage", "prompt_embeddings")
    near = [("02", Decimal("0.9950"), "alpha"), ("03", Decimal("0.8944"), "alpha")]
    with reader(vectors, ALPHA.member_id) as alpha:
        by_call = f"{NEAREST}(%s, %s, minimum_similarity => 0.5)"
        assert alpha.execute(by_call.encode(), [ALPHA.workspace_id, call(1)]).fetchall() == near
        assert alpha.execute(f"{NEAREST}(%s, %s)".encode(), [ALPHA.workspace_id, call(1)]).fetchall() == near[:1]
        by_prompt = f"{NEAREST}(%s, prompt => %s, minimum_similarity => 0.99, maximum_rows => 2)"
        found = alpha.execute(by_prompt.encode(), [ALPHA.workspace_id, str(embedding(2))]).fetchall()
        assert found == [("01", Decimal("1.0000"), "alpha"), near[0]]
        for tenant, number in ((BRAVO, 11), (BRAVO, 1), (ALPHA, 11), (ALPHA, 99)):
            assert alpha.execute(by_call.encode(), [tenant.workspace_id, call(number)]).fetchall() == []
        assert alpha.execute(by_prompt.encode(), [BRAVO.workspace_id, str(embedding(2))]).fetchall() == []
        for function in ("nearest_calls", "nearest_own_calls"):
            guess = f"select * from radar.{function}(%s, %s, null, -1, 9)".encode()
            assert_nothing(alpha, guess, [BRAVO.workspace_id, call(11)])
        assert_nothing(alpha, b"select embedding from ingest.prompt_embeddings", [])
    with reader(vectors) as nobody:
        assert nobody.execute(by_call.encode(), [ALPHA.workspace_id, call(1)]).fetchall() == []
    for role in ("postgres", "service_role"):
        with vectors.connect() as connection:
            connection.execute(f"set session authorization {role}".encode())
            assert connection.execute(by_call.encode(), [ALPHA.workspace_id, call(1)]).fetchall() == near


def assert_nothing(connection: psycopg.Connection, query: bytes, parameters: list[Any]) -> None:
    with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
        assert connection.execute(query, parameters).fetchall() == []


MANY = """
    insert into ingest.prompt_embeddings (workspace_id, call_id, embedding)
    select %s, md5(number::text)::uuid,
        array[cosd(number * 0.09), sind(number * 0.09)]::real[] || array_fill(0::real, array[1534])
    from generate_series(1, 4000) as number"""
SCANS = "select sum(idx_scan) from pg_stat_user_indexes where starts_with(indexrelname, 'prompt_embeddings_embedding')"


def test_the_search_takes_the_index(vectors: Database) -> None:
    vectors.execute(MANY, WORKSPACE)
    vectors.execute("analyze ingest.prompt_embeddings")
    with vectors.connect() as connection:
        plan = connection.execute(
            "explain (costs off) select call_id from ingest.prompt_embeddings where workspace_id = %s"
            " order by embedding <=> %s::vector limit 10", [WORKSPACE, str(embedding(1))],
        ).fetchall()  # fmt: skip
        assert "using prompt_embeddings_embedding_idx" in plan[1][0]
        before = vectors.query(SCANS)
        found = connection.execute("select * from radar.nearest_calls(%s, md5('1')::uuid, null, 0.9, 3)", [WORKSPACE])
        assert len(found.fetchall()) == 3
        connection.execute("select pg_stat_force_next_flush()")
    assert vectors.query(SCANS) > before


@pytest.fixture
def without(server: Server, template_database: Database) -> Iterator[Database]:
    """A database that has never seen the extension, or has one that looks too old to be searched."""
    with copy_of(server, "template1", "radar_without_vectors") as database:
        if database.query("select from pg_available_extensions where name = 'vector'"):
            database.execute("create extension vector schema public")
            rename_index_method(database, "hnsw", "hidden")
        yield database


def rename_index_method(database: Database, old: str, new: str) -> None:
    with database.connect() as connection:
        connection.execute("set allow_system_table_mods = on")
        connection.execute("update pg_am set amname = %s where amname = %s", [new, old])


def test_without_the_extension_everything_else_works_and_it_may_come_later(
    without: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without.dbt("run")
    told = [line for line in capsys.readouterr().out.splitlines() if "Prompts are not compared" in line]
    assert len(told) == 1
    with without.connect() as connection:
        findings = {finding.check.subject: finding for finding in examine(connection)}
    assert told[0].endswith(findings["similar prompts"].texts[0])
    assert not findings["similar prompts"].is_urgent
    make_project(without)
    add_calls(without, (1, "chat", "01 10:00"), (2, "chat", "01 11:00"))
    lines = [{"call_id": str(call(number)), "embedding": embedding(1, number)} for number in (1, 2)]
    path = write_lines(tmp_path / "prompts.jsonl", [*lines, {"call_id": str(call(1)), "embedding": [1]}])
    assert load_file(without, path, format="embeddings").accepted == 2
    with pytest.raises(psycopg.errors.CheckViolation):
        without.execute("insert into ingest.prompt_embeddings values (%s, %s, '{1}')", WORKSPACE, WORKSPACE)
    assert scores(without) == {1: None, 2: None}
    without.dbt(
        "test", "--quiet", "-s", "prompt_embeddings", "prompt_similarities", "prompt_analysis", "prompt_efficiency"
    )
    if not without.query("select from pg_am where amname = 'hidden'"):
        return
    rename_index_method(without, "hidden", "hnsw")
    assert scores(without) == {1: 0.9487, 2: 0.9487}
    assert without.query("select format_type(atttypid, atttypmod) from pg_attribute where attname = 'embedding'"
                         " and attrelid = 'ingest.prompt_embeddings'::regclass") == [("vector(1536)",)]  # fmt: skip
    assert without.query("select count(*) from pg_indexes where indexdef ~ 'hnsw'") == [(1,)]
    assert without.query(f"{NEAREST}(%s, %s, minimum_similarity => 0.5)", WORKSPACE, call(1)) == [
        ("02", Decimal("0.9487"), "chat")
    ]


STORED = "select call_id, prompt_hash, round((embedding::real[])[1]::numeric, 3) from ingest.prompt_embeddings"


def test_a_file_of_embeddings_is_loaded_once_and_what_is_wrong_is_kept(database: Database, tmp_path: Path) -> None:
    make_project(database)
    good = {"call_id": str(call(1)), "embedding": embedding(0.25), "prompt_hash": "h"}
    named = {"trace_id": "t", "span_id": "s", "embedding": embedding(2)}
    wrong = [
        {**good, "embedding": [0.5, 1]}, {**good, "embedding": embedding()}, {**good, "embedding": ["x"] * 1536},
        {**good, "embedding": embedding(1e300)}, {**good, "embedding": None}, {**good, "call_id": 1},
        {"trace_id": "t", "embedding": embedding(1)}, {**good, "prompt_hash": 1}, [], b"{",
    ]  # fmt: skip
    own = {"call_id": "own", "embedding": embedding(3)}
    path = write_lines(tmp_path / "prompts.jsonl", [good, named, *wrong, own])
    counts = load_file(database, path, format="embeddings")
    assert (counts.read, counts.accepted, counts.duplicate) == (13, 3, 0)
    assert database.query(REJECTED) == [("invalid", 6), ("no_id", 2), ("unparsable", 2)]
    assert database.query("select detail from ingest.rejected_events where source = 'prompts.jsonl:3'") == [
        ("an embedding has 1536 numbers, and this one 2",)
    ]
    calls = tmp_path / "calls.csv"
    calls.write_text("trace_id,span_id,call_id,model,input_tokens,output_tokens,occurred_at\n"
                     "t,s,,m,1,1,2026-03-01T10:00:00Z\n,,own,m,1,1,2026-03-01T10:00:00Z\n")  # fmt: skip
    assert load_file(database, calls).accepted == 2
    ids = dict(database.query("select coalesce(trace_id, 'own'), call_id from ingest.llm_calls"))
    stored = {(call(1), "h", Decimal("0.250")), (ids["t"], None, Decimal(2)), (ids["own"], None, Decimal(3))}
    assert set(database.query(STORED)) == stored
    again = load_file(database, path, format="embeddings")
    assert (again.accepted, again.duplicate, again.rejected.total()) == (0, 3, 10)
    table = pl.DataFrame({"call_id": [str(call(1))], "embedding": [embedding(0.5)], "prompt_hash": ["h"]})
    table.write_parquet(tmp_path / "prompts.parquet")
    assert load_file(database, tmp_path / "prompts.parquet", format="embeddings").accepted == 1
    assert (call(1), "h", Decimal("0.500")) in database.query(STORED)


def test_a_file_of_another_kind_or_without_a_project_is_refused(database: Database, tmp_path: Path) -> None:
    make_project(database)
    path = tmp_path / "prompts.csv"
    path.write_bytes(b"call_id,embedding\n1,2\n" + orjson.dumps(1))
    with pytest.raises(LoadError, match="JSON lines"):
        load_file(database, path, format="embeddings")
    with pytest.raises(LoadError, match="--project"):
        load_file(database, path, format="embeddings", project=None)
