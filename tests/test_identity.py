"""Who is who: links that end and begin again, tokens that tie a device to a thread, and what retention leaves."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import Database
from tests.full_refresh import assert_equals_full_refresh

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

WORKSPACE = UUID(int=1)
START = dt.datetime.now(dt.UTC).replace(hour=9, minute=0, second=0, microsecond=0) - dt.timedelta(days=20)
OLD = START - dt.timedelta(days=730)
PHONE = {"channel_type": "whatsapp", "external_id": "49151"}


def send(database: Database, anonymous_id: str | None, minutes: float, **columns: Any) -> None:
    """One event of a device (None: of the thread), minutes after START or `since`."""
    at = columns.pop("since", START) + dt.timedelta(minutes=minutes)
    values: dict[str, Any] = {"event_type": "pageview"} if anonymous_id else {"event_type": "message", **PHONE}
    values |= {"workspace_id": WORKSPACE, "project_id": WORKSPACE, "occurred_at": at, "anonymous_id": anonymous_id}
    values |= columns
    places = ", ".join(["%s"] * len(values))
    database.execute(f"insert into ingest.events ({', '.join(values)}) values ({places})", *values.values())


def run(database: Database) -> None:
    database.build()


def people(database: Database) -> dict[str, list[str | None]]:
    """By device: whose visits they are, in the order of time."""
    query = "select anonymous_id, array_agg(user_id order by started_at) from analytics.sessions group by 1"
    return dict(database.query(query))


def test_visits_follow_a_link_that_ends_and_begins_again(database: Database) -> None:
    for day in (0.0, 2.0, 4.0):
        send(database, "tablet", day * 1440)
    for day, name in ((0.9, "Anna"), (1.0, "Ann")):
        said = f'{{"name": "{name}"}}'
        send(database, "tablet", day * 1440, event_type="identify", user_id="ann", properties=said)
    run(database)
    assert people(database) == {"tablet": ["ann"] * 5}
    send(database, "tablet", 3 * 1440, event_type="unlink", user_id="ann")
    run(database)
    assert people(database) == {"tablet": [None, "ann", "ann", None, None, None]}
    assert database.query("select user_id, name, total_sessions from analytics.tracked_users") == [("ann", "Ann", 2)]
    send(database, "tablet", 5 * 1440, user_id="ann")
    run(database)
    assert people(database) == {"tablet": ["ann"] * 7}
    since = "select is_active, linked_at, link_source from analytics.identities"
    assert database.query(since) == [(True, START + dt.timedelta(days=5), "login")]
    history = "select traits ->> 'name' from analytics.trait_history where user_id = 'ann' order by told_at"
    assert database.query(history) == [("Anna",), ("Ann",)]


@pytest.mark.parametrize("is_web_first", [True, False])
def test_a_token_ties_visit_and_conversation_in_either_order(database: Database, is_web_first: bool) -> None:
    web, chat = (10, 15) if is_web_first else (15, 10)
    send(database, None, chat, handshake_token="t1", properties='{"sender": "user"}')
    run(database)
    send(database, "laptop", web, event_type="track", event_name="Chat Opened", handshake_token="t1")
    run(database)
    linked = linked_visit(database)
    assert people(database) == {"laptop": [None]}
    send(database, "laptop", web - 5)  # a late event: the visit begins earlier, under another id
    send(database, None, 30, user_id="ann", properties='{"sender": "user"}')
    run(database)
    assert linked_visit(database) != linked
    assert people(database) == {"laptop": ["ann"]}
    assert database.query("select anonymous_id, link_source, linked_at from analytics.identities order by 1") == [
        ("laptop", "handshake", START + dt.timedelta(minutes=15)),
        ("whatsapp:49151", "handshake", START + dt.timedelta(minutes=15)),
    ]


def linked_visit(database: Database) -> str:
    """The visit of the one conversation, which must be there."""
    [(session_id,)] = database.query(
        "select sessions.session_id from analytics.conversations inner join analytics.sessions"
        " on sessions.session_id = linked_session_id where handshake_token = 't1'"
    )
    return str(session_id)


def test_a_thread_gets_the_person_of_the_visit(database: Database) -> None:
    send(database, "laptop", 0, user_id="ann", session_id="s1", handshake_token="t1")
    send(database, None, 5, handshake_token="t1")
    run(database)
    conversation = "select user_id, person_id, linked_session_id from analytics.conversations"
    assert database.query(conversation) == [("ann", "user:ann", "s1")]
    seen = database.query(
        "select first_seen_at, last_seen_at, total_sessions, total_events from analytics.tracked_users"
    )
    assert seen == [(START, START + dt.timedelta(minutes=5), 1, 1)]


def test_a_token_that_was_passed_on_joins_nobody(database: Database) -> None:
    eve = {"channel_type": "whatsapp", "external_id": "666", "event_type": "message", "user_id": "eve"}
    send(database, "ann's", 0, handshake_token="used", session_id="s1")
    send(database, None, 1, handshake_token="used", user_id="ann")
    send(database, None, 2, handshake_token="used", **eve)
    send(database, "eve's", 3, handshake_token="used", session_id="s2")
    send(database, "bob's", 0, user_id="bob", session_id="s3")
    send(database, "bob's", 1440, handshake_token="stolen", session_id="s4")
    send(database, None, 1441, handshake_token="stolen", **eve)
    run(database)
    assert people(database) == {"ann's": ["ann"], "eve's": [None], "bob's": ["bob", "bob"]}
    links = database.query("select anonymous_id, user_id from analytics.identities order by 1, 2")
    assert links == [("ann's", "ann"), ("bob's", "bob"), ("whatsapp:49151", "ann"), ("whatsapp:666", "eve")]
    assert database.query("select user_id, linked_session_id from analytics.conversations order by 1") == [
        ("ann", "s1"),
        ("eve", "s4"),
    ]


def test_retention_keeps_handshakes_and_ended_links(database: Database) -> None:
    send(database, "laptop", 0, since=OLD, session_id="s1", handshake_token="t1")
    send(database, None, 1, since=OLD, user_id="ann", handshake_token="t1")
    send(database, "ended", 0, since=OLD, user_id="bob")
    send(database, "ended", 1, since=OLD, user_id="bob", event_type="unlink")
    run(database)
    tables = ("handshakes", "identities", "conversations", "tracked_users")
    before = {table: rows(database, table) for table in tables}
    database.dbt("run-operation", "apply_retention", "--args", "{apply: true}", "--quiet")
    assert database.query("select count(*) from analytics.sessions") == [(0,)]
    send(database, "laptop", 0)
    send(database, "ended", 0)
    run(database)
    assert people(database) == {"laptop": ["ann"], "ended": [None]}
    after = {table: rows(database, table) for table in tables[:3]}
    assert after == {table: before[table] for table in tables[:3]}
    assert_equals_full_refresh(database)


def rows(database: Database, table: str) -> list[Any]:
    return database.query(f"select to_jsonb(this) - 'updated_at' from analytics.{table} as this order by 1")
