"""What a session is, once more and in plain Python: incremental and full builds share their SQL, so that a mistake in it
would pass a comparison of the two."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.conftest import PLAIN_TIMES, Database
from tests.identity_oracle import Links, active_links, linked_person

PASSIVE = {"pageview", "screen", "scroll", "scroll_depth", "page_visibility", "heartbeat", "identify", "unlink"}
TIMEOUT = dt.timedelta(minutes=30)
RAW = """
    select
        events.workspace_id, events.project_id, coalesce(projects.settings ->> 'timezone', 'UTC') as timezone, message_id, event_id,
        case when occurred_at between '1970-01-01' and '2099-12-31' then occurred_at end as occurred_at,
        extract(epoch from occurred_at)::text as epoch, case when isfinite(received_at) then received_at else '9000-01-01' end as received_at,
        received_at = '-infinity' as is_received_before_all, event_type, nullif(anonymous_id, '') as anonymous_id,
        nullif(user_id, '') as user_id, nullif(session_id, '') as session_id, page_url, user_agent, properties, ingest_xid, event_name,
        case when channel_type = 'whatsapp' then nullif(external_id, '') end as external_id, nullif(handshake_token, '') as handshake_token,
        coalesce(arrival_number, 0) as arrival_number
    from ingest.events
    left join ingest.projects using (workspace_id, project_id)
"""


@dataclass(frozen=True)
class Event:
    """An event that counts, as far as sessions need it."""

    stored: tuple[Any, ...]
    project: tuple[UUID, UUID]
    timezone: str
    event_id: UUID
    arrival: tuple[int, int]
    occurred_at: dt.datetime
    kind: str
    visitor: str
    user_id: str | None
    session_id: str | None
    page_url: str | None
    event_name: str | None
    properties: Any
    external_id: str | None
    token: str | None

    @property
    def is_message(self) -> bool:
        return self.external_id is not None

    @property
    def has_visit(self) -> bool:
        return not self.is_message and self.kind not in ("alias", "group")

    @property
    def names_device(self) -> bool:
        return not self.visitor.startswith("user:")

    @property
    def previous_id(self) -> str | None:
        is_alias = self.kind == "alias" and isinstance(self.properties, dict)
        return self.properties.get("previousId") or None if is_alias else None

    @property
    def order(self) -> tuple[dt.datetime, tuple[int, int], UUID]:
        return self.occurred_at, self.arrival, self.event_id


def expected_sessions(database: Database) -> Counter[tuple[Any, ...]]:
    """Every session as (project, its id where it is the client's, visitor, user, day, start, end, seconds, events, pageviews, bounce, entry, exit)."""
    events = accepted_events(database)
    links = active_links(events)
    of_visits = [event for event in events if event.has_visit]
    owners = _first_devices(of_visits)
    return Counter(_summary(session, links, owners) for session in _sessions(of_visits, owners))


def accepted_events(database: Database) -> list[Event]:
    """Every event that counts, once, in the order of time."""
    return _first_copies(_accepted(database))


def actual_sessions(database: Database) -> Counter[tuple[Any, ...]]:
    """The same of analytics.sessions; the id of a session that the client did not name is Radar's own affair."""
    rows = database.read(
        "select (workspace_id, project_id)::text,"
        " case when has_client_session and shared_session_id is null then session_id end, sessions.anonymous_id,"
        " sessions.user_id, sessions.session_date, started_at, ended_at, duration_seconds, event_count, pageview_count,"
        " is_bounce, entry_url, exit_url from analytics.sessions"
        " inner join analytics.session_events using (workspace_id, project_id, session_id) where is_session_start"
    )
    return Counter(tuple(row) for row in rows)


def _accepted(database: Database) -> list[Event]:
    with database.connect() as connection:
        connection.execute(PLAIN_TIMES)
        cursor = connection.execute(RAW)
        names = [column.name for column in cursor.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
    unpacked = [
        item
        for row in rows
        for item in (_unpacked(row) if row["event_type"] == "batch" else [row | {"place": "", "position": 0}])
    ]
    return [_event(row) for row in unpacked if _counts(row)]


def _unpacked(row: dict[str, Any]) -> list[dict[str, Any]]:
    properties = row["properties"]
    items = properties.get("events") if isinstance(properties, dict) else None
    return [_item(row, number, item) for number, item in enumerate(items if isinstance(items, list) else [], start=1)]


def _item(row: dict[str, Any], number: int, item: Any) -> dict[str, Any]:
    from hashlib import md5

    own = item if isinstance(item, dict) else {}
    message_id = own.get("message_id", f"{row['message_id']}:{number}")
    return row | {
        "message_id": message_id,
        "event_id": UUID(md5(f"{row['workspace_id']}{message_id}".encode()).hexdigest()),
        "occurred_at": _time(own.get("occurred_at")) or row["occurred_at"],
        "event_type": own.get("event_type", "track"),
        "event_name": own.get("event_name"),
        "properties": own.get("properties", {}),
        "page_url": own.get("page_url", row["page_url"]),
        "position": number,
        "place": f"{row['message_id']} {row['epoch']} {number}",
    }


def _time(value: Any) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _counts(row: dict[str, Any]) -> bool:
    if row["anonymous_id"] is None and row["user_id"] is None and row["external_id"] is None:
        return False
    if (
        row["occurred_at"] is None
        or row["is_received_before_all"]
        or row["occurred_at"] > row["received_at"] + dt.timedelta(hours=24)
    ):
        return False
    return row["event_type"] != "request" and "Googlebot" not in (row["user_agent"] or "")


def _event(row: dict[str, Any]) -> Event:
    return Event(
        stored=(row["ingest_xid"], row["received_at"], row["occurred_at"], row["place"]),
        project=(row["workspace_id"], row["project_id"]),
        timezone=row["timezone"],
        event_id=row["event_id"],
        arrival=(row["arrival_number"], row["position"]),
        occurred_at=row["occurred_at"],
        kind=row["event_type"],
        visitor=_visitor(row),
        user_id=row["user_id"],
        session_id=row["session_id"],
        page_url=row["page_url"],
        event_name=row["event_name"],
        properties=row["properties"],
        external_id=row["external_id"],
        token=row["handshake_token"],
    )


def _visitor(row: dict[str, Any]) -> str:
    if row["external_id"] is not None:
        return f"whatsapp:{row['external_id']}"
    return row["anonymous_id"] or f"user:{row['user_id']}"


def _first_copies(events: list[Event]) -> list[Event]:
    first: dict[tuple[UUID, UUID], Event] = {}
    for event in sorted(events, key=attrgetter("stored")):
        first.setdefault((event.project[0], event.event_id), event)
    return sorted(first.values(), key=attrgetter("order"))


def _sessions(events: list[Event], owners: dict[Any, str]) -> list[list[Event]]:
    sessions: list[list[Event]] = []
    latest: dict[Any, list[Event]] = {}
    for event in events:
        key = (event.project, event.session_id, _device(event, owners))
        session = latest.get(key)
        if session is None or (event.session_id is None and event.occurred_at - session[-1].occurred_at > TIMEOUT):
            latest[key] = session = []
            sessions.append(session)
        session.append(event)
    return sessions


def _first_devices(events: list[Event]) -> dict[Any, str]:
    """Of each client's session the device whose event was stored first; one that only knows a person when there is no other."""
    owners: dict[Any, str] = {}
    for event in sorted(events, key=lambda event: (not event.names_device, event.stored[0], event.visitor)):
        if event.session_id is not None:
            owners.setdefault((event.project, event.session_id), event.visitor)
    return owners


def _device(event: Event, owners: dict[Any, str]) -> str:
    owner = owners.get((event.project, event.session_id), event.visitor)
    return event.visitor if event.names_device or owner.startswith("user:") else owner


def _visitor_of(session: list[Event]) -> str:
    return next((event.visitor for event in session if event.names_device), session[0].visitor)


def _user(session: list[Event], links: Links) -> str | None:
    own = [event.user_id for event in session if event.user_id is not None and event.kind != "unlink"]
    if own:
        return own[-1]
    return linked_person(links[session[0].project, _visitor_of(session)], session[-1].occurred_at)


def _summary(session: list[Event], links: Links, owners: dict[Any, str]) -> tuple[Any, ...]:
    first, last = session[0], session[-1]
    owner = owners.get((first.project, first.session_id))
    pages = [event for event in session if event.kind == "pageview"]
    seconds = Decimal((last.occurred_at - first.occurred_at) // dt.timedelta(microseconds=1)).scaleb(-6)
    return (
        f"({first.project[0]},{first.project[1]})",
        first.session_id if owner == _device(first, owners) else None,
        _visitor_of(session),
        _user(session, links),
        first.occurred_at.astimezone(ZoneInfo(first.timezone)).date(),
        first.occurred_at,
        last.occurred_at,
        int(seconds.quantize(Decimal(1), ROUND_HALF_UP)),
        len(session),
        len(pages),
        len(pages) == 1 and all(event.kind in PASSIVE for event in session),
        pages[0].page_url if pages else None,
        pages[-1].page_url if pages else None,
    )
