"""`radar load`: what files become, that nothing is lost or counted twice, and that memory stays flat."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from radar.load.agents import describe
from radar.load.errors import LoadError
from radar.load.identity import Occurrences
from radar.load.loader import Request, load
from tests.conftest import Database
from tests.loading import CHROME, GOOGLEBOT, REJECTED, events, load_file, make_project, message, opened, write_lines


@pytest.fixture
def shop(database: Database) -> Database:
    make_project(database)
    return database


# --- Segment messages ---


@pytest.mark.any_server
def test_a_page_call_fills_the_columns(shop: Database, tmp_path: Path) -> None:
    context = {
        "page": {"url": "https://shop.example/a?b", "title": "A", "referrer": "https://www.google.com/"},
        "userAgent": CHROME,
        "locale": "de-DE",
        "timezone": "Europe/Berlin",
        "screen": {"width": 1920, "height": 1080, "innerWidth": 1200, "innerHeight": 800, "density": 1.5},
        "campaign": {"source": "news", "medium": "email", "name": "spring", "content": "top", "term": "shoes"},
        "library": {"name": "analytics.js", "version": "2.11"},
        "location": {"country": "de", "city": "Kiel"},
        "sessionId": "s1",
        "ip": "203.0.113.77",
    }
    sent = message(
        context=context, name="Product", category="Shop", properties={"url": "x", "sku": 7, "load_time_ms": 90}
    )
    load_file(shop, write_lines(tmp_path / "a.jsonl", [sent]))
    (row,) = events(shop)
    assert {name: value for name, value in row.items() if value is not None} == {
        "workspace_id": "11111111-1111-1111-1111-111111111111",
        "project_id": "22222222-2222-2222-2222-222222222222",
        "message_id": "message-0",
        "event_id": row["event_id"],
        "occurred_at": "2026-05-04T12:00:00+00:00",
        "event_type": "pageview",
        "event_name": "Product",
        "event_category": "Shop",
        "anonymous_id": "visitor-0",
        "session_id": "s1",
        "channel_type": "web",
        "page_url": "https://shop.example/a?b",
        "page_path": "/a",
        "page_title": "A",
        "page_referrer": "https://www.google.com/",
        "utm_source": "news",
        "utm_medium": "email",
        "utm_campaign": "spring",
        "utm_content": "top",
        "utm_term": "shoes",
        "user_agent": CHROME,
        "bot_class": "human",
        "device_type": "desktop",
        "os_name": "Windows",
        "os_version": "10",
        "browser_name": "Chrome",
        "browser_version": "126.0.0",
        "browser_language": "de-DE",
        "timezone": "Europe/Berlin",
        "screen_width": 1920,
        "screen_height": 1080,
        "viewport_width": 1200,
        "viewport_height": 800,
        "device_pixel_ratio": 1.5,
        "ip_address": "203.0.113.0/24",
        "country_code": "DE",
        "city": "Kiel",
        "load_time_ms": 90,
        "properties": {"sku": 7},
        "sdk_version": "analytics.js 2.11",
    }


@pytest.mark.parametrize(
    ("sent", "event_type", "event_name", "properties"),
    [
        ({"type": "track", "event": "Order Completed", "properties": {"a": 1}}, "track", "Order Completed", {"a": 1}),
        ({"type": "track", "event": "heartbeat"}, "heartbeat", "heartbeat", {}),
        ({"type": "screen", "name": "Home"}, "screen", "Home", {}),
        ({"type": "identify", "userId": "u", "traits": {"plan": "pro"}}, "identify", None, {"plan": "pro"}),
        ({"type": "alias", "userId": "u", "previousId": "a"}, "alias", None, {"previousId": "a"}),
        ({"type": "group", "groupId": "g", "traits": {"n": 1}}, "group", None, {"n": 1, "groupId": "g"}),
        ({"type": "video_played"}, "video_played", None, {}),
        ({"type": None, "event": "Untyped"}, "track", "Untyped", {}),
    ],
)
def test_kinds_of_messages(
    shop: Database, tmp_path: Path, sent: dict[str, Any], event_type: str, event_name: str | None, properties: Any
) -> None:
    load_file(shop, write_lines(tmp_path / "a.jsonl", [message(**sent)]))
    (row,) = events(shop)
    assert (row["event_type"], row["event_name"], row["properties"]) == (event_type, event_name, properties)


def test_a_batch_line_is_as_many_rows(shop: Database, tmp_path: Path) -> None:
    first = {name: value for name, value in message(1).items() if name != "context"}
    batch = {
        "batch": [first, message(2)],
        "context": {"locale": "fr"},
        "sentAt": "2026-05-04T12:00:00Z",
    }
    counts = load_file(shop, write_lines(tmp_path / "a.jsonl", [batch, [message(3), message(4)]]))
    assert (counts.read, counts.accepted) == (4, 4)
    assert [row["browser_language"] for row in events(shop)] == ["fr", None, None, None]


@pytest.mark.any_server
def test_time_is_the_senders(shop: Database, tmp_path: Path) -> None:
    def at(**times: str) -> dict[str, Any]:
        return message(len(lines), timestamp=None) | times

    lines: list[Any] = []
    lines.append(at(timestamp="2026-05-04T14:00:00.250+02:00", sentAt="2020-01-01T00:00:00Z"))
    lines.append(
        at(originalTimestamp="2026-05-04T10:00:00Z", sentAt="2026-05-04T10:01:00Z", receivedAt="2026-05-04T12:01:00Z")
    )
    lines.append(at(originalTimestamp="2026-05-04T10:00:00Z", sentAt="2026-05-04T10:01:00Z"))
    lines.append(at(sentAt="2026-05-04T12:00:03"))
    lines.append(at(receivedAt="2026-02-28T12:00:00Z"))
    load_file(shop, write_lines(tmp_path / "a.jsonl", lines))
    assert [row["occurred_at"] for row in events(shop)] == [
        "2026-05-04T12:00:00.25+00:00",
        "2026-05-04T12:00:00+00:00",
        "2026-05-04T10:00:00+00:00",
        "2026-05-04T12:00:03+00:00",
        "2026-02-28T12:00:00+00:00",
    ]


def future(**ahead: float) -> str:
    return (dt.datetime.now(dt.UTC) + dt.timedelta(**ahead)).isoformat()


BAD_LINES: list[tuple[Any, str]] = [
    (b'{"type": "page"', "unparsable"),
    (b"\xff\xfe", "unparsable"),
    (b'{"type": "page", "name": "\\ud800"}', "unparsable"),
    (5, "invalid"),
    (message(1, anonymousId=""), "no_id"),
    (message(2, timestamp=None), "no_time"),
    (message(3, timestamp="yesterday"), "invalid"),
    (message(4, timestamp="2026-02-30T00:00:00Z"), "invalid"),
    (message(5, timestamp=future(hours=25)), "future"),
    (message(6, properties={"text": "x" * 33_000}), "too_large"),
    (b'"' + b"x" * 600_000 + b'"', "too_large"),
    (message(7, messageId="x" * 600), "invalid"),
    (message(8, userId={"id": 1}), "invalid"),
    (message(9, properties=[1]), "invalid"),
    (message(10, context={"screen": {"width": 10**12}}), "invalid"),
    (message(11, context={"screen": {"width": "wide"}}), "invalid"),
    (
        b'{"type":"track","anonymousId":"a","timestamp":"2026-05-04T12:00:00Z","properties":{"n":1e200000}}',
        "unparsable",
    ),
]


@pytest.mark.any_server
def test_rejected_rows_are_kept_with_the_reason(shop: Database, tmp_path: Path) -> None:
    good = [message(20), message(21, timestamp=future(hours=23)), message(22, event="a\0b", type="track")]
    file = write_lines(tmp_path / "a.jsonl", [line for line, _ in BAD_LINES] + [b"", b"  "] + good)
    counts = load_file(shop, file)
    reasons = [reason for _, reason in BAD_LINES]
    assert (counts.read, counts.accepted, counts.duplicate) == (len(BAD_LINES) + 3, 3, 0)
    assert counts.rejected == {reason: reasons.count(reason) for reason in reasons}
    assert dict(shop.query(REJECTED)) == counts.rejected
    assert [row["event_name"] for row in events(shop)][-1] == "ab"
    kept = dict(shop.query("select source, payload from ingest.rejected_events"))
    assert kept["a.jsonl:1"] == '{"type": "page"'
    assert all(len(payload) <= 8192 for payload in kept.values())
    again = load_file(shop, file)
    assert (again.accepted, again.duplicate, again.rejected) == (0, 3, counts.rejected)
    assert dict(shop.query(REJECTED)) == counts.rejected


def test_what_the_table_refuses_is_rejected_alone(shop: Database, tmp_path: Path) -> None:
    shop.execute("alter table ingest.events add constraint ours check (event_name <> 'bad')")
    lines = [message(number, name="bad" if number in (3, 70) else "good") for number in range(100)]
    counts = load_file(shop, write_lines(tmp_path / "a.jsonl", [*lines, b"{"]))
    assert (counts.read, counts.accepted, counts.rejected) == (101, 98, {"invalid": 2, "unparsable": 1})
    assert shop.query("select source from ingest.rejected_events where detail like '%%ours%%' order by 1") == [
        ("a.jsonl:4",),
        ("a.jsonl:71",),
    ]


def test_without_a_project_each_message_names_its_own(shop: Database, tmp_path: Path) -> None:
    lines = [
        message(1, writeKey="wk_shop"),
        message(2, writeKey="wk_other"),
        message(3),
        {"batch": [message(4)], "writeKey": "wk_shop"},
    ]
    counts = load_file(shop, write_lines(tmp_path / "a.jsonl", lines), project=None)
    assert (counts.accepted, counts.rejected) == (2, {"unknown_project": 2})


@pytest.mark.any_server
def test_the_same_file_twice_adds_nothing(shop: Database, tmp_path: Path) -> None:
    without_id = message(3) | {"messageId": None}
    file = write_lines(
        tmp_path / "a.jsonl.gz", [message(1), message(2), message(2), without_id, without_id], is_gzipped=True
    )
    first = load_file(shop, file)
    assert (first.accepted, first.duplicate) == (4, 1)
    stored = events(shop)
    second = load_file(shop, file)
    assert (second.read, second.accepted, second.duplicate) == (5, 0, 5)
    assert events(shop) == stored


def test_months_get_partitions_and_strange_dates_do_not(shop: Database, tmp_path: Path) -> None:
    lines = [message(1, timestamp="2019-03-04T00:00:00Z"), message(2, timestamp="1021-03-04T00:00:00Z")]
    assert load_file(shop, write_lines(tmp_path / "a.jsonl", lines)).accepted == 2
    places = shop.query("select tableoid::regclass::text from ingest.events order by occurred_at")
    assert [place for (place,) in places] == ["ingest.events_default", "ingest.events_p2019_03"]


# --- access logs ---

LOG = (
    '198.51.100.23 - - [26/Jan/2019:19:45:25 +0330] "GET {target} HTTP/1.1" {status} 30975'
    ' "https://www.google.com/" "' + CHROME + '" "198.51.100.99"'
)


@pytest.mark.any_server
def test_a_log_line_becomes_a_pageview_or_a_request(shop: Database, tmp_path: Path) -> None:
    targets = [("/", 200), ("/a/b.html?c=1", 304), ("/a.png", 200), ("/image/7", 200), ("/gone", 404), ("/feed/", 200)]
    lines = [LOG.format(target=target, status=status).encode() for target, status in targets]
    counts = load_file(shop, write_lines(tmp_path / "access.log", [*lines, b"198.51.100.23 nonsense"]))
    assert (counts.accepted, counts.rejected) == (6, {"unparsable": 1})
    rows = {row["page_url"].removeprefix("https://shop.example"): row for row in events(shop)}
    assert [rows[target]["event_type"] for target, _ in targets] == ["pageview"] * 2 + ["request"] * 4
    row = rows["/a/b.html?c=1"]
    assert (row["page_path"], row["page_referrer"]) == ("/a/b.html", "https://www.google.com/")
    assert (row["occurred_at"], row["ip_address"]) == ("2019-01-26T16:15:25+00:00", "198.51.100.0/24")
    assert row["properties"] == {"method": "GET", "status": 304, "bytes": 30975}


def test_no_full_address_is_stored_unless_asked(shop: Database, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "access.log", [LOG.format(target="/", status=200).encode()])
    load_file(shop, file)
    assert "198.51.100.23" not in str(events(shop))
    assert "198.51.100.99" not in str(events(shop))
    shop.execute("truncate ingest.events")
    load_file(shop, file, keep_address=True)
    assert events(shop)[0]["ip_address"] == "198.51.100.23"


def test_two_equal_log_lines_are_two_events(shop: Database, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "access.log", [LOG.format(target="/", status=200).encode()] * 2)
    assert load_file(shop, file).accepted == 2
    assert load_file(shop, file).duplicate == 2


# --- tables ---

CSV = f"""when,visitor,page_url,user_agent,ip_address,plan,screen_width
2026-05-04T12:00:00Z,v1,https://shop.example/,{CHROME.replace(",", "")},203.0.113.9,pro,1200
2026-05-04 12:00:01,v2,"https://shop.example/a
b",{GOOGLEBOT},2001:db8:1:2::3,,
2026-05-04T12:00:02Z,v3,,,,,wide
,v4,,,,,
2026-05-04T12:00:04Z,,,,,,
2026-05-04T12:00:05Z,v5
2999-05-04T12:00:05Z,v6,,,,,
"""
MAPPING = {"when": "occurred_at", "visitor": "anonymous_id"}


@pytest.mark.any_server
def test_csv_with_a_mapping(shop: Database, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    counts = load_file(shop, tmp_path / "a.csv", mapping=MAPPING)
    assert (counts.read, counts.accepted) == (7, 2)
    assert counts.rejected == {"invalid": 2, "no_time": 1, "no_id": 1, "future": 1} == dict(shop.query(REJECTED))
    by_visitor = {row["anonymous_id"]: row for row in events(shop)}
    assert (by_visitor["v1"]["properties"], by_visitor["v1"]["screen_width"]) == ({"plan": "pro"}, 1200)
    assert (by_visitor["v1"]["bot_class"], by_visitor["v2"]["bot_class"]) == ("human", "search_engine")
    assert by_visitor["v2"]["page_url"] == "https://shop.example/a\nb"
    assert [by_visitor[name]["ip_address"] for name in ("v1", "v2")] == ["203.0.113.0/24", "2001:db8:1::/48"]
    (detail,) = shop.query("select detail from ingest.rejected_events where payload like '%%wide%%'")
    assert "wide" in detail[0]
    again = load_file(shop, tmp_path / "a.csv", mapping=MAPPING)
    assert (again.accepted, again.duplicate, again.rejected) == (0, 2, counts.rejected)
    assert dict(shop.query(REJECTED)) == counts.rejected


def test_a_conversation_names_its_person_by_the_id_on_the_channel(shop: Database, tmp_path: Path) -> None:
    lines = [
        "occurred_at,channel_type,external_id",
        "2026-05-04,whatsapp,491",
        "2026-05-04,web,491",
        "2026-05-04,whatsapp,",
    ]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    counts = load_file(shop, tmp_path / "a.csv")
    assert (counts.accepted, counts.rejected) == (1, {"no_id": 2})


def test_parquet_gives_the_rows_of_csv(new_database: Any, tmp_path: Path) -> None:
    start = dt.datetime(2026, 5, 4, tzinfo=dt.UTC)
    frame = pl.DataFrame(
        {
            "message_id": [f"m{number}" for number in range(50)],
            "occurred_at": [start + dt.timedelta(hours=number) for number in range(50)],
            "anonymous_id": [f'v"{number},' for number in range(50)],
            "user_agent": [CHROME, GOOGLEBOT] * 25,
            "properties": ['{"a": 1}', None] * 25,
        }
    )
    frame.write_csv(tmp_path / "a.csv")
    frame.with_columns(pl.struct(a=pl.lit(1)).alias("properties")).write_parquet(tmp_path / "struct.parquet")
    frame.write_parquet(tmp_path / "a.parquet")
    found = []
    for name in ("a.csv", "a.parquet"):
        database = new_database()
        make_project(database)
        assert load_file(database, tmp_path / name).accepted == 50
        found.append(events(database))
    assert found[0] == found[1]
    assert load_file(database, tmp_path / "struct.parquet").duplicate == 50


@pytest.mark.any_server
def test_csv_is_judged_as_messages_are(new_database: Any, tmp_path: Path) -> None:
    messages: list[dict[str, Any]] = [
        {"messageId": "1", "anonymousId": "a", "timestamp": "2026-05-04T12:00:00Z"},
        {"messageId": "2", "userId": "u", "timestamp": "2026-05-04T12:00:00Z"},
        {"messageId": "3", "timestamp": "2026-05-04T12:00:00Z"},
        {"messageId": "4", "anonymousId": "a"},
        {"messageId": "5", "anonymousId": "a", "timestamp": future(hours=25)},
        {"messageId": "6", "anonymousId": "x" * 600, "timestamp": "2026-05-04T12:00:00Z"},
        {"messageId": "7", "anonymousId": "a", "timestamp": "2026-05-04T12:00:00Z", "properties": {"b": "x" * 33_000}},
        {"messageId": "8", "anonymousId": "a", "timestamp": "2026-05-04T12:00:00Z", "properties": {"b": {"c": [1]}}},
    ]
    names = {"messageId": "message_id", "anonymousId": "anonymous_id", "userId": "user_id", "timestamp": "occurred_at"}
    records = [{column: sent.get(name) for name, column in names.items()} for sent in messages]
    records = [
        record | {"properties": orjson.dumps(sent.get("properties", {})).decode()}
        for record, sent in zip(records, messages, strict=True)
    ]
    pl.DataFrame(records, infer_schema_length=None).write_csv(tmp_path / "a.csv")
    write_lines(tmp_path / "a.jsonl", messages)
    found = []
    for name in ("a.csv", "a.jsonl"):
        database = new_database()
        make_project(database)
        counts = load_file(database, tmp_path / name)
        found.append((counts, [row | {"bot_class": "human"} for row in events(database)]))
    assert found[0] == found[1]


def test_rows_of_another_project_are_rejected(shop: Database, tmp_path: Path) -> None:
    rows = [f"{project},a,2026-05-04T12:00:0{number}Z" for number, project in enumerate(["2" * 32, "3" * 32, ""])]
    (tmp_path / "a.csv").write_text("\n".join(["project_id,anonymous_id,occurred_at", *rows]))
    counts = load_file(shop, tmp_path / "a.csv")
    assert (counts.accepted, counts.rejected) == (2, {"unknown_project": 1})


# --- files that are not what they should be ---


@pytest.mark.parametrize(
    ("content", "request_", "says"),
    [
        (b"{}", {"project": "shoq"}, "no project shoq; there are: shop"),
        (b"{}", {"workspace": "other"}, "no project shop in workspace other"),
        (b"a,b\n1,2\n", {}, "no column is occurred_at"),
        (b"a,b\n1,2\n", {"mapping": {"c": "occurred_at"}}, "no column c; it has a, b"),
        (b"a,b\n1,2\n", {"mapping": {"a": "happened"}}, "no column happened"),
        (b"a,b\n1,2\n", {"mapping": {"a": "occurred_at"}}, "no column is anonymous_id or user_id"),
        (b"a,b\n1,2\n", {"mapping": {"a": "occurred_at", "b": "occurred_at"}}, "two columns"),
        (b"\x00\x01\x02", {}, "no format that Radar knows"),
        (b"\x1f\x8b\x08nonsense", {}, "get it again"),
    ],
)
def test_errors_say_what_to_do(shop: Database, tmp_path: Path, content: bytes, request_: Any, says: str) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(LoadError, match=says):
        load_file(shop, tmp_path / "a", **request_)


def test_a_cut_off_gzip_file_is_loaded_as_far_as_it_goes(shop: Database, tmp_path: Path) -> None:
    whole = write_lines(
        tmp_path / "a.gz", [message(number, text=os.urandom(500).hex()) for number in range(2000)], is_gzipped=True
    )
    (tmp_path / "b.gz").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(LoadError, match="cut off"):
        load_file(shop, tmp_path / "b.gz")


def test_standard_input(shop: Database, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.gz", [message(1)], is_gzipped=True)
    command = [sys.executable, "-m", "radar", "load", "-", "--project", "shop"]
    with file.open("rb") as stdin:
        done = subprocess.run(
            command, stdin=stdin, env={**os.environ, **shop.env}, capture_output=True, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split() for line in done.stdout.splitlines() if "accepted" in line] == [["accepted", "1"]]


lines_of_anything = st.lists(
    st.one_of(
        st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"")),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
            lambda part: (
                st.lists(part, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            "type",
                            "userId",
                            "timestamp",
                            "context",
                            "page",
                            "properties",
                            "batch",
                            "messageId",
                            "screen",
                            "ip",
                        ]
                    ),
                    part,
                    max_size=5,
                )
            ),
            max_leaves=12,
        ).map(lambda value: orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS) if not _is_huge(value) else b"[]"),
    ),
    max_size=12,
)


def _is_huge(value: Any) -> bool:
    try:
        orjson.dumps(value)
    except orjson.JSONEncodeError:  # integers beyond 64 bits, lone surrogates
        return True
    return False


@pytest.fixture(scope="module")
def any_database(request: pytest.FixtureRequest, server: Any, template_database: Database) -> Database:
    """One copy for all examples of a property."""
    from psycopg.conninfo import make_conninfo

    name = "radar_any_lines"
    with Database(make_conninfo(server.dsn)).connect() as connection:
        connection.execute(f"create database {name} template radar_template")
    database = Database(make_conninfo(server.dsn, dbname=name))
    make_project(database)
    return database


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=lines_of_anything)
def test_no_input_crashes_and_every_row_is_counted(any_database: Database, tmp_path: Path, lines: list[bytes]) -> None:
    file = write_lines(tmp_path / "a.jsonl", lines)
    first = load_file(any_database, file, format="segment")  # load itself checks that the counts add up
    second = load_file(any_database, file, format="segment")
    assert (second.read, second.accepted, second.rejected) == (first.read, 0, first.rejected)


# --- large files and accidents ---


def test_a_killed_load_is_completed_by_loading_again(shop: Database, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", (message(number) for number in range(60_000)))
    command = [sys.executable, "-m", "radar", "load", str(file), "--project", "shop"]
    process = subprocess.Popen(command, env={**os.environ, **shop.env}, stdout=subprocess.DEVNULL)
    while not shop.query("select from ingest.events limit 1"):
        assert process.poll() is None, "it ended before it was killed"
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    time.sleep(0.5)  # the server finishes what it has begun
    ((stored,),) = shop.query("select count(*) from ingest.events")
    assert 0 < stored < 60_000, "killed too late to show anything"
    counts = load_file(shop, file)
    assert (counts.accepted, counts.duplicate) == (60_000 - stored, stored)


PEAK = """
import sys, resource
from radar.load.loader import Request, load
load(sys.argv[1:2], Request(project="shop"), sys.argv[2])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"""


@pytest.mark.parametrize("layout", ["lines", "envelope"])
def test_memory_does_not_grow_with_the_file(shop: Database, tmp_path: Path, layout: str) -> None:
    peaks = []
    first, between, last = {"lines": (b"", b"\n", b"\n"), "envelope": (b'{"data": [', b",", b"]}")}[layout]
    for size in (30_000, 120_000):
        with (tmp_path / "a.json").open("wb") as file:
            file.write(first)
            for number in range(size):
                file.write((between if number else b"") + orjson.dumps(message(0, messageId=str(number))))
            file.write(last)
        done = subprocess.run(
            [sys.executable, "-c", PEAK, str(tmp_path / "a.json"), shop.dsn],
            capture_output=True,
            text=True,
            check=True,
        )
        peaks.append(int(done.stdout))
    assert peaks[1] < peaks[0] + 15, f"peak memory in MB: {peaks}"


def test_memory_of_occurrences_is_bounded() -> None:
    occurrences = Occurrences(generation=10)
    ids = [occurrences.message_id(str(number).encode()) for number in range(100)]
    assert len(set(ids)) == 100
    assert len(occurrences._young) + len(occurrences._old) <= 20
    assert occurrences.message_id(b"99") == ids[99] + "-1"


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 5_000_000 + b"\nshort\n")
    with opened(tmp_path / "a") as source:
        assert [len(line) for line in source.lines(1000)] == [1001, 5]


# --- user agents ---


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (CHROME, "desktop"),
        (GOOGLEBOT, "bot"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            "mobile",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) Version/16.6 Mobile/15E148 Safari/604.1",
            "tablet",
        ),
        ("Mozilla/5.0 (Linux; Android 13; Pixel Tablet) AppleWebKit/537.36 Chrome/126.0 Safari/537.36", "tablet"),
        ("Mozilla/5.0 (Linux; Android 9; SM-T510) AppleWebKit/537.36 Chrome/126.0 Safari/537.36", "tablet"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "mobile"),
        ("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 Version/6.0 TV Safari/537.36", "tv"),
        ("Mozilla/5.0 (PlayStation 5 3.03/SmartTV) AppleWebKit/605.1.15", "console"),
        ("something else", None),
    ],
)
def test_device_types(agent: str, device: str | None) -> None:
    assert describe(agent).device_type == device


# --- real files ---


def test_zanbil_2019(shop: Database, shared_data: Path) -> None:
    file = shared_data / "web_zanbil_2019" / "access_100k.log.gz"
    counts = load_file(shop, file)
    assert (counts.read, counts.accepted + counts.duplicate + counts.rejected.total()) == (100_000, 100_000)
    assert counts.accepted == 100_000
    flagged = """select count(*) from ingest.events where bot_class <> 'human' and user_agent like %s"""
    for name, lines in {"Googlebot": 5_696, "bingbot": 1_201, "AhrefsBot": 494}.items():
        assert shop.query(flagged, f"%{name}%") == [(lines,)]
    visitors = "select count(distinct user_agent), count(*) filter (where masklen(ip_address) > 24) from ingest.events"
    assert shop.query(visitors) == [(1_813 - 2, 0)]  # two of the README's are "-" and "": missing
    assert load(([str(file)]), Request("shop"), shop.dsn).duplicate == 100_000


def test_semicomplete_2015(shop: Database, shared_data: Path) -> None:
    counts = load_file(shop, shared_data / "web_semicomplete_2015" / "access_10k.log.gz", keep_address=True)
    assert (counts.read, counts.accepted, counts.rejected) == (10_000, 9_999, {"unparsable": 1})  # one line is cut off
    assert shop.query("select count(distinct ip_address) from ingest.events") == [(1_753,)]
