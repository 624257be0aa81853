"""Conversations: random threads against a walk in Python and a full refresh, and what a token ties together."""

import random
from uuid import UUID

import pytest

from tests.conftest import Database, following
from tests.conversation_oracle import actual_conversations, expected_conversations
from tests.full_refresh import assert_equals_full_refresh
from tests.session_oracle import actual_sessions, expected_sessions
from tests.streams import Stream, add_project, insert, make_stream

BUILT = following("sessions", "conversations")
pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

SEED = 7
STREAMS = 150
PARTS = ["session_events", "handshakes", "identities", "conversations"]
DAY, DAYS = 86400, 3 * 86400
PAUSES = [0, 1, 60, 3600, 7200, DAY - 3600, DAY, DAY + 0.000001, DAY + 1, DAYS, DAYS + 0.000001]
"""Around a day, in which a resolved conversation goes on, and three, after which any ends."""
WORKSPACES = [UUID(int=number) for number in range(1, 3)]


def web_stream(number: int) -> Stream:
    return make_stream(SEED * 100_000 + number, WORKSPACES[number % 4 // 2])


def thread_stream(number: int) -> Stream:
    """Messages nearly all."""
    return make_stream(SEED * 100_000 + number, WORKSPACES[number % 4 // 2], message_share=0.9, pauses=PAUSES)


def test_random_threads_in_random_batches_equal_the_walk_and_a_full_refresh(database: Database) -> None:
    draw = random.Random(SEED)
    streams = [thread_stream(number) if number % 2 else web_stream(number) for number in range(STREAMS)]
    for stream in streams:
        add_project(database, stream)
    rows = [row for stream in streams for row in stream.rows]
    draw.shuffle(rows)
    for part in range(3):
        insert(database, rows[part::3])
        if part == 1:
            database.dbt("run", "--quiet", "-s", draw.choice(PARTS))
        database.build(models=BUILT)
    for expected, actual in (
        (expected_sessions(database), actual_sessions(database)),
        (expected_conversations(database), actual_conversations(database)),
    ):
        assert (list((actual - expected).items())[:3], list((expected - actual).items())[:3]) == ([], [])
        assert sum(actual.values()) > STREAMS
    assert_equals_full_refresh(database, *BUILT)
