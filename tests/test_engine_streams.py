"""Guarantee 1: whatever comes in whatever order and batches, the incremental tables are those of a full refresh."""

import itertools
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, assume, given, seed
from hypothesis import settings as examples
from hypothesis import strategies as st

from radar import settings
from tests.conftest import Database
from tests.full_refresh import assert_equals_full_refresh
from tests.session_oracle import actual_sessions, expected_sessions
from tests.streams import Row, Stream, add_project, insert, make_stream

SEED = int(os.environ.get("RADAR_TEST_SEED", "1"))
STREAMS = 500
WORKSPACES = [UUID(int=number) for number in range(1, 5)]
DERIVED = ["sessions", "daily", "funnels", "attribution", "conversations", "cohorts"]
MODELS = sorted(path.stem for folder in DERIVED for path in (settings.ROOT / "models" / folder).glob("*.sql"))


@dataclass(frozen=True)
class Scenario:
    """Which streams arrive in what order, and what is run after each batch of them."""

    seed: int
    last: int
    number: int
    order: int
    rounds: list[list[list[str]]]

    def streams(self) -> list[Stream]:
        """The streams before `last`. Both numbers shrink: the one to the first stream that fails, the other to it alone."""
        numbers = range(max(0, self.last - self.number), self.last)
        return [make_stream(SEED * 100_000 + self.seed * 1000 + number, WORKSPACES[number % 4]) for number in numbers]


MODEL = st.sampled_from(MODELS)
COMMANDS = st.one_of(
    st.just(["run"]),
    st.builds(lambda name: ["run", "-s", name], MODEL),
    st.builds(lambda name: ["run", "--full-refresh", "-s", name], MODEL),
)
"""What a round may run. After single models the tables disagree with each other, until the next whole run."""
SCENARIOS = st.builds(
    Scenario,
    seed=st.integers(0, 99),
    last=st.integers(0, STREAMS),
    number=st.integers(0, STREAMS),
    order=st.integers(0, 2**16),
    rounds=st.lists(st.lists(COMMANDS, min_size=1, max_size=2), min_size=2, max_size=6),
)


@pytest.mark.any_server
@seed(SEED)
@examples(
    max_examples=1,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=HealthCheck,
)
@given(SCENARIOS)
def test_random_streams_in_random_batches_equal_a_full_refresh_and_the_oracle(
    new_database: Callable[[], Database], scenario: Scenario
) -> None:
    streams = scenario.streams()
    assume(streams)
    database = new_database()
    print(f"RADAR_TEST_SEED={SEED}, {len(streams)} streams, {scenario}")
    for stream in streams:
        add_project(database, stream)
    draw = random.Random(scenario.order)
    rows = [row for stream in streams for row in stream.rows]
    for arrivals, commands in zip(batches(draw, rows, len(scenario.rounds)), scenario.rounds, strict=True):
        for part in split(draw, arrivals, 3):
            insert(database, part)
        for command in commands:
            database.dbt(*command, "--quiet")
    database.build()
    expected, actual = expected_sessions(database), actual_sessions(database)
    assert (list((actual - expected).items())[:3], list((expected - actual).items())[:3]) == ([], [])
    assert_equals_full_refresh(database)


def batches(draw: random.Random, rows: list[Row], number: int) -> list[list[Row]]:
    """The rows in as many parts. Some arrive in the order of time, others in any: late ones days after their neighbours."""
    draw.shuffle(rows)
    in_order = sorted(rows[: len(rows) // 2], key=lambda row: str(row["occurred_at"]))
    parts = [
        [*early, *late]
        for early, late in zip(split(draw, in_order, number), split(draw, rows[len(rows) // 2 :], number), strict=True)
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
