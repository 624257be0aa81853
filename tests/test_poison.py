"""One bad row stops nobody else: rows that are wrong in every way, through every way in, and the run that follows."""

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import psycopg
import pytest
from psycopg import sql

from radar.doctor import examine
from tests.conftest import TEMPLATE, Database
from tests.loading import KEY, PROJECT, WORKSPACE, load_file, make_project, message
from tests.poison import DOCUMENTS, NUMBERS, TEXTS, TIMES, poisoned
from tests.tenants import copy_of

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

ROWS = int(os.environ.get("RADAR_POISON_ROWS", "1200"))
"""Of all kinds together; 20,000 take some minutes."""
SEED = int(os.environ.get("RADAR_TEST_SEED", "1"))
SOUND: dict[str, dict[str, Any]] = {
    "ingest.events": {"occurred_at": "2026-05-04 12:00Z", "anonymous_id": "visitor", "event_type": "pageview"},
    "ingest.llm_calls": {
        "occurred_at": "2026-05-04 12:00Z",
        "provider": "openai",
        "model": "gpt-4o",
        "input_tokens": 7,
    },
    "app.agent_runs": {"started_at": "2026-05-04 12:00Z", "agent_id": str(PROJECT), "status": "completed"},
}
STAGED = {
    "ingest.events": {
        "message_id": "text", "user_id": "text", "session_id": "text", "bot_class": "text", "properties": "jsonb",
        "screen_width": "integer", "occurred_at": "timestamp with time zone", "plan": "text",
        "received_at": "timestamp with time zone",
    },
    "ingest.llm_calls": {
        "call_id": "text", "trace_id": "text", "model": "text", "input_tokens": "bigint", "output_tokens": "bigint",
        "latency_ms": "integer", "verified_cost_usd": "numeric", "metadata": "jsonb",
        "occurred_at": "timestamp with time zone",
    },
}  # fmt: skip
"""Columns of the CSV and Parquet files."""
OTHER = "99999999-9999-9999-9999-999999999999"
TABLES: dict[str, tuple[str, ...]] = {
    "ingest.events": ("workspace_id", "project_id"),
    "ingest.llm_calls": ("workspace_id", "project_id"),
    "app.agent_runs": ("workspace_id",),
}


@pytest.fixture(scope="module")
def shop(server: Any, template_database: Database) -> Iterator[Database]:
    """A database with the project that gets the bad rows, and another tenant with one sound row in each table."""
    with copy_of(server, TEMPLATE, "radar_poison") as database:
        make_project(database)
        database.execute(
            "insert into ingest.projects (workspace_id, project_id, name, slug) values (%s, %s, 'Other', 'other')",
            OTHER,
            OTHER,
        )
        # The application has no such checks.
        database.execute(_WITHOUT_CHECKS)
        for table, columns in TABLES.items():
            keys = dict.fromkeys(columns, OTHER) | ({"run_id": OTHER} if table == "app.agent_runs" else {})
            with database.connect() as connection:
                _insert(connection, table, keys | SOUND[table])
        yield database


_WITHOUT_CHECKS = """
do $$
declare name text;
begin
    for name in select conname from pg_constraint where conrelid = 'app.agent_runs'::regclass and contype = 'c' loop
        execute 'alter table app.agent_runs drop constraint ' || quote_ident(name);
    end loop;
end $$"""


def _insert(connection: psycopg.Connection, table: str, row: dict[str, Any]) -> None:
    statement = sql.SQL("insert into {} ({}) values ({})").format(
        sql.Identifier(*table.split(".")),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join([sql.Placeholder()] * len(row)),
    )
    connection.execute(statement, list(row.values()))


def _columns(database: Database, table: str) -> dict[str, str]:
    return dict(
        database.query(
            "select attname, format_type(atttypid, null) from pg_attribute where attrelid = %s::regclass and attnum > 0"
            " and attgenerated = '' and attname not in ('ingest_xid', 'run_id')",
            table,
        )
    )


def insert_poison(database: Database, draw: random.Random, table: str, number: int) -> Counter[str]:
    """Rows one by one, as a tracker or the application would; what became of them."""
    columns, counts = _columns(database, table), Counter[str]()
    with database.connect() as connection:
        if table != "app.agent_runs":
            connection.execute("set role radar_ingest")
        for place in range(number):
            keys = dict(zip(TABLES[table], (str(WORKSPACE), str(PROJECT)), strict=False))
            keys |= {"run_id": f"00000000-0000-0000-0000-{place:012d}"} if table == "app.agent_runs" else {}
            try:
                _insert(connection, table, keys | poisoned(draw, columns, SOUND[table]))
                counts["accepted"] += 1
            except psycopg.errors.UniqueViolation:
                counts["duplicate"] += 1
            except psycopg.Error:
                counts["rejected"] += 1
    return counts


def strange(draw: random.Random) -> Any:
    """A value of any kind, in JSON."""
    return draw.choice(
        [
            None, True, 7, 7.0, -1, 10**25, "ok", [], {}, [[]], {"a": {"b": ["c"]}},
            draw.choice(TEXTS), draw.choice(NUMBERS), draw.choice(TIMES), draw.choice(DOCUMENTS),
        ]
    )  # fmt: skip


def poisoned_message(draw: random.Random, number: int) -> bytes:
    """A message of which some fields are strange, or whose text is no JSON."""
    kind = draw.choice(["page", "track", "identify", "alias", "group", "screen"])
    sent = message(number, type=kind, userId=draw.choice([None, "u"]), previousId="p", properties={"revenue": 1})
    for _ in range(draw.randint(0, 3)):
        sent[draw.choice([*sent, "traits", "sentAt", "sessionId", "batch"])] = strange(draw)
    line = json.dumps(sent).encode()
    broken = [
        line[: len(line) // 2],
        line.replace(b'"type"', b'"a\\u0000b\\ud800": 1, "type"', 1),
        b"[" * 255 + b"]" * 255,
    ]
    broken += [b"[" * 100_000, line.replace(b'"revenue": 1', b'"revenue": 1e400000', 1), b"\xff\xfe" + line, b'"text"']
    return draw.choice(broken) if draw.random() < 0.1 else line


def log_line(draw: random.Random) -> bytes:
    """A line of an access log, or something like one."""
    fields = [draw.choice([b"203.0.113.7", b"::1", b"-", b"host:443 203.0.113.7", "é".encode()])]
    fields += [b"-", draw.choice([b"-", b"frank", b'"'])]
    fields += [
        draw.choice(
            [b"[04/May/2026:12:00:00 +0000]", b"[99/May/2026:12:00:00 +0000]", b"[]", b"[04/May/9998:00:00:00 +0000]"]
        )
    ]
    fields += [draw.choice([b'"GET / HTTP/1.1"', b'"GET /' + b"a" * 9_000 + b' HTTP/1.1"', b'"\\x16\\x03"', b'"-"'])]
    fields += [
        draw.choice([b"200 5", b"304 -", b"999999999999 1", b"x y"]),
        b'"-"',
        draw.choice([b'"Firefox"', b'"', b'"\xff\xfe\x00"']),
    ]
    return b" ".join(fields)


def table_rows(draw: random.Random, number: int, table: str) -> pl.DataFrame:
    """Rows for CSV and Parquet, as text."""
    names = STAGED[table]
    key = "message_id" if table == "ingest.events" else "call_id"
    rows = [
        dict.fromkeys(names) | poisoned(draw, names, SOUND[table] | {key: f"{key} {draw.random()}"})
        for _ in range(number)
    ]
    return pl.DataFrame([{name: None if value is None else str(value) for name, value in row.items()} for row in rows])


def test_bad_rows_of_every_way_in_are_counted_and_stop_no_run(shop: Database, tmp_path: Path) -> None:
    draw = random.Random(SEED)
    share = ROWS // 8
    inserted = {table: insert_poison(shop, draw, table, share) for table in SOUND}
    assert all(counts.total() == share and counts["accepted"] for counts in inserted.values()), inserted
    lines = [poisoned_message(draw, number).replace(b"\n", b" ") for number in range(share)]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    (tmp_path / "a.log").write_bytes(b"\n".join(log_line(draw) for _ in range(share)))
    loaded = [
        load_file(shop, tmp_path / "a.jsonl", format="segment"),
        load_file(shop, tmp_path / "a.log", format="access-log"),
    ]
    for table in ("ingest.events", "ingest.llm_calls"):
        frame = table_rows(draw, share // 2, table)
        frame.write_csv(tmp_path / "a.csv")
        frame.write_parquet(tmp_path / "a.parquet")
        loaded += [load_file(shop, tmp_path / "a.csv", format="csv"), load_file(shop, tmp_path / "a.parquet")]
    for counts in loaded:
        counts.check()
        assert counts.accepted + counts.duplicate > 0, counts
    for batch in range(0, share, 10):
        sent = [message for line in lines[batch : batch + 10] if (message := _readable(line)) is not None]
        counts = shop.query("select ingest.track(%s, %s)", KEY, json.dumps(sent))[0][0]
        empty = sum(type(sent_message) is dict and sent_message.get("batch") == [] for sent_message in sent)
        assert sum(counts.values()) >= len(sent) - empty
    shop.build()
    _assert_the_other_tenant_has_everything(shop)
    _assert_every_view_answers(shop)


def _readable(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except ValueError:
        return None


def test_impossible_runs_of_the_application_are_shown_with_the_reason(shop: Database) -> None:
    """Runs after the test above, which filled the tables."""
    reasons = dict(shop.query("select rejection_reason, count(*) from staging.stg_agent_runs group by 1"))
    with shop.connect() as connection:
        told = next(finding.texts for finding in examine(connection) if finding.check.subject == "impossible runs")
    assert sorted(told) == sorted(
        f"{reasons[reason]} runs of agents are left out: {reason}" for reason in reasons if reason
    )
    kept = shop.query("select count(*) from analytics.runs")[0][0]
    assert kept == reasons.pop(None)
    assert {"no_time", "ends_before_its_start", "tokens_used", "user_rating"} <= reasons.keys()


def _assert_the_other_tenant_has_everything(database: Database) -> None:
    for table in ("sessions", "llm_usage", "runs"):
        query = sql.SQL("select count(*) from analytics.{} where workspace_id = {}").format(
            sql.Identifier(table), OTHER
        )
        with database.connect() as connection:
            assert connection.execute(query).fetchall() == [(1,)], table


def _assert_every_view_answers(database: Database) -> None:
    views = database.query(
        "select relname from pg_class where relnamespace = 'analytics'::regnamespace and relkind in ('v', 'm')"
    )
    with database.connect() as connection:
        connection.execute("set statement_timeout = '20s'")
        for (view,) in views:
            connection.execute(
                sql.SQL("select count(*) from (select * from analytics.{} offset 0) as rows").format(
                    sql.Identifier(view)
                )
            )
