"""What names somebody and what does not: in files of all kinds, ingest.track and rows inserted directly."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest

from radar.load.project import read_limits
from tests.conftest import Database
from tests.loading import PROJECT, WORKSPACE, load_file, make_project, message, write_lines

REAL = {
    "u1": "u1",
    " u1\t": "u1",
    "\u00a0u1\u200b\ufeff": "u1",
    "\u3000Zoë\u2003": "Zoë",
    "0": "0",
    "42": "42",
    "42.0": "42",
    "42.000 ": "42",
    "42.50": "42.50",
    "10.0.0.0": "10.0.0.0",
    "v1.0": "v1.0",
    "9007199254740993": "9007199254740993",
    "00000000-0000-0000-0000-000000000001": "00000000-0000-0000-0000-000000000001",
    "null-island": "null-island",
}
PLACEHOLDERS = [
    "",
    " ",
    "\u00a0\u200b",
    "undefined",
    "Undefined ",
    "null",
    "NULL",
    "\\N",
    "None",
    "NaN",
    "nil",
    "[object Object]",
    "(null)",
    "n/a",
    "false",
    "-1",
    "00000000-0000-0000-0000-000000000000",
    "00000000000000000000000000000000",
]


@pytest.fixture(scope="module")
def shop(server: Any, template_database: Database) -> Any:
    """A database with a project, for all tests of this file: each sends events of its own."""
    from tests.conftest import TEMPLATE
    from tests.tenants import copy_of

    with copy_of(server, TEMPLATE, "radar_ids") as database:
        make_project(database)
        yield database


def of(database: Database, prefix: str) -> list[Any]:
    """Device, person and visit of the staged events with this prefix in their page's title, by it."""
    query = (
        "select anonymous_id, user_id, client_session_id from staging.stg_events where starts_with(page_title, %s)"
        " order by page_title"
    )
    return database.query(query, prefix)


def test_a_placeholder_is_no_id_and_blanks_and_decimals_are_none_of_it(shop: Database) -> None:
    given = [*REAL, *PLACEHOLDERS]
    expected = [*REAL.values(), *[None] * len(PLACEHOLDERS)]
    found = "select radar.real_id(id) from unnest(%s::text[]) with ordinality as given (id, position) order by position"
    assert [real for (real,) in shop.query(found, given)] == expected
    with shop.connect() as connection:
        limits = read_limits(connection)
    assert [limits.is_real_id(text) for text in given] == [real is not None for real in expected]
    assert [limits.is_real_id(value) for value in (None, False, 0, 42, 42.0)] == [False, False, True, True, True]


def send_lines(shop: Database, path: Path, rows: list[dict[str, Any]]) -> None:
    load_file(shop, write_lines(path / "ids.jsonl", [_message(row) for row in rows]))


def send_csv(shop: Database, path: Path, rows: list[dict[str, Any]]) -> None:
    file = path / "ids.csv"
    lines = [",".join('"' + str(value).replace('"', '""') + '"' for value in row.values()) for row in rows]
    file.write_text("\n".join([",".join(rows[0]), *lines]) + "\n", encoding="utf-8")
    load_file(shop, file)


def send_parquet(shop: Database, path: Path, rows: list[dict[str, Any]]) -> None:
    pl.DataFrame([{name: str(value) for name, value in row.items()} for row in rows]).write_parquet(
        path / "ids.parquet"
    )
    load_file(shop, path / "ids.parquet")


def send_call(shop: Database, _: Path, rows: list[dict[str, Any]]) -> None:
    shop.query("select ingest.track('wk_shop', %s::jsonb)", json.dumps([_message(row) for row in rows]))


def insert(shop: Database, _: Path, rows: list[dict[str, Any]]) -> None:
    with shop.connect() as connection:
        for row in rows:
            values = {"workspace_id": WORKSPACE, "project_id": PROJECT, **row}
            query = psycopg.sql.SQL("insert into ingest.events ({}) values ({})").format(
                psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, values)),
                psycopg.sql.SQL(", ").join([psycopg.sql.Placeholder()] * len(values)),
            )
            connection.execute(query, [value if name.endswith("_id") else str(value) for name, value in values.items()])


def _message(row: dict[str, Any]) -> dict[str, Any]:
    return message(
        messageId=row["message_id"],
        anonymousId=row["anonymous_id"],
        userId=row["user_id"],
        timestamp=row["occurred_at"],
        context={"page": {"title": row["page_title"], "url": "https://shop.example/"}, "sessionId": row["session_id"]},
    )


@pytest.mark.parametrize("send", [send_lines, send_csv, send_parquet, send_call, insert])
def test_every_way_in_has_the_same_ids(shop: Database, tmp_path: Path, send: Callable[..., None]) -> None:
    title = send.__name__
    rows = [
        {
            "message_id": f"{title} {number}" if "42" in identifier else identifier,
            "anonymous_id": f" {title} ",
            "user_id": identifier,
            "session_id": identifier,
            "occurred_at": f"2026-05-04T12:00:0{number}Z",
            "page_title": f"{title} {number}",
        }
        for number, identifier in enumerate(["undefined", "null", "[object Object]", "42.0", " 42 ", ""])
    ]
    send(shop, tmp_path, rows)
    nobody = (title, None, None)
    assert of(shop, title) == [nobody, nobody, nobody, (title, "42", "42"), (title, "42", "42"), nobody]
    different = "select count(distinct event_id) from staging.stg_events where starts_with(page_title, %s)"
    assert shop.query(different, title) == [(6,)]


def test_rows_without_an_id_are_events_of_their_own_and_stay_so(shop: Database, tmp_path: Path) -> None:
    row = '"","",reader,"","2026-05-04 13:00:00Z",\n'
    (tmp_path / "equal.csv").write_text(f"message_id,user_id,anonymous_id,page_path,occurred_at,plan\n{row * 3}")
    assert load_file(shop, tmp_path / "equal.csv").accepted == 3
    assert load_file(shop, tmp_path / "equal.csv").duplicate == 3
    stored = "select distinct user_id, page_path, properties::text from ingest.events where anonymous_id = 'reader'"
    assert shop.query(stored) == [(None, None, "{}")]


def test_an_empty_text_is_none_in_every_column_of_a_message(shop: Database, tmp_path: Path) -> None:
    page = {"url": "", "title": "", "path": "", "referrer": ""}
    empty = message(
        901, anonymousId="empty", event="", name="", category="",
        context={"page": page, "userAgent": "", "locale": "", "timezone": "", "campaign": {"source": "", "name": ""},
                 "sessionId": "", "ip": "", "location": {"city": ""}, "os": {"name": ""}, "channelType": ""},
    )  # fmt: skip
    load_file(shop, write_lines(tmp_path / "empty.jsonl", [empty]))
    columns = "select to_jsonb(events) from ingest.events where anonymous_id = 'empty'"
    assert "" not in shop.query(columns)[0][0].values()


def test_a_class_of_robots_that_does_not_exist_is_refused_by_name(shop: Database, tmp_path: Path) -> None:
    lines = ["anonymous_id,occurred_at,bot_class", "person,2026-05-04T14:00:00Z,human"]
    lines += [f"person,2026-05-04T14:00:0{number}Z,{word}" for number, word in enumerate(["false", "true", "Bot"])]
    (tmp_path / "classes.csv").write_text("\n".join(lines))
    counts = load_file(shop, tmp_path / "classes.csv")
    assert (counts.accepted, counts.rejected) == (1, {"invalid": 3})
    detail = (
        "select detail from ingest.rejected_events where starts_with(source, 'classes.csv:') order by source limit 1"
    )
    assert shop.query(detail)[0][0].startswith("bot_class false is none of human, ai_crawler, ")
    with pytest.raises(psycopg.errors.CheckViolation, match=r"bot_class false is none of human, ai_crawler, .*, other"):
        shop.execute(
            "insert into ingest.events (workspace_id, project_id, occurred_at, anonymous_id, bot_class)"
            " values (gen_random_uuid(), gen_random_uuid(), now(), 'a', 'false')"
        )


def test_traits_of_an_identify_call_may_stand_in_its_context(shop: Database, tmp_path: Path) -> None:
    calls = [
        message(911, type="identify", userId="ann", context={"traits": {"plan": "pro"}}),
        message(912, type="identify", userId="ann", traits={}, context={"traits": {"plan": "pro"}}),
        message(913, type="identify", userId="ann", traits={"plan": "free"}, context={"traits": {"plan": "pro"}}),
        message(914, type="track", event="Paid", userId="ann", context={"traits": {"plan": "pro"}}),
    ]
    load_file(shop, write_lines(tmp_path / "traits.jsonl", calls))
    stored = "select properties ->> 'plan' from ingest.events where message_id ~ '^message-91' order by message_id"
    assert shop.query(stored) == [("pro",), ("pro",), ("free",), (None,)]
