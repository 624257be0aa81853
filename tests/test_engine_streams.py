"""Guarantee 1: whatever comes in whatever order and batches, the incremental tables are those of a full refresh."""

import itertools
import os
import random
from uuid import UUID

import pytest

from tests.conftest import Database
from tests.full_refresh import assert_equals_full_refresh
from tests.session_oracle import actual_sessions, expected_sessions
from tests.streams import Row, add_project, insert, make_stream

SEED = int(os.environ.get("RADAR_TEST_SEED", "1"))
STREAMS = 200
WORKSPACES = [UUID(int=number) for number in range(1, 5)]
COMMANDS = [
    ["run"], ["run", "-s", "session_events"], ["run", "-s", "file:sessions.sql"], ["run", "-s", "daily_site_metrics"],
    ["run", "-s", "identities", "tracked_users"], ["run", "-s", "page_analytics"], ["run", "--full-refresh", "-s", "identities"],
]  # fmt: skip
"""What a round may run. After single models the tables disagree with each other, until the next whole run."""


def test_random_streams_in_random_batches_equal_a_full_refresh_and_the_oracle(database: Database) -> None:
    print(f"RADAR_TEST_SEED={SEED}")
    draw = random.Random(SEED)
    streams = [make_stream(SEED * 100_000 + number, WORKSPACES[number % 4]) for number in range(STREAMS)]
    for stream in streams:
        add_project(database, stream)
    for arrivals in batches(draw, [row for stream in streams for row in stream.rows]):
        for rows in split(draw, arrivals, 3):
            insert(database, rows)
        for command in draw.sample(COMMANDS, k=draw.randint(0, 2)):
            database.dbt(*command, "--quiet")
    database.dbt("run", "--quiet")
    expected, actual = expected_sessions(database), actual_sessions(database)
    assert (list((actual - expected).items())[:3], list((expected - actual).items())[:3]) == ([], [])
    assert sum(actual.values()) > 10 * STREAMS / 4
    assert_equals_full_refresh(database)


def batches(draw: random.Random, rows: list[Row]) -> list[list[Row]]:
    """The rows in six parts. Some arrive in the order of time, others in any: late ones days after their neighbours."""
    draw.shuffle(rows)
    in_order = sorted(rows[: len(rows) // 2], key=lambda row: str(row["occurred_at"]))
    parts = [
        [*early, *late]
        for early, late in zip(split(draw, in_order, 6), split(draw, rows[len(rows) // 2 :], 6), strict=True)
    ]
    for part in parts:
        draw.shuffle(part)
    return parts


def split(draw: random.Random, rows: list[Row], parts: int) -> list[list[Row]]:
    """The rows cut at random places; a part may be empty."""
    cuts = [0, *sorted(draw.randint(0, len(rows)) for _ in range(parts - 1)), len(rows)]
    return [rows[start:end] for start, end in itertools.pairwise(cuts)]


@pytest.mark.parametrize("seed", range(3))
def test_a_stream_is_made_again_from_its_seed(seed: int) -> None:
    assert make_stream(seed, WORKSPACES[0]) == make_stream(seed, WORKSPACES[0])
