"""Readers go on reading while dbt writes: never a foreign row, an error or an empty table in between."""

import threading
import time
from dataclasses import dataclass, field

import psycopg
import pytest

from tests.conftest import Database
from tests.tenants import ALPHA, BRAVO, NOBODY, RELATIONS, Tenant, add_events, add_tenant, reader


@dataclass
class Watch:
    """Reads every relation of `analytics` again and again as one user, and notes what that one should not see."""

    database: Database
    user: Tenant | None
    faults: list[str] = field(default_factory=list)
    rounds: int = 0
    is_over: bool = False

    def run(self) -> None:
        try:
            with reader(self.database, self.user.member_id if self.user else NOBODY) as connection:
                while not self.is_over:
                    for (relation,) in connection.execute(RELATIONS, []).fetchall():
                        if relation.startswith("analytics."):
                            self.look_at(connection, relation)
                    self.rounds += 1
                    time.sleep(0.05)
        except psycopg.Error as error:
            self.faults.append(f"{type(error).__name__}: {error}")

    def look_at(self, connection: psycopg.Connection, relation: str) -> None:
        rows = connection.execute(f"select to_jsonb(this)::text from {relation} as this".encode()).fetchall()
        text = str(rows)
        if any(sign in text for sign in BRAVO.signs) or (rows and not self.user):
            self.faults.append(f"{relation} shows foreign rows")
        if self.user and not rows:
            self.faults.append(f"{relation} is empty")


@pytest.mark.parametrize(
    "commands", [[["run"], ["run"]], [["run", "--full-refresh"], ["run"]]], ids=["incremental", "full refresh"]
)
def test_readers_notice_nothing_of_a_run(database: Database, commands: list[list[str]]) -> None:
    add_tenant(database, ALPHA)
    add_tenant(database, BRAVO)
    database.dbt("run", "--quiet")
    with reader(database):  # makes the login that both use
        watches = [Watch(database, ALPHA), Watch(database, None)]
    threads = [threading.Thread(target=watch.run) for watch in watches]
    for thread in threads:
        thread.start()
    for number, command in enumerate(commands, start=1):
        for tenant in (ALPHA, BRAVO):
            add_events(database, tenant, 1000 * number, 1000 * number + 500)
        process = database.start_dbt(*command)
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0, output
    time.sleep(0.1)
    for watch in watches:
        watch.is_over = True
    for thread in threads:
        thread.join()
    assert [watch.faults[:5] for watch in watches] == [[], []]
    assert min(watch.rounds for watch in watches) > 5
