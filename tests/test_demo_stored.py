"""The demo in the database and in files: the same rows, by every way."""

import json
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from radar.demo import plan as plan_module
from radar.demo.database import TABLES, DemoError, stored_plan, write, write_companies
from radar.demo.files import write as write_files
from radar.demo.formats import Format
from radar.demo.forms import SECRETS
from radar.demo.plan import Plan
from radar.demo.sites import SITES, WORKSPACES
from radar.demo.spend import spend
from radar.load.errors import LoadError
from radar.load.loader import Request, load
from radar.load.spend import load_spend
from tests.conftest import Database
from tests.demo_rows import END, FILES, KEY, SMALL, all_rows


def write_all(database: Database, plan: Plan) -> int:
    with database.connect() as connection:
        return write(connection, plan, lambda _: None)


def test_written_once_and_never_again(database: Database) -> None:
    written = write_all(database, SMALL)
    assert written == all_rows(SMALL).select(KEY).unique().height
    with database.connect() as connection:
        assert stored_plan(connection) == SMALL
    counts = stored_counts(database)
    assert write_all(database, SMALL) == 0
    assert stored_counts(database) == counts
    assert counts["ingest.events"] == written
    assert min(counts.values()) > 0
    with pytest.raises(DemoError, match="--seed 7"):
        write_all(database, Plan(SMALL.events, SMALL.days, SMALL.end, 8))


def stored_counts(database: Database) -> dict[str, int]:
    tables = [*TABLES, "app.agents", "ingest.prompt_embeddings"]
    return {table: database.query(f"select count(*) from {table}")[0][0] for table in tables}


def test_what_came_later_is_added_to_demo_data_that_is_there(database: Database) -> None:
    """Whoever has the events of an older demo gets its agents and calls as well."""
    write_all(database, SMALL)
    counts = stored_counts(database)
    for table in (
        "app.agents",
        "app.agent_runs",
        "ingest.llm_calls",
        "ingest.prompt_embeddings",
        "ingest.model_pricing",
    ):
        database.execute(f"delete from {table}")
    assert write_all(database, SMALL) == 0
    assert stored_counts(database) == counts
    assert database.query("select count(*) from ingest.llm_calls_default") == [(0,)]


def test_a_stopped_run_goes_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_module, "CHUNK_EVENTS", 5_000)
    pieces = iter(range(2))
    with database.connect() as connection, pytest.raises(StopIteration):
        write(connection, SMALL, lambda _: next(pieces))
    stopped = database.query("select count(*) from ingest.events")[0][0]
    assert 0 < stopped < SMALL.events
    assert stopped + write_all(database, SMALL) == all_rows(SMALL).select(KEY).unique().height


def stored_rows(database: Database, like: pl.DataFrame) -> pl.DataFrame:
    """The rows of the database, in the columns and types of the frame, by message and time."""
    columns = {name: dtype for name, dtype in like.schema.items() if name != "properties"}
    texts = pl.col("workspace_id", "project_id", "ip_address")
    query = f"select {', '.join(columns)} from ingest.events"
    with database.connect() as connection:
        found = connection.execute(query.encode()).fetchall()
    frame = pl.DataFrame(found, schema=list(columns), orient="row", infer_schema_length=None)
    frame = frame.with_columns(texts.map_elements(str, return_dtype=pl.String)).cast(pl.Schema(columns))
    return frame.sort("message_id", "occurred_at")


def test_the_database_holds_what_was_generated(database: Database) -> None:
    write_all(database, SMALL)
    generated = all_rows(SMALL).unique(KEY, keep="first").sort("message_id", "occurred_at")
    assert_frame_equal(stored_rows(database, generated), generated.drop("properties"))
    orders = generated.filter(pl.col("event_name") == "Order Completed")["properties"]
    revenue = sum(json.loads(text)["revenue"] for text in orders)
    query = "select sum((properties ->> 'revenue')::numeric) from ingest.events where event_name = 'Order Completed'"
    assert database.query(query) == [(revenue,)]
    assert database.query("select count(*) from ingest.events_default") == [(0,)]


@pytest.mark.parametrize("file_format", list(Format))
def test_the_loader_stores_the_same_rows(database: Database, tmp_path: Path, file_format: Format) -> None:
    with database.connect() as connection:
        write_companies(connection, FILES)
    paths = write_files(tmp_path, file_format, FILES, lambda _: None)
    rejected = 0
    for site, path in zip(SITES, paths, strict=True):
        counts = load([str(path)], Request(project=site.slug), database.dsn)
        rejected += counts.rejected.total()
    generated = all_rows(FILES).unique(KEY, keep="first").sort("message_id", "occurred_at")
    single = pl.col("event_type") != "batch"
    # The loader makes a Segment batch's messages events of their own; when it received them it says itself.
    expected = generated.filter(single).drop("received_at")
    stored = stored_rows(database, expected)
    of_batches = stored.filter(~pl.col("message_id").is_in(expected["message_id"].implode()))
    assert_frame_equal(stored.join(of_batches, on="message_id", how="anti"), expected.drop("properties"))
    assert rejected == len(SITES) * FILES.days
    assert of_batches.height == generated.filter(~single).height * (3 if file_format is Format.SEGMENT else 1)


def test_secrets_of_forms_are_not_stored(database: Database) -> None:
    secrets = "|".join(f'"{secret}"' for secret in SECRETS)
    assert all_rows(SMALL)["properties"].str.contains(secrets).any()
    write_all(database, SMALL)
    assert database.query("select count(*) from ingest.events where properties::text ~ %s", secrets) == [(0,)]
    assert database.query("select count(*) > 0 from ingest.events where properties -> 'fields' ? 'password'") == [
        (True,)
    ]


def spent(database: Database) -> list[tuple[object, ...]]:
    return database.query(
        "select project_id, spend_date, source, medium, campaign, cost, clicks, impressions from ingest.ad_spend"
        " order by 1, 2, 3, 4, 5"
    )


def test_spend_is_the_same_by_file(database: Database, tmp_path: Path) -> None:
    with database.connect() as connection:
        write_companies(connection, FILES)
    written = spent(database)
    assert len(written) == spend(FILES).height > 20
    database.execute("delete from ingest.ad_spend")
    write_files(tmp_path, Format.CSV, FILES, lambda _: None)
    for slug in ("acme-shop", "northwind-site"):
        load_spend([str(tmp_path / f"{slug}-spend.csv")], slug, None, {}, database.dsn)
    assert spent(database) == written


def test_companies_are_written_with_members_and_goals(database: Database) -> None:
    write_all(database, Plan(1_000, 3, END, 1))
    assert database.query("select name from app.workspaces order by 1") == sorted((of.name,) for of in WORKSPACES)
    assert database.query("select settings ->> 'timezone' from ingest.projects order by 1") == sorted(
        (s.timezone,) for s in SITES
    )
    goals = {(site.slug, goal.name) for site in SITES for goal in site.goals}
    assert (
        set(database.query("select slug, goals.name from ingest.goals inner join ingest.projects using (project_id)"))
        == goals
    )
    assert {goal.goal_type for site in SITES for goal in site.goals} == {"event", "pageview", "duration", "custom"}
    assert database.query(
        "select count(*) from app.users where user_id not in (select user_id from app.workspace_members)"
    ) == [(1,)]


def test_without_tables_the_error_says_what_to_run(database: Database) -> None:
    database.execute("drop schema app cascade")
    with pytest.raises(DemoError, match="dbt run"):
        write_all(database, SMALL)


def test_tables_with_a_prefix_are_left_to_dbt(database: Database) -> None:
    """Of the target shared: written to plain names, the rows would be where that target's dbt never looks."""
    database.execute("alter schema app rename to ci_app")
    database.execute("alter schema ingest rename to ci_ingest")
    database.execute("alter schema radar rename to ci_radar")
    with pytest.raises(DemoError, match="begin with ci_, made by dbt's target shared"):
        write_all(database, SMALL)
    with pytest.raises(LoadError, match="begin with ci_, made by dbt's target shared"):
        load(["-"], Request(project="acme-shop"), database.dsn)


@pytest.mark.parametrize("file_format", [Format.CSV, Format.PARQUET])
def test_files_hold_the_rows_and_malformed_ones(tmp_path: Path, file_format: Format) -> None:
    paths = write_files(tmp_path, file_format, FILES, lambda _: None)
    found = pl.concat(
        pl.read_parquet(path) if file_format is Format.PARQUET else pl.read_csv(path, infer_schema=False)
        for path in paths
    )
    files = {f"{site.slug}.{file_format}" for site in SITES} | {"acme-shop-spend.csv", "northwind-site-spend.csv"}
    assert {path.name for path in tmp_path.iterdir()} == files
    good = found.filter(~pl.col("message_id").str.starts_with("malformed"))
    bad = found.filter(pl.col("message_id").str.starts_with("malformed"))
    expected = all_rows(FILES)
    assert good["message_id"].sort().to_list() == expected["message_id"].sort().to_list()
    assert good["properties"].sort().to_list() == expected["properties"].sort().to_list()
    assert bad.height == FILES.days * len(SITES)
    assert bad["anonymous_id"].null_count() == bad["occurred_at"].null_count() == bad.height / 3


def test_segment_files_say_what_the_rows_say(tmp_path: Path) -> None:
    paths = write_files(tmp_path, Format.SEGMENT, FILES, lambda _: None)
    lines = "".join(path.read_text(encoding="utf-8") for path in paths).splitlines()
    broken = [line for line in lines if not line.endswith("}")]
    messages = {m["messageId"]: m for m in (json.loads(line) for line in lines if line.endswith("}"))}
    assert len(broken) == len(SITES) * FILES.days // 3
    rows = {
        row["message_id"]: row
        for row in all_rows(FILES).unique("message_id", keep="last", maintain_order=True).to_dicts()
    }
    assert len(lines) == FILES.events + len(SITES) * FILES.days
    assert set(rows) < set(messages)
    for message_id, row in rows.items():
        if row["event_type"] != "batch":
            assert_says(messages[message_id], row)
    batches = [messages[message_id] for message_id, row in rows.items() if row["event_type"] == "batch"]
    assert all(len(batch["batch"]) == 3 and batch["batch"][0]["anonymousId"] for batch in batches)


def assert_says(message: dict[str, object], row: dict[str, object]) -> None:
    context: dict[str, dict[str, object]] = message["context"]  # type: ignore[assignment]
    assert message.get("anonymousId") == row["anonymous_id"]
    assert message.get("userId") == row["user_id"]
    assert message["timestamp"] == f"{row['occurred_at']:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
    assert context.get("externalId") == row["external_id"]
    assert context.get("handshakeToken") == row["handshake_token"]
    assert context.get("page", {}) == {
        name: row[f"page_{name}"] for name in ("url", "path", "title", "referrer") if row[f"page_{name}"] is not None
    }
    assert context.get("userAgent") == row["user_agent"]
    assert context.get("sessionId") == row["session_id"]
    assert context.get("screen", {}).get("innerHeight") == row["viewport_height"]
    assert context.get("campaign", {}).get("name") == row["utm_campaign"]
    if row["event_type"] == "pageview":
        assert message["type"] == "page"
        assert message.get("properties", {}).get("load_time_ms") == row["load_time_ms"]  # type: ignore[attr-defined]
    else:
        said = message["traits"] if row["event_type"] == "identify" else message["properties"]
        assert said == json.loads(str(row["properties"]))
