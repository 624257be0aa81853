"""A database that was dumped and restored into another cluster is adopted first: transaction ids start anew there."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from radar.errors import DbtError
from radar.server import Server
from tests.conftest import Database, free_port, server_bin_dir
from tests.full_refresh import assert_equals_full_refresh, tables
from tests.streams import insert, make_streams


@pytest.fixture
def other_server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="radar-test-"))  # pytest's own folders are closed to the server's user
    server = Server(folder / "pgdata", server_bin_dir(), free_port(), is_durable=False)
    server.up()
    yield server
    server.down()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_restored_database_is_refused_until_it_is_adopted(
    database: Database, other_server: Server, tmp_path: Path
) -> None:
    rows = make_streams(database, seed=11, number=20)
    insert(database, rows[0::3])
    database.dbt("run", "--quiet")
    insert(database, rows[1::3])
    restored = restore(database, other_server, tmp_path / "dump")
    sessions = restored.query("select count(*) from analytics.sessions")
    with pytest.raises(DbtError, match=r"restored into another PostgreSQL cluster.*dbt run-operation adopt_database"):
        restored.dbt("run", "--quiet")
    assert restored.query("select count(*) from analytics.sessions") == sessions
    insert(restored, rows[2::3])
    restored.dbt("run-operation", "adopt_database", "--quiet")
    restored.dbt("run", "--quiet")
    insert(database, rows[2::3])
    database.dbt("run", "--quiet")
    counts = "select count(*), sum(event_count), max(ended_at) from analytics.sessions"
    assert restored.query(counts) == database.query(counts)
    insert(restored, make_streams(restored, seed=12, number=5))
    restored.dbt("run", "--quiet")
    assert_equals_full_refresh(restored)


def restore(database: Database, server: Server, file: Path) -> Database:
    """A copy of the database in the other cluster, with the roles that it names."""
    restored = Database(make_conninfo(server.dsn, dbname="restored"))
    with Database(server.dsn).connect() as connection:
        connection.execute("create database restored")
    roles = run("pg_dumpall", "--roles-only", "--no-role-passwords", "-d", database.dsn)
    run("psql", "-q", "-d", restored.dsn, text=roles)
    run("pg_dump", "--format=custom", "--file", str(file), "-d", database.dsn)
    run("pg_restore", "--exit-on-error", "-d", restored.dsn, str(file))
    assert tables(restored) == tables(database)
    return restored


def run(program: str, *arguments: str, text: str = "") -> str:
    """What one of PostgreSQL's programs prints."""
    command = [str(server_bin_dir() / program), *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
