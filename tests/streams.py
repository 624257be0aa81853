"""Random event streams, one project each, that hold whatever trackers, clocks and people get wrong."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from tests.conftest import Database

Row = dict[str, Any]

COLUMNS = [
    "workspace_id", "project_id", "message_id", "occurred_at", "received_at", "event_type", "event_name",
    "anonymous_id", "user_id", "session_id", "page_url", "page_referrer", "user_agent", "properties", "channel_type",
    "external_id", "handshake_token",
]  # fmt: skip
TIME_ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Kiritimati"]
MIDNIGHTS = [
    dt.datetime(2026, 3, 29, 0, 50, tzinfo=dt.UTC),  # the clocks of Berlin go forward
    dt.datetime(2026, 10, 25, 0, 40, tzinfo=dt.UTC),  # and back
    dt.datetime(2026, 5, 4, 23, 40, tzinfo=dt.UTC),
    dt.datetime(2026, 5, 5, 3, 50, tzinfo=dt.UTC),  # midnight in New York
]
PAUSES = [0, 0, 1, 7.5, 60, 300, 1200, 1799.999999, 1800, 1800.000001, 1900, 2400, 5400, 86400, 86401, 259200, 259200.5]
TYPES = ["pageview"] * 5 + [
    "click",
    "track",
    "heartbeat",
    "page_visibility",
    "identify",
    "scroll",
    "request",
    "batch",
    "purchase",
    "unlink",
    "form_start",
    "form_submit",
    "form_submit",
    "alias",
    "group",
]
MESSAGES = ["message"] * 6 + ["conversation_state"] * 2 + ["identify", "unlink"]
STATES = ["queued", "bot_active", "agent_active", "resolved", "resolved"]
NAMES = [
    None,
    "",
    "Signed Up",
    "Order Completed",
    "Order Completed",
    "Product Viewed",
    "Product Viewed",
    "Product Added",
]
TIMES_OF_A_BROKEN_CLOCK = [
    "infinity",
    "-infinity",
    "0044-03-15 BC",
    "1969-12-31 23:59:59+00",
    "9999-12-31",
    "294276-12-31",
]
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@dataclass
class Stream:
    """The rows of one project; `seed` makes them again."""

    seed: int
    workspace_id: UUID
    project_id: UUID
    timezone: str
    rows: list[Row] = field(default_factory=list)


def make_stream(
    seed: int, workspace_id: UUID, *, message_share: float = 0.4, pauses: Sequence[float] = PAUSES
) -> Stream:
    """Up to 45 events of one to four visitors around a midnight, each of whom may be several people, or one on two devices.
    Some are messages of threads."""
    draw = random.Random(seed)
    stream = Stream(seed, workspace_id, UUID(int=draw.getrandbits(128)), draw.choice(TIME_ZONES))
    visitors = [f"visitor-{number}" for number in range(draw.randint(1, 4))]
    users = [None, None, *[f"user-{number}" for number in range(draw.randint(1, 3))]]
    sessions = [None] * draw.choice([1, 3, 9]) + ["visit-a", "visit-b", ""]
    moment = draw.choice(MIDNIGHTS)
    for _ in range(draw.randint(5, 40)):
        moment += dt.timedelta(seconds=draw.choice(pauses))
        row = _event(draw, stream, moment) | {
            "anonymous_id": draw.choice([*visitors * 4, None, ""]),
            "user_id": draw.choice([*users * 3, ""]),
            "session_id": draw.choice(sessions),
            "handshake_token": draw.choice([None, None, None, None, "", "token-1", "token-2"]),
        }
        if row["event_type"] == "alias":
            row["properties"] = {"previousId": draw.choice([*visitors, "an-older-device", ""])}
        if draw.random() < message_share:
            row |= _message(draw)
        stream.rows += [row, *_copies(draw, row, visitors)]
    return stream


def _event(draw: random.Random, stream: Stream, moment: dt.datetime) -> Row:
    kind = draw.choice(TYPES)
    is_broken = draw.random() < 0.04
    return {
        "workspace_id": stream.workspace_id,
        "project_id": stream.project_id,
        "message_id": f"m{draw.getrandbits(40):x}",
        "occurred_at": draw.choice(TIMES_OF_A_BROKEN_CLOCK) if is_broken else moment.isoformat(),
        "received_at": _received(draw, moment),
        "event_type": kind,
        "event_name": draw.choice(NAMES),
        "page_url": draw.choice(
            [None, "https://shop.example/", "https://shop.example/thanks?utm_source=mail", "https://shop.example/a#b"]
        ),
        "page_referrer": draw.choice([None, "", "https://www.google.com/", "https://shop.example/"]),
        "user_agent": draw.choice([None, "", "Firefox", "Firefox", "Firefox", ROBOT]),
        "properties": _batch(draw, moment) if kind == "batch" else _properties(draw),
        "channel_type": "web",
        "external_id": draw.choice([None, None, "", "phone-1"]),
    }


def _message(draw: random.Random) -> Row:
    """What makes an event one of a thread: by whom it was sent, or which state was set, in either of two ways."""
    kind, state = draw.choice(MESSAGES), draw.choice(STATES)
    is_named = draw.random() < 0.5
    sender = {"sender": draw.choice(["user", "user", "bot", "agent", "robot"])} if kind == "message" else {}
    return {
        "channel_type": "whatsapp",
        "external_id": draw.choice(["phone-1", "phone-1", "phone-2", ""]),
        "event_type": kind,
        "event_name": state if kind == "conversation_state" and is_named else None,
        "properties": sender or ({} if is_named else {"state": draw.choice([state, "lost"])}),
    }


def _received(draw: random.Random, moment: dt.datetime) -> str:
    """Mostly soon; sometimes long after, and sometimes so long before that the event's clock must be wrong."""
    delay = draw.choice([1, 1, 1, 60, 86400 * 3, -86400, -86400.5, -90000])
    return (
        draw.choice(["infinity", "-infinity"])
        if draw.random() < 0.02
        else (moment + dt.timedelta(seconds=delay)).isoformat()
    )


def _properties(draw: random.Random) -> Any:
    return draw.choice(
        [
            {},
            {"state": "hidden"},
            {"state": "visible"},
            {"email": "a@b.example", "n": draw.randint(1, 3)},
            {"form_id": draw.choice(["signup", "search", ""])},
            [],
            None,
            "text",
        ]
    )


def _batch(draw: random.Random, moment: dt.datetime) -> Any:
    """Events of which some repeat each other's id, some have no time, or one that cannot be read, and some are none at all."""
    items: list[Any] = [draw.choice([{}, None, 7, "text", []]) for _ in range(draw.randint(0, 1))]
    for _ in range(draw.randint(0, 4)):
        item: Row = {"event_type": draw.choice(["pageview", "click", "batch"]), "page_url": f"/{draw.randint(1, 9)}"}
        if draw.random() < 0.6:
            item["message_id"] = f"item-{draw.randint(1, 300)}"
        if draw.random() < 0.6:
            later = moment + dt.timedelta(seconds=draw.choice(PAUSES))
            item["occurred_at"] = draw.choice(
                [later.isoformat(), later.isoformat(), "yesterday", "2026-02-30T00:00:00Z", 5]
            )
        items.append(item)
    return {"events": items} if draw.random() < 0.95 else {"events": "none"}


def _copies(draw: random.Random, row: Row, visitors: list[str]) -> list[Row]:
    """The same message again, now and then: with another time, by another visitor, or saying something else."""
    if draw.random() > 0.15 or not row["occurred_at"].startswith("2026"):
        return []
    later = dt.datetime.fromisoformat(row["occurred_at"]) + dt.timedelta(seconds=draw.choice([0, 1, 60, 86400]))
    change = draw.choice([{}, {"anonymous_id": draw.choice(visitors)}, {"event_type": "click"}, {"user_agent": ROBOT}])
    return [row | {"occurred_at": later.isoformat()} | change]


def add_project(database: Database, stream: Stream) -> None:
    """The stream's project with two goals."""
    with database.connect(autocommit=False) as connection:
        connection.execute(
            "insert into ingest.projects (workspace_id, project_id, name, slug, domain, settings)"
            " values (%s, %s, %s, %s, 'shop.example', %s)",
            [
                stream.workspace_id,
                stream.project_id,
                f"Stream {stream.seed}",
                f"stream-{stream.seed}",
                Jsonb({"timezone": stream.timezone}),
            ],
        )
        goals = [
            ("event", {"event_name": "Order Completed"}),
            ("pageview", {"page_path": "/th%"}),
            ("pageview", {"page_path": "%"}),
            ("duration", {"seconds": 60}),
            ("custom", {"event_type": "click", "properties": {"element_id": {"exists": False}}}),
        ]
        connection.cursor().executemany(
            "insert into ingest.goals (workspace_id, project_id, goal_id, name, goal_type, conditions) values (%s, %s, %s, %s, %s, %s)",
            [
                (
                    stream.workspace_id,
                    stream.project_id,
                    UUID(int=stream.seed * 10 + number),
                    f"Goal {number}",
                    kind,
                    Jsonb(conditions),
                )
                for number, (kind, conditions) in enumerate(goals)
            ],
        )


def insert(database: Database, rows: list[Row]) -> None:
    """All rows in one transaction; retries that the table's key refuses are left out."""
    values = [[Jsonb(row[name]) if name == "properties" else row[name] for name in COLUMNS] for row in rows]
    places = ", ".join(["%s"] * len(COLUMNS))
    with database.connect(autocommit=False) as connection:
        connection.cursor().executemany(
            f"insert into ingest.events ({', '.join(COLUMNS)}) values ({places}) on conflict do nothing", values
        )


def make_streams(database: Database, seed: int, number: int) -> list[Row]:
    """Rows of as many new streams in one workspace, whose projects are in the database, in any order."""
    streams = [make_stream(seed * 1000 + position, UUID(int=1)) for position in range(number)]
    for stream in streams:
        add_project(database, stream)
    rows = [row for stream in streams for row in stream.rows]
    random.Random(seed).shuffle(rows)
    return rows
