"""Guarantee 2: a run that is killed, or whose server is, leaves nothing that the next run does not mend."""

import contextlib
import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from radar.server import Server
from tests.conftest import FOLLOWING, Database, free_port, server_bin_dir
from tests.dbt_process import Launcher, launcher, wait
from tests.full_refresh import assert_equals_full_refresh
from tests.streams import insert, make_streams

SEED = int(os.environ.get("RADAR_TEST_SEED", "1"))
KILLS = ["dbt"] * 12 + ["backend"] * 4 + ["server"] * 4


@pytest.fixture
def own_server() -> Iterator[Server]:
    """One that may be killed. Only a crash of the machine would lose what it has not synchronized."""
    folder = Path(tempfile.mkdtemp(prefix="radar-test-"))  # pytest's own folders are closed to the server's user
    server = Server(folder / "pgdata", server_bin_dir(), free_port(), is_durable=False)
    server.up()
    yield server
    server.down()
    shutil.rmtree(folder, ignore_errors=True)


def test_twenty_kills_in_the_middle_of_runs(own_server: Server) -> None:
    print(f"RADAR_TEST_SEED={SEED}")
    draw = random.Random(SEED)
    database = Database(own_server.dsn)
    database.dbt("run", "--quiet")
    rows = make_streams(database, SEED, 60)
    kills = draw.sample(KILLS, k=len(KILLS))
    with launcher(database) as dbt:
        seconds = duration(lambda: wait(dbt.start("run", "--select", *FOLLOWING)))
        for number, what in enumerate(kills):
            insert(database, rows[number :: len(kills)])
            while not killed_in_a_run(own_server, database, dbt, what, draw.uniform(0, seconds)):
                seconds *= 0.9
    database.build()
    assert_equals_full_refresh(database)


def killed_in_a_run(server: Server, database: Database, dbt: Launcher, what: str, seconds: float) -> bool:
    """False when the run was over by then."""
    run = dbt.start("run", "--select", *FOLLOWING, *(["--full-refresh"] if seconds * 1000 % 1 < 0.2 else []))
    time.sleep(seconds)
    was_running = run.is_running()
    if what == "dbt":
        with contextlib.suppress(psutil.NoSuchProcess):
            run.kill()
    else:
        kill_server(server, database, what)
    wait(run)
    server.up()
    return was_running


def kill_server(server: Server, database: Database, what: str) -> None:
    """A backend, which makes the server throw all sessions out and recover; or the server itself."""
    process = int((server.data_dir / "postmaster.pid").read_text().split()[0])
    if what == "backend":
        try:
            found = database.query(
                "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
            )
        except psycopg.OperationalError:
            found = []
        process = found[-1][0] if found else process
    os.kill(process, signal.SIGKILL)
    wait_for_recovery(database) if what == "backend" else None


def wait_for_recovery(database: Database) -> None:
    for _ in range(500):
        try:
            database.query("select")
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return


def duration(action: Callable[[], object]) -> float:
    started = time.monotonic()
    action()
    return time.monotonic() - started
