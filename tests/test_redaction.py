"""What is typed into a field for secrets is nowhere in the database, whichever way it came and wherever it went."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.conftest import Database
from tests.loading import KEY, PROJECT, WORKSPACE, load_file, make_project, message, write_lines

SECRET = "xK7hunter2qZ"
CARD = "4111 1111 1111 1111"
FORM: dict[str, Any] = {
    "form_id": "signup",
    "form_data": {
        "email": "kept@mail.example",
        "password": SECRET,
        "user[pin]": SECRET,
        "newPassword2": {"typed": SECRET},
    },
    "fields": [
        {"name": "email", "value": "kept@mail.example"},
        {"name": "cvv", "value": SECRET},
        {"type": "password", "id": "p1", "value": SECRET},
        {"field": "card-number", "value": [SECRET]},
    ],
    "columns": {"names": ["email", "iban"], "values": ["kept@mail.example", SECRET]},
    "entries": [["email", "kept@mail.example"], ["passwd", SECRET]],
    "serialized": f"email=kept%40mail.example&user%5Bpassword%5D={SECRET}&b=1",
    "body": orjson.dumps({"a": {"secret": SECRET}}).decode(),
    "card": {"holder": "kept", "number": SECRET},
    "note": f"my card is {CARD} 12/27, my number 123-45-6789",
    "digits": 4111111111111111,
}
URL = f"https://shop.example/login?user=kept&password={SECRET}&next=/a#access_token={SECRET}"
FOUND = [SECRET, CARD, CARD.replace(" ", ""), "123-45-6789"]

TABLES = """
    select nspname, relname from pg_class inner join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'm') and relpersistence <> 't'"""


def tables_with(database: Database, *texts: str) -> list[str]:
    """Every table of the database, the catalog's and statistics included, of which a row holds one of the texts."""
    with database.connect() as connection:
        return [
            ".".join(table)
            for table in connection.execute(TABLES).fetchall()
            if connection.execute(
                sql.SQL("select exists (select from {} as found where found::text like any (%s))").format(
                    sql.Identifier(*table)
                ),
                [[f"%{text}%" for text in texts]],
            ).fetchall()[0][0]
        ]


@pytest.fixture
def shop(database: Database) -> Database:
    make_project(database)
    return database


def form(number: int, **changes: Any) -> dict[str, Any]:
    """A form_submit message full of secrets."""
    sent = message(number, type="track", event="form_submit", properties=copy.deepcopy(FORM))
    sent["context"]["page"] = {"url": URL, "path": f"/login?pin={SECRET}", "referrer": URL}
    return sent | changes


def event(number: int, **changes: Any) -> dict[str, Any]:
    """The same as a row of ingest.events."""
    columns = {"workspace_id": WORKSPACE, "project_id": PROJECT, "message_id": f"row-{number}", "anonymous_id": "a"}
    return (
        columns
        | {
            "occurred_at": f"2026-05-04T12:00:{number:02}Z",
            "event_type": "form_submit",
            "page_url": URL,
            "page_referrer": URL,
            "properties": Jsonb(FORM),
        }
        | changes
    )


def insert(connection: psycopg.Connection, row: dict[str, Any], table: str = "events") -> None:
    connection.execute(
        sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier("ingest", table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join([sql.Placeholder()] * len(row)),
        ),
        list(row.values()),
    )


MESSAGES = [
    form(1),
    form(2, messageId=None),
    form(3, type="identify", userId="u", traits={"email": "kept@mail.example", "name": "Kept", "password": SECRET}),
    form(4, event="Order Completed", properties={"creditCard": SECRET, "otp": 123456}),
    form(5, type="page", properties={"url": URL, "referrer": URL}),
    {"batch": [form(6), form(7)], "sentAt": "2026-05-04T12:00:00Z"},
    form(8, anonymousId=None),
    form(9, timestamp="2999-01-01T00:00:00Z"),
    form(10, properties=FORM | {"text": "x" * 33_000}),
    form(11, properties=[FORM]),
    form(12, event="bad"),
]


@pytest.mark.any_server
def test_messages_from_a_file(shop: Database, tmp_path: Path) -> None:
    shop.execute("alter table ingest.events add constraint ours check (event_name <> 'bad')")
    whole = orjson.dumps(form(13))
    broken = [
        whole[:-1],
        whole[: whole.index(b"xK7") + 14],
        b'{"properties": {"fields": [{"value": "%s", "na' % SECRET.encode(),
        b"{'password': '%s'}" % SECRET.encode(),
        b'{"p\\u0061ssword": "%s"' % SECRET.encode(),
        b"email=a&password=%s&b" % SECRET.encode(),
        orjson.dumps(form(14, properties=FORM | {"text": "x" * 600_000})),
    ]
    file = write_lines(tmp_path / "a.jsonl", [*MESSAGES, *broken])
    counts = load_file(shop, file)
    assert (counts.accepted, counts.rejected.total()) == (7, 12)
    assert tables_with(shop, *FOUND) == []
    assert load_file(shop, file).accepted == 0
    assert shop.query("select count(*) from ingest.rejected_events") == [(12,)]
    assert sorted(tables_with(shop, "kept@mail.example")) == ["ingest.events_p2026_05", "ingest.rejected_events"]


def test_what_is_no_secret_stays(shop: Database, tmp_path: Path) -> None:
    load_file(shop, write_lines(tmp_path / "a.jsonl", MESSAGES[:3]))
    gone = "[redacted]"
    ((properties, url, path),) = shop.query(
        "select properties, page_url, page_path from ingest.events where message_id = 'message-1'"
    )
    assert properties == FORM | {
        "form_data": {"email": "kept@mail.example", "password": gone, "user[pin]": gone, "newPassword2": gone},
        "fields": [
            {"name": "email", "value": "kept@mail.example"},
            {"name": "cvv", "value": gone},
            {"type": "password", "id": "p1", "value": gone},
            {"field": "card-number", "value": gone},
        ],
        "columns": {"names": ["email", "iban"], "values": gone},
        "entries": [["email", "kept@mail.example"], ["passwd", gone]],
        "serialized": f"email=kept%40mail.example&user%5Bpassword%5D={gone}&b=1",
        "body": '{"a": {"secret": "[redacted]"}}',
        "card": {"holder": "kept", "number": gone},
        "note": f"my card is {gone}/27, my number {gone}",
        "digits": gone,
    }
    assert (url, path) == (
        f"https://shop.example/login?user=kept&password={gone}&next=/a#access_token={gone}",
        f"/login?pin={gone}",
    )
    assert shop.query("select properties from ingest.events where event_type = 'identify'") == [
        ({"email": "kept@mail.example", "name": "Kept", "password": gone},)
    ]


@pytest.mark.any_server
def test_calls_of_track(shop: Database) -> None:
    shop.execute("alter table ingest.events add constraint ours check (event_name <> 'bad')")
    with shop.connect() as connection:
        for key in (KEY, "wk_wrong"):
            connection.execute("select ingest.track(%s, %s)", [key, Jsonb(MESSAGES)])
    assert shop.query("select count(*) from ingest.events") == [(7,)]
    assert shop.query("select count(*) from ingest.rejected_events") == [(6,)]
    assert tables_with(shop, *FOUND) == []


@pytest.mark.any_server
def test_csv_and_parquet(shop: Database, tmp_path: Path) -> None:
    properties = orjson.dumps(FORM).decode()
    rows = [
        {"occurred_at": time, "anonymous_id": visitor, "password": SECRET, "screen_width": width, "page_url": URL,
         "properties": properties, "event_type": "form_submit"}
        for time, visitor, width in [("2026-05-04", "a", "9"), ("2026-05-04", None, "9"), ("2999-01-01", "b", "9"),
                                     ("2026-05-04", "c", "wide"), (None, "d", "9")]
    ]  # fmt: skip
    frame = pl.DataFrame(rows)
    frame.write_csv(tmp_path / "a.csv")
    with (tmp_path / "a.csv").open("a") as file:
        file.write(f"2026-05-04,e,x,{SECRET},{URL},9\n2026-05-04,f,{SECRET},{SECRET},{URL},9,9,9,9\n")
        file.write(f'2026-05-04,g,1,9,{URL},"{{""password"": ""{SECRET}""",x\n')
    frame.with_columns(message_id=pl.lit("m")).write_parquet(tmp_path / "a.parquet")
    for name, accepted, rejected in [("a.csv", 1, 7), ("a.parquet", 1, 4)]:
        for _ in range(2):
            counts = load_file(shop, tmp_path / name)
            assert (counts.accepted + counts.duplicate, counts.rejected.total()) == (accepted, rejected)
    assert shop.query("select count(*) from ingest.events") == [(2,)]
    assert shop.query("select count(*) from ingest.rejected_events") == [(11,)]
    assert tables_with(shop, *FOUND) == []
    assert shop.query("select distinct properties ->> 'password' from ingest.events") == [("[redacted]",)]


def test_an_access_log(shop: Database, tmp_path: Path) -> None:
    line = (
        '203.0.113.9 - - [04/May/2026:12:00:00 +0000] "GET /in?password={0}&a=1 HTTP/1.1" 200 9 "http://x/?pin={0}" "F"'
    )
    lines = [line.format(SECRET), line.format(SECRET).replace("[", ""), f"password {SECRET}"]
    (tmp_path / "a.log").write_text("\n".join(lines))
    counts = load_file(shop, tmp_path / "a.log", format="access-log")
    assert (counts.accepted, counts.rejected.total()) == (1, 2)
    assert tables_with(shop, *FOUND) == []


@pytest.fixture
def writer(shop: Database) -> Iterator[psycopg.Connection]:
    """A login that may insert, and copy: it goes around row security, which refuses COPY, and reads nothing."""
    with shop.connect() as connection:
        connection.execute("create role radar_writer bypassrls in role radar_ingest")
        connection.execute("set role radar_writer")
        yield connection
        connection.execute("reset role")
        connection.execute("drop role radar_writer")


@pytest.mark.any_server
def test_rows_that_are_inserted_or_copied(shop: Database, writer: psycopg.Connection) -> None:
    insert(writer, event(1))
    insert(writer, event(2, occurred_at="1999-01-01"))
    insert(writer, event(3, event_type="track", event_name="Signup Form Submitted"))
    items = [{"event_type": "form_submit", "page_url": URL, "properties": FORM}, {"properties": {"pin": 1234}}]
    insert(writer, event(4, event_type="batch", properties=Jsonb({"events": items})))
    copied = event(5)
    with writer.cursor().copy(f"copy ingest.events ({', '.join(copied)}) from stdin") as copy:
        copy.write_row(list(copied.values()))
    payloads = [
        orjson.dumps(FORM).decode(),
        f'{{"password": "{SECRET}',
        f"GET /?password={SECRET}",
        f"1,2,{SECRET},password",
    ]
    for number, payload in enumerate(payloads):
        insert(
            writer,
            {
                "rejected_event_id": f"00000000-0000-0000-0000-00000000000{number}",
                "reason": "invalid",
                "payload": payload,
                "detail": f'invalid input: "{SECRET}"',
                "source": f"file?password={SECRET}",
            },
            "rejected_events",
        )
    assert tables_with(shop, *FOUND) == []
    shop.execute(
        "insert into ingest.events_default (workspace_id, project_id, occurred_at, page_url)"
        " values (%s, %s, '1999-01-01', %s)",
        WORKSPACE,
        PROJECT,
        URL,
    )
    shop.execute("update ingest.events set properties = %s, page_referrer = %s", Jsonb(FORM), URL)
    assert shop.query("select count(*) from ingest.events where properties ->> 'digits' = '[redacted]'") == [(4,)]
    assert tables_with(shop, SECRET) == []
    shop.execute("analyze")
    shop.build()
    assert tables_with(shop, SECRET) == []
    assert len(tables_with(shop, "kept@mail.example")) > 1


names = st.sampled_from(["email", "shipping", "className", "input_tokens", "note", "a", "cardholder", "description"])
secret_names = st.sampled_from(
    [
        "password",
        "userPassword",
        "PASSWD",
        "new-password-2",
        "user[pin]",
        "cc number",
        "cardNumber",
        "CVV2",
        "ssn",
        "token",
        "otp",
    ]
)
safe = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9999) | st.sampled_from(["", "text", "a=b&c=d", "{", "[1]", "x" * 50]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
secret_shapes = st.one_of(
    st.builds(lambda name, inner: {name: [SECRET, inner]}, secret_names, safe),
    st.builds(
        lambda key, name: {key: name, "value": SECRET}, st.sampled_from(["name", "id", "field", "type"]), secret_names
    ),
    st.builds(lambda name: [[name, SECRET], ["a", "b"]], secret_names),
    st.builds(lambda name: f"https://x.example/?a=b&{name.replace(' ', '+')}={SECRET}&c#d", secret_names),
    st.builds(lambda name: orjson.dumps({"a": {name: SECRET}}).decode(), secret_names),
)
nested = st.recursive(
    secret_shapes,
    lambda inner: (
        st.builds(lambda name, part, other: {"z": other, name: part}, names, inner, safe)
        | st.builds(lambda part, other: [other, part, other], inner, safe)
    ),
    max_leaves=3,
)
database_settings = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.any_server
@database_settings
@given(document=nested)
def test_secrets_are_found_at_any_depth(shop: Database, document: Any) -> None:
    with shop.connect(autocommit=False) as connection:
        insert(connection, event(1, event_type="track", page_url=None, page_referrer=None, properties=Jsonb(document)))
        ((stored, again),) = connection.execute(
            "select properties::text, radar.redacted(properties, '', false)::text from ingest.events"
        ).fetchall()
        assert SECRET not in stored
        assert again == stored
        connection.rollback()


@database_settings
@given(document=safe)
def test_what_names_no_secret_is_left_alone(shop: Database, document: Any) -> None:
    query = "select radar.redacted(%s, '', true) = %s"
    assert shop.query(query, Jsonb(document), Jsonb(document)) == [(True,)]


@pytest.mark.parametrize("depth", [25, 2_000])
def test_depth_ends_no_load(shop: Database, depth: int, tmp_path: Path) -> None:
    lines = [b'{"a":' * depth + b'{"password":"%s"}' % SECRET.encode() + b"}" * depth]
    lines.append(orjson.dumps(message(1))[:-1] + b',"properties":' + lines[0] + b"}")
    counts = load_file(shop, write_lines(tmp_path / "a.jsonl", lines))
    assert counts.read == 2
    assert tables_with(shop, SECRET) == []


@pytest.mark.parametrize(
    ("digits", "is_card"),
    [
        ("4111111111111111", True),
        ("378282246310005", True),
        ("4111111111111112", False),
        ("1718000000003", False),
        ("42", False),
    ],
)
def test_card_numbers_are_told_by_their_check_digit(shop: Database, digits: str, is_card: bool) -> None:
    assert shop.query("select radar.is_card_number(%s)", digits) == [(is_card,)]
    assert shop.query("select radar.redacted_text(%s, false)", digits) == [(digits,)], "outside a form it is an id"
