"""Visits of devices that share a client's session id, and events that say who somebody is and make no visit."""

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.conftest import Database, following
from tests.full_refresh import assert_equals_full_refresh

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

MODELS = following("sessions")
ALIAS = {"event_type": "alias", "user_id": "ann"}
GROUP = {"event_type": "group", "properties": {"groupId": "acme"}}
# By project: events of one run after the other.
RUNS: dict[str, list[list[dict[str, Any]]]] = {
    "devices": [
        [{"session_id": "visit", "anonymous_id": "laptop"}],
        [
            {"session_id": "visit", "anonymous_id": "a-phone"},
            {"session_id": "visit", "anonymous_id": "laptop", "user_id": "ann"},
        ],
        [
            {"session_id": "visit", "anonymous_id": "a-phone"},
            {"session_id": "visit", "anonymous_id": "laptop", "user_id": "bob"},
            {"session_id": "visit", "user_id": "bob"},
        ],
    ],
    "people": [
        [{"session_id": "visit", "user_id": "ann"}, {"session_id": "visit", "user_id": "bob"}],
        [{"session_id": "visit", "user_id": "bob"}],
    ],
    "taken_in": [
        [{"session_id": "visit", "user_id": "ann"}, {"session_id": "visit", "user_id": "bob"}],
        [{"session_id": "visit", "anonymous_id": "laptop"}],
    ],
    "alias": [
        [{"anonymous_id": "laptop"}],
        [
            ALIAS | {"properties": {"previousId": "laptop"}},
            {"anonymous_id": "laptop", "user_id": "ann"} | GROUP,
            {"anonymous_id": "tablet", "session_id": "visit"} | GROUP,
        ],
        [ALIAS | {"anonymous_id": "phone", "properties": {"previousId": "phone"}}],
    ],
}


@pytest.fixture
def visits(database: Database) -> Database:
    """The events of RUNS, read by one run after the other."""
    for project in RUNS:
        database.execute(
            "insert into ingest.projects (workspace_id, name, slug) values (gen_random_uuid(), %s, %s)",
            project,
            project,
        )
    for number in range(max(map(len, RUNS.values()))):
        for project, runs in RUNS.items():
            for minute, event in enumerate(runs[number] if number < len(runs) else []):
                send(database, project, number * 60 + minute, event)
        database.build(models=MODELS)
    return database


def send(database: Database, project: str, minutes: int, event: dict[str, Any]) -> None:
    """One event, some minutes after ten."""
    values = {"event_type": "pageview", **event}
    if "properties" in values:
        values["properties"] = Jsonb(values["properties"])
    query = psycopg.sql.SQL(
        "insert into ingest.events (workspace_id, project_id, occurred_at, received_at, {})"
        " select workspace_id, project_id, '2026-05-04 10:00Z'::timestamptz + make_interval(mins => %s),"
        " '2026-05-04 14:00Z', {} from ingest.projects where slug = %s"
    ).format(
        psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, values)),
        psycopg.sql.SQL(", ").join([psycopg.sql.Placeholder()] * len(values)),
    )
    with database.connect() as connection:
        connection.execute(query, [minutes, *values.values(), project])


def test_visits_of_shared_session_ids_and_of_people(visits: Database) -> None:
    found = visits.query(
        "select slug, anonymous_id, user_id, event_count, session_id = 'visit', is_bounce from analytics.sessions"
        " inner join ingest.projects using (workspace_id, project_id) order by 1, 2"
    )
    assert found == [
        # alias and group belong to no visit, make none and end no bounce; the alias links the visit before it.
        ("alias", "laptop", "ann", 1, False, True),
        # A login cuts nothing, and a server's event, which names no device, joins the device that used the id first.
        ("devices", "a-phone", None, 2, False, False),
        ("devices", "laptop", "bob", 4, True, False),
        # People without a device share no visit ...
        ("people", "user:ann", "ann", 1, True, True),
        ("people", "user:bob", "bob", 2, False, False),
        # ... until a device turns up, whose visit it then was.
        ("taken_in", "laptop", "bob", 3, True, False),
    ]
    links = "select anonymous_id, user_id, link_source from analytics.identities where link_source = 'alias' order by 1"
    assert visits.query(links) == [("laptop", "ann", "alias"), ("phone", "ann", "alias")]
    shared = "select count(*) from analytics.session_events where shared_session_id = 'visit'"
    assert visits.query(shared) == [(4,)]
    assert_equals_full_refresh(visits, *MODELS)
