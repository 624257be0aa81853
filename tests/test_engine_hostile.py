"""Whatever a writer may insert directly, the run must neither fail nor differ from a full refresh."""

import datetime as dt
import hashlib
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.conftest import Database
from tests.full_refresh import assert_equals_full_refresh
from tests.streams import ROBOT, Row, Stream, add_project

WORKSPACE, PROJECT = UUID(int=1), UUID(int=2)
LONG = "".join(hashlib.sha512(bytes([number])).hexdigest() for number in range(100))
"""12,800 characters that do not compress: no index takes them."""
OWN_SESSION = "auto-" + hashlib.md5(b"victim|1772359200.000000").hexdigest()
"""The session id that Radar gives the victim's visit."""

ROWS: list[Row] = [
    {"received_at": "infinity", "occurred_at": "infinity"},
    {"received_at": "-infinity"},
    {"received_at": "294276-12-31 23:59+00"},
    {"received_at": "4713-01-01 BC"},
    {"occurred_at": "4713-01-01 BC", "received_at": "4713-01-01 BC"},
    {"occurred_at": "294276-12-31 23:59+00", "received_at": "infinity"},
    {"occurred_at": "150000-01-01", "received_at": "infinity"},
    {"occurred_at": "1970-01-02", "session_id": "a life", "event_type": "pageview"},
    {"occurred_at": "2090-01-02", "received_at": "infinity", "session_id": "a life", "event_type": "pageview"},
    {"anonymous_id": LONG}, {"user_id": LONG}, {"session_id": LONG}, {"message_id": "ü" * 1300},
    {"anonymous_id": "é" * 256, "user_id": "é" * 256, "session_id": "é" * 256, "event_type": "pageview"},
    {"page_url": f"https://x.example/{LONG}", "event_type": "pageview"},
    {"page_url": "\U0001f600" * 3000, "event_type": "pageview"},
    {"event_name": LONG, "event_type": LONG, "user_agent": LONG, "utm_source": LONG, "page_referrer": f"https://{LONG}/"},
    {"anonymous_id": "victim"}, {"session_id": OWN_SESSION}, {"session_id": "auto-x", "anonymous_id": "other"},
    {"page_url": "https://x/?utm_source=%FF%00%zz%c3&utm_medium=%", "page_referrer": "http://[::", "event_type": "pageview"},
    {"page_url": "?#", "page_referrer": "//", "event_type": "pageview"},
    dict.fromkeys(["message_id", "event_type", "event_name", "page_url", "page_path", "page_referrer", "bot_class"], ""),
    {"event_type": "scroll", "properties": Jsonb({"scroll_percentage": "٣٣"})},
    {"event_type": "scroll", "properties": Jsonb({"scroll_percentage": "999999"})},
    {"screen_width": -(2**31), "device_pixel_ratio": "NaN", "load_time_ms": 2**31 - 1},
    {"project_id": UUID(int=404)},
    {"user_id": "x", "anonymous_id": "user:x", "event_type": "identify", "properties": Jsonb([1])},
    {"user_agent": ROBOT, "bot_class": "human"},
    {"page_path": "/a\\", "event_type": "pageview"},
    *[{"event_type": "batch", "properties": Jsonb(properties)} for properties in [
        [], 3, None, {"events": {"a": 1}}, {"events": ["a", 1, None, [], {}]},
        {"events": [{"message_id": "", "properties": None}, {"properties": [1]}, {"message_id": LONG, "page_url": LONG}]},
        {"events": [{"occurred_at": time} for time in ["2026-02-31T00:00:00Z", 5, "1000-01-01T00:00Z", "9999-12-31T23:59:59Z", "infinity"]]},
        {"events": [{"message_id": "same", "event_type": kind} for kind in ["click", "pageview", "track"]]},
        {"events": [{"event_type": {"a": 1}, "event_name": 7, "occurred_at": {}}]},
    ]],
]  # fmt: skip
GOALS: list[tuple[str, Any]] = [
    ("pageview", {"page_path": "%"}), ("pageview", {"page_path": "/a\\\\"}), ("event", {"event_name": LONG[:2000]}),
    ("custom", {"properties": {LONG: {"exists": True, ">": 9}, "a.b..c": "x"}}), ("duration", {"seconds": 86400}),
]  # fmt: skip


@pytest.fixture
def hostile_database(database: Database) -> Database:
    add_project(database, Stream(0, WORKSPACE, PROJECT, "Europe/Berlin"))
    return database


def test_nothing_that_the_table_takes_stops_a_run(hostile_database: Database) -> None:
    with hostile_database.connect() as connection:
        for kind, conditions in GOALS:
            connection.execute(
                "insert into ingest.goals (workspace_id, project_id, name, goal_type, conditions) values (%s, %s, 'x', %s, %s)",
                [WORKSPACE, PROJECT, kind, Jsonb(conditions)],
            )
        for row in ROWS:
            store(connection, row)
    hostile_database.build()
    with hostile_database.connect() as connection:
        for row in ROWS:
            store(connection, {"message_id": f"again {ROWS.index(row)}"} | row | {"event_name": "again"})
    hostile_database.build()
    assert_equals_full_refresh(hostile_database)
    read_everything(hostile_database)


def test_every_row_is_a_session_event_a_copy_or_rejected_with_a_reason(hostile_database: Database) -> None:
    with hostile_database.connect() as connection:
        for row in ROWS:
            store(connection, row)
    hostile_database.build()
    lost = hostile_database.query(
        "select message_id, event_type, occurred_at::text from staging.stg_events as raw where rejection_reason is null"
        " and is_bot is not true"
        " and not exists (select from analytics.session_events as known where known.event_id = raw.event_id)"
    )
    assert lost == []
    reasons = dict(hostile_database.query("select rejection_reason, count(*) from staging.stg_events group by 1"))
    assert reasons.keys() == {None, "invalid", "no_time", "future"}
    assert hostile_database.query(
        "select count(*) from staging.stg_events where is_accepted is distinct from (rejection_reason is null)"
    ) == [(0,)]


def test_a_client_cannot_name_another_visitors_session(hostile_database: Database) -> None:
    with hostile_database.connect() as connection:
        store(connection, {"anonymous_id": "victim"})
        store(connection, {"anonymous_id": "attacker", "session_id": OWN_SESSION})
    hostile_database.build()
    sessions = hostile_database.query("select anonymous_id, session_id from analytics.sessions order by 1")
    assert sessions == [("attacker", f"client-{OWN_SESSION}"), ("victim", OWN_SESSION)]


def store(connection: psycopg.Connection, row: Row) -> None:
    """One event, ordinary in all that `row` does not say."""
    values: Row = {
        "workspace_id": WORKSPACE, "project_id": PROJECT, "anonymous_id": "visitor",
        "occurred_at": dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC), **row,
    }  # fmt: skip
    names = ", ".join(values)
    places = ", ".join(["%s"] * len(values))
    connection.execute(
        f"insert into ingest.events ({names}) values ({places}) on conflict do nothing", list(values.values())
    )


def read_everything(database: Database) -> None:
    """Views fail when they are read, not when they are made."""
    with database.connect() as connection:
        found = connection.execute(
            "select oid::regclass::text from pg_class where relkind in ('r', 'v')"
            " and relnamespace in ('analytics'::regnamespace, 'staging'::regnamespace)"
        ).fetchall()
        for (relation,) in found:
            connection.execute(f"select count(relation::text) from {relation} as relation")
