"""ingest.track: the rules of `radar load` for any client that may execute one function, and bot classes in SQL."""

import datetime as dt
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from radar.load.bots import CLASSES, HUMAN, bot_class, patterns, sql_macro
from radar.load.messages import unpack
from radar.settings import ROOT
from tests.conftest import Database
from tests.loading import CHROME, GOOGLEBOT, KEY, REJECTED, events, load_file, make_project, message, write_lines

AGENT_PARSER = ("device_type", "os_name", "os_version", "browser_name", "browser_version")


@pytest.fixture
def shop(database: Database) -> Database:
    make_project(database)
    return database


def track(database: Database, batch: Any, key: str = KEY, **arguments: Any) -> dict[str, int]:
    names = "".join(f", {name} => %({name})s" for name in arguments)
    query = f"select ingest.track(%(key)s, %(batch)s::jsonb{names})"
    with database.connect() as connection:
        parameters = {"key": key, "batch": json.dumps(batch), **arguments}
        counts: dict[str, int] = connection.execute(query, parameters).fetchall()[0][0]
    return counts


def counts(accepted: int = 0, duplicate: int = 0, rejected: int = 0) -> dict[str, int]:
    return {"accepted": accepted, "duplicate": duplicate, "rejected": rejected}


UNREADABLE = [
    # Of one message: its text, and what then becomes of the three of the call.
    ('{"type": "track", "anonymousId": "z", "event": "a\\u0000b"}', counts(accepted=3)),
    ('{"type": "track", "anonymousId": "z", "event": "a\\ud800b"}', counts(accepted=3)),
    ('{"type": "track", "anonymousId": "z", "event": "a\\udc00b"}', counts(accepted=3)),
    ('{"type": "track", "anonymousId": "z", "event": "ab", "properties": {"n": 1e400000}}', counts(2, 0, 1)),
    ('{"type": "track", "anonymousId": "z", "event": "ab", "properties": 7}', counts(2, 0, 1)),
    ('{"anonymousId": "z", "context": {"x": ' + "[" * 5_000 + "]" * 5_000 + "}}", counts(accepted=3)),
]


def test_a_message_that_cannot_be_read_does_not_take_the_others_with_it(shop: Database) -> None:
    good = '{"type": "page", "anonymousId": "a"}'
    for form in ("[%s]", '{"batch": [%s], "context": {"locale": "de"}}'):
        for bad, became in UNREADABLE:
            sent = form % ", ".join([good, bad, good])
            assert shop.query("select ingest.track(%s, %s)", KEY, sent) == [(became,)], bad[:80]
    names = "select distinct event_name from ingest.events where event_type = 'track' and event_name is not null"
    assert shop.query(names) == [("ab",)]
    for body in ("", "no JSON", "[" * 100_000):
        assert shop.query("select ingest.track(%s, %s)", KEY, body) == [(counts(rejected=1),)]
    reasons = "select reason, count(*) from ingest.rejected_events group by 1 order by 1"
    assert shop.query(reasons) == [("invalid", 2), ("unparsable", 4)]


SAME = [
    message(1),
    message(2, type="track", event="click", properties={"n": 1.50, "session_id": "s"}),
    message(3, type="identify", userId="u", traits={"email": "a@b.example"}),
    message(4, timestamp="2026-05-04T12:00:00.5+02:00", context={"userAgent": GOOGLEBOT, "ip": "2001:db8::1"}),
    message(5, context={"page": {"path": "/only"}, "ip": "unknown"}),
    {
        "batch": [{"messageId": "6", "userId": "u", "timestamp": "2026-05-04T12:00:00Z"}, message(7), 5],
        "context": {"locale": "de"},
    },
    message(8, anonymousId=None),
    message(9, timestamp="tomorrow"),
    message(10, properties={"text": "x" * 33_000}),
    message(11, anonymousId=None, context={"channelType": "whatsapp", "externalId": "491"}),
    message(12, anonymousId=None, context={"channelType": "web", "externalId": "491"}),
    message(13, anonymousId=None, context={"channelType": "whatsapp", "externalId": ""}),
    message(1),
]


@pytest.mark.any_server
def test_the_same_messages_give_the_same_rows_as_a_file(new_database: Any, tmp_path: Path) -> None:
    tracked, loaded = new_database(), new_database()
    make_project(tracked)
    make_project(loaded)
    assert track(tracked, SAME) == counts(accepted=8, duplicate=1, rejected=6)
    from_file = load_file(loaded, write_lines(tmp_path / "a.jsonl", SAME))
    assert (from_file.accepted, from_file.duplicate, from_file.rejected.total()) == (8, 1, 6)
    assert tracked.query(REJECTED) == loaded.query(REJECTED)
    rows = events(loaded)
    assert [row["browser_name"] for row in rows if row["user_agent"]] != [None] * 5
    for row in rows:
        row.update(dict.fromkeys(AGENT_PARSER))
    assert events(tracked) == rows


@pytest.mark.parametrize("batch", [message(1), [message(1)], {"batch": [message(1)]}, [{"batch": [message(1)]}]])
def test_one_message_in_each_form(shop: Database, batch: Any) -> None:
    assert track(shop, batch) == counts(accepted=1)
    assert track(shop, batch) == counts(duplicate=1)


def test_what_the_call_says_fills_what_messages_leave_out(shop: Database) -> None:
    plain = {"anonymousId": "a"}
    track(shop, [plain, plain | {"context": {"userAgent": CHROME}}], user_agent=GOOGLEBOT, ip_address="198.51.100.7")
    rows = sorted(events(shop), key=lambda row: row["bot_class"])
    assert [(row["bot_class"], row["user_agent"], row["ip_address"]) for row in rows] == [
        ("human", CHROME, "198.51.100.0/24"),
        ("search_engine", GOOGLEBOT, "198.51.100.0/24"),
    ]
    assert shop.query("select count(*) from ingest.events where occurred_at = received_at") == [(2,)]


CLOCKS: list[tuple[dict[str, float | str], float | None]] = [
    ({"timestamp": -2}, -2),
    ({"timestamp": -2, "sentAt": -1}, -1),
    ({"originalTimestamp": -2, "sentAt": -1}, -1),
    ({"timestamp": 48, "sentAt": 50}, -2),
    ({"timestamp": -90_000, "sentAt": -89_999}, -1),
    ({"timestamp": -90_000, "sentAt": 0}, -90_000),
    ({"timestamp": -5, "originalTimestamp": 43, "sentAt": 44}, -5),
    ({"sentAt": 48}, 0),
    ({"timestamp": -3, "sentAt": "", "originalTimestamp": ""}, -3),
    ({"timestamp": -3, "sentAt": "soon"}, -3),
    ({}, 0),
    ({"timestamp": 48}, None),
    ({"timestamp": 48, "sentAt": 0}, None),
]
"""Times of a message, in hours from now, and hours from its receipt to when it happened; None: it is yet to happen."""


@pytest.mark.any_server
def test_the_difference_of_two_times_by_one_clock_is_true(new_database: Any, tmp_path: Path) -> None:
    """Segment's rule, with the time of the call for a receiver's clock, or with what a file says of it."""
    now = dt.datetime.now(dt.UTC)

    def written(time: float | str) -> str:
        return time if isinstance(time, str) else (now + dt.timedelta(hours=time)).isoformat()

    messages = [
        {"anonymousId": "a", "messageId": str(number)} | {name: written(time) for name, time in times.items()}
        for number, (times, _) in enumerate(CLOCKS)
    ]
    expected = [hours for _, hours in CLOCKS]
    tracked, loaded = new_database(), new_database()
    for database in (tracked, loaded):
        make_project(database)
    track(tracked, messages)
    load_file(loaded, write_lines(tmp_path / "a.jsonl", [sent | {"receivedAt": written(0)} for sent in messages]))
    hours = """
        select round(extract(epoch from occurred_at - received_at) / 3600, 1) from ingest.events
        right join generate_series(0, %s) as number on message_id = number::text order by number"""
    for database in (tracked, loaded):
        assert [row and float(row) for (row,) in database.query(hours, len(messages) - 1)] == expected
        assert database.query(REJECTED) == [("future", 2)]
    again = load_file(loaded, tmp_path / "a.jsonl")
    assert (again.accepted, again.duplicate) == (0, len(messages) - 2)


def test_a_file_without_a_receivers_clock_keeps_the_senders_times(shop: Database, tmp_path: Path) -> None:
    load_file(shop, write_lines(tmp_path / "a.jsonl", [message(1, sentAt="2026-05-04T14:00:00Z")]))
    assert shop.query("select occurred_at::text from ingest.events") == [("2026-05-04 12:00:01+00",)]


def test_times_are_numbers_too(shop: Database) -> None:
    times = [1_614_592_800, 1_614_592_800_000, "1614592800123", "2021-03-01 10:00:00 UTC", "now", "01/02/2026", True]
    sent = [message(number, timestamp=time) for number, time in enumerate(times)]
    assert track(shop, sent) == counts(accepted=4, rejected=3)
    assert shop.query("select distinct date_trunc('second', occurred_at)::text from ingest.events") == [
        ("2021-03-01 10:00:00+00",)
    ]
    ((detail,),) = shop.query("select distinct detail from ingest.rejected_events")
    assert "ISO 8601" in detail


def test_a_wrong_key_is_refused_and_kept_once(shop: Database) -> None:
    for _ in range(2):
        assert track(shop, [message(1), message(2)], key="wk_wrong") == counts(rejected=2)
    kept = shop.query("select workspace_id, reason, detail, payload like '[%%message-1%%' from ingest.rejected_events")
    assert kept == [(None, "unknown_project", "2 messages", True)]
    assert events(shop) == []


@pytest.mark.parametrize("batch", [[message(number) for number in range(501)], message(1, traits="x" * 600_000)])
def test_a_call_that_is_too_large_is_refused(shop: Database, batch: Any) -> None:
    number = len(batch) if isinstance(batch, list) else 1
    assert track(shop, batch) == counts(rejected=number)
    assert shop.query("select reason, length(payload) from ingest.rejected_events") == [("too_large", 8192)]


@pytest.mark.parametrize(
    ("origin", "is_allowed"),
    [
        ("https://shop.example", True),
        ("https://SHOP.example/", True),
        ("https://evil.example", False),
        ("https://shop.example.evil.example", False),
        (None, False),
    ],
)
def test_origins_are_honoured(shop: Database, origin: str | None, is_allowed: bool) -> None:
    shop.execute("update ingest.projects set allowed_origins = '{https://other.example,https://shop.example}'")
    assert track(shop, message(1), origin=origin) == counts(accepted=is_allowed, rejected=not is_allowed)
    assert shop.query("select reason from ingest.rejected_events") == [("origin_not_allowed",)] * (not is_allowed)


def test_the_browsers_own_header_wins_over_the_argument(shop: Database) -> None:
    shop.execute("update ingest.projects set allowed_origins = '{https://shop.example}'")
    with shop.connect(autocommit=False) as connection:
        connection.execute("""select set_config('request.headers', '{"origin": "https://evil.example"}', true)""")
        query = "select ingest.track('wk_shop', '{}', origin => 'https://shop.example')"
        assert connection.execute(query).fetchall() == [(counts(rejected=1),)]


def test_what_the_table_refuses_does_not_take_the_others_with_it(shop: Database) -> None:
    shop.execute("alter table ingest.events add constraint ours check (event_name <> 'bad')")
    assert track(shop, [message(1), message(2, name="bad"), message(3)]) == counts(accepted=2, rejected=1)
    assert shop.query("select reason, detail like '%%ours%%' from ingest.rejected_events") == [("invalid", True)]


@pytest.fixture
def stranger(shop: Database) -> Iterator[psycopg.Connection]:
    """A client that may execute the function and nothing else."""
    with shop.connect() as connection:
        connection.execute("create role radar_stranger")
        connection.execute("grant usage on schema ingest to radar_stranger")
        connection.execute("grant execute on function ingest.track(text, text, text, text, inet) to radar_stranger")
        connection.execute("set role radar_stranger")
        yield connection
        connection.execute("reset role")
        connection.execute("drop owned by radar_stranger")
        connection.execute("drop role radar_stranger")


def test_the_right_to_execute_is_enough(shop: Database, stranger: psycopg.Connection) -> None:
    stranger.execute("""select ingest.track('wk_shop', '{"anonymousId": "a", "type": "page"}')""")
    assert [row["event_type"] for row in events(shop)] == ["pageview"]
    for statement in (
        "select from ingest.events",
        "select radar.store_messages('[]', 'x', null, null, null, null, null, true, null)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            stranger.execute(statement)


def test_nobody_may_execute_it_unasked(shop: Database) -> None:
    public = """
        select proname from pg_proc where pronamespace in ('ingest'::regnamespace, 'radar'::regnamespace)
        and exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0)"""
    assert shop.query(public) == []


def test_its_search_path_cannot_be_changed_by_the_caller(shop: Database) -> None:
    unsafe = """
        select proname from pg_proc where pronamespace = 'ingest'::regnamespace and prosecdef
        and not 'search_path=pg_catalog, pg_temp' = any (proconfig)"""
    assert shop.query(unsafe) == []
    assert shop.query("select distinct prosecdef from pg_proc where proname = 'track'") == [(True,)]


names = st.sampled_from(
    [
        "type",
        "event",
        "messageId",
        "anonymousId",
        "userId",
        "timestamp",
        "sentAt",
        "context",
        "page",
        "url",
        "ip",
        "screen",
        "width",
        "batch",
        "properties",
    ]
)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda part: st.lists(part, max_size=4) | st.dictionaries(names | texts, part, max_size=6),
    max_leaves=20,
)
times = st.datetimes().map(str)
required = {"anonymousId": anything, "context": st.dictionaries(names, anything)}
optional = {
    "type": anything,
    "timestamp": anything | times,
    "messageId": anything,
    "properties": anything,
    "sentAt": times,
    "originalTimestamp": times,
}
messages = st.lists(st.fixed_dictionaries(required, optional=optional), max_size=4)


@pytest.fixture(scope="module")
def any_database(template_database: Database, server: Any) -> Database:
    """One copy for all examples of a property."""
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute("create database radar_any_messages template radar_template")
    database = Database(psycopg.conninfo.make_conninfo(server.dsn, dbname="radar_any_messages"))
    make_project(database)
    return database


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=anything | messages)
def test_no_json_raises_and_every_message_is_counted(any_database: Database, batch: Any) -> None:
    assert sum(track(any_database, batch).values()) == len(list(unpack(batch)))


# --- bot classes ---


def test_the_sql_function_is_generated_from_the_list() -> None:
    written = (ROOT / "macros/functions/bot_class.sql").read_text()
    assert written == sql_macro(), "run `python -m radar.load.bots > macros/functions/bot_class.sql`"


@pytest.mark.any_server
def test_python_and_sql_agree_on_every_bot_of_the_list(shop: Database) -> None:
    agents = sorted({agent for crawler in CRAWLER_USER_AGENTS_DATA for agent in crawler["instances"]})
    in_sql = dict(shop.query("select agent, radar.bot_class(agent) from unnest(%s::text[]) as agents (agent)", agents))
    assert in_sql == {agent: bot_class(agent) for agent in agents}
    assert set(in_sql.values()) <= set(CLASSES), "an instance of the list is taken for a person"


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (None, HUMAN),
        ("", HUMAN),
        (CHROME, HUMAN),
        (CHROME + " CUBOT_X18", HUMAN),  # a phone's name
        (GOOGLEBOT, "search_engine"),
        ("Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)", "ai_crawler"),
        ("curl/8.5.0", "http_library"),
        ("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "seo"),
        ("facebookexternalhit/1.1", "social_preview"),
        ("Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/126.0 Safari/537.36", "browser_automation"),
    ],
)
def test_bot_classes(shop: Database, agent: str | None, expected: str) -> None:
    assert bot_class(agent) == expected
    assert shop.query("select radar.bot_class(%s)", agent) == [(expected,)]


def test_a_bot_class_costs_less_than_comparing_with_every_pattern(shop: Database) -> None:
    plain = [f"%{text}%" for name in CLASSES for text in patterns(name)[0]]
    agents = "from (select %s || number as agent from generate_series(1, 1000) as numbers (number)) as agents"
    fastest = {"radar.bot_class(agent)": 60.0, "agent like any (%s)": 60.0}
    for _ in range(5):  # in turns, and the fastest of each: other programs share the machine
        for expression, before in fastest.items():
            start = time.perf_counter()
            parameters = [plain, CHROME] if "%s" in expression else [CHROME]
            shop.query(f"select count({expression}) {agents}", *parameters)
            fastest[expression] = min(before, time.perf_counter() - start)
    assert fastest["radar.bot_class(agent)"] < fastest["agent like any (%s)"]
