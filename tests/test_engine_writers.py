"""Guarantee 2: while several connections insert, nothing that they committed is lost or counted twice.

RADAR_TEST_WRITER_SECONDS says how long they write.
"""

import datetime as dt
import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from psycopg import sql

from tests.conftest import Database
from tests.full_refresh import assert_equals_full_refresh
from tests.streams import Row, Stream, add_project

SECONDS = float(os.environ.get("RADAR_TEST_WRITER_SECONDS", "15"))
WRITERS = 6
WORKSPACE, PROJECT = UUID(int=1), UUID(int=2)
TOTALS = """
    select
        (select count(*) from analytics.session_events),
        (select sum(event_count) from analytics.sessions),
        (select sum(total_events) from analytics.daily_site_metrics),
        (select count(distinct (project_id, session_id)) from analytics.session_events),
        (select count(*) from analytics.sessions),
        (select sum(total_sessions) from analytics.daily_site_metrics),
        (select sum(pageview_count) from analytics.sessions),
        (select sum(views) from analytics.page_analytics)
"""


class Writer(threading.Thread):
    """Inserts in transactions that take their time, of which some are rolled back; `committed` holds the ids that stayed."""

    def __init__(self, database: Database, seed: int, stop: threading.Event) -> None:
        super().__init__()
        self.committed: set[str] = set()
        self._database = database
        self._draw = random.Random(seed)
        self._stop_writing = stop

    def run(self) -> None:
        with self._database.connect(autocommit=False) as connection:
            while not self._stop_writing.is_set():
                self._write(connection)

    def _write(self, connection: psycopg.Connection) -> None:
        ids = {self._insert(connection) for _ in range(self._draw.randint(1, 20))}
        time.sleep(self._draw.choice([0, 0, 0.01, 0.1, 0.3, 3]))
        ids |= {self._insert(connection) for _ in range(self._draw.randint(0, 3))}
        if self._draw.random() < 0.2:
            connection.rollback()
        else:
            connection.commit()
            self.committed |= ids

    def _insert(self, connection: psycopg.Connection) -> str:
        """A new message, or one that this writer has stored before, with another time."""
        again = self._draw.random() < 0.1 and self.committed
        message_id = self._draw.choice(sorted(self.committed)) if again else f"m{self._draw.getrandbits(60):x}"
        ago = dt.timedelta(seconds=self._draw.uniform(0, 86_400) * self._draw.choice([0, 1]))
        row: Row = {
            "workspace_id": WORKSPACE,
            "project_id": PROJECT,
            "message_id": message_id,
            "anonymous_id": f"visitor-{self._draw.randint(1, 300)}",
            "user_id": self._draw.choice([None] * 9 + [f"user-{self._draw.randint(1, 50)}"]),
            "session_id": self._draw.choice([None] * 9 + [f"visit-{self._draw.randint(1, 50)}"]),
            "occurred_at": dt.datetime.now(dt.UTC) - ago,
            "event_type": self._draw.choice(["pageview", "click", "identify"]),
        }
        names, places = sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join([sql.Placeholder()] * len(row))
        query = sql.SQL("insert into ingest.events ({}) values ({})").format(names, places)
        connection.execute(query, list(row.values()))
        return message_id


def test_what_concurrent_writers_commit_is_counted_exactly_once(database: Database) -> None:
    add_project(database, Stream(0, WORKSPACE, PROJECT, "Asia/Kathmandu"))
    runs = 0
    with writers(database) as writing:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            database.build()
            runs += 1
            assert_totals_agree(database)
    database.build()
    committed = set[str]().union(*(writer.committed for writer in writing))
    print(f"{len(committed)} events in {runs} runs")
    assert runs >= 2
    assert len(committed) > 100
    assert assert_totals_agree(database) == len(committed)
    assert counted(database) == committed
    assert_equals_full_refresh(database)


@contextmanager
def writers(database: Database) -> Iterator[list[Writer]]:
    """Writers at work, who have ended at the end."""
    stop = threading.Event()
    threads = [Writer(database, seed, stop) for seed in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def assert_totals_agree(database: Database) -> int:
    """Every table of a run has seen the same events, though more came meanwhile; returns how many."""
    [(events, *event_sums, keys, sessions, session_sum, pageviews, views)] = database.query(TOTALS)
    assert [total or 0 for total in event_sums] == [events, events]
    assert [sessions, session_sum or 0] == [keys, keys]
    assert (pageviews or 0) == (views or 0)
    return int(events)


def counted(database: Database) -> set[str]:
    """Ids of the messages that are in a session; the key of session_events lets none in twice."""
    query = (
        "select distinct message_id from ingest.events as raw"
        " inner join analytics.session_events using (workspace_id, event_id)"
    )
    return {message_id for (message_id,) in database.query(query)}
