"""The past of a cluster can be replaced: a run goes on where transaction ids go on, and refuses where they come a second time."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner

from radar import cli
from radar._cluster import Cluster
from radar.errors import DbtError
from radar.server import Server
from tests.conftest import OF_VISITS, Database, free_port, server_bin_dir
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


def test_clones_and_what_is_restored_into_them(
    database: Database, other_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A physical copy goes on. A dump goes on where the ids that it has read are below those to come, and nowhere else, also when so
    many ids have passed since it was restored that the next one is above them."""
    insert(database, make_streams(database, seed=13, number=4))
    original = restore(database, other_server, tmp_path / "dump")
    original.dbt("run-operation", "adopt_database", "--quiet")
    original.build(models=OF_VISITS)
    with clone_of(other_server) as clone:
        for name in ("restored", "copied"):  # a clone's database, and a copy by PostgreSQL's own means
            copy = Database(make_conninfo(clone.dsn, dbname=name))
            if name == "copied":
                Database(make_conninfo(clone.dsn, dbname="postgres")).execute(
                    "create database copied template restored"
                )
            assert_reads_a_new_event(copy)
        burn_ids(original, 6000)
        assert_reads_a_new_event(original)
        from_original = restore(original, clone, tmp_path / "later", name="from_original")
        within = restore(original, other_server, tmp_path / "again", name="within")
        assert_reads_a_new_event(within)
        assert_reads_a_new_event(within)
        for ids in (0, 7000):
            burn_ids(from_original, ids)
            add_event(from_original)
            assert_is_refused(from_original, "cluster that was ahead of this one", monkeypatch)
        from_original.dbt("run-operation", "adopt_database", "--quiet")
        assert_reads_a_new_event(from_original)
        assert_equals_full_refresh(from_original, *OF_VISITS)


def test_a_counter_that_was_set(
    database: Database, other_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To more, with pg_resetwal: a run goes on. To less: it refuses, also when the counter has passed all that was read."""
    insert(database, make_streams(database, seed=16, number=2))
    copy = restore(database, other_server, tmp_path / "dump")
    copy.dbt("run-operation", "adopt_database", "--quiet")
    copy.build(models=OF_VISITS)
    set_next_id(other_server, 900_000)
    assert_reads_a_new_event(copy)
    assert_reads_a_new_event(copy)
    run(
        "vacuumdb", "--all", "--freeze", "--quiet", "--maintenance-db", copy.dsn
    )  # else PostgreSQL does not see the newest rows
    set_next_id(other_server, 850_000)
    for ids in (0, 60_000):
        burn_ids(copy, ids)
        add_event(copy)
        assert_is_refused(copy, "went back", monkeypatch)
    copy.dbt("run-operation", "adopt_database", "--quiet")
    assert_reads_a_new_event(copy)
    assert_equals_full_refresh(copy, *OF_VISITS)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("update radar.builds set horizon = horizon + 100000 where model = 'session_events'", "went back"),
        ("update radar.runs set horizon = horizon + 100000", "went back"),
        ("update radar.runs set given_up = (select max(ingest_xid) from ingest.events)", "went back"),
        ("update ingest.events set ingest_xid = ingest_xid + 100000", "ingest.events has rows of transactions"),
    ],
)
def test_ids_above_those_of_the_cluster_are_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch, statement: str, message: str
) -> None:
    """Also those that a run had given up and that were given to somebody since. Adopting is the remedy."""
    insert(database, make_streams(database, seed=14, number=2))
    database.build(models=OF_VISITS)
    database.execute(statement)
    assert_is_refused(database, message, monkeypatch)
    database.dbt("run-operation", "adopt_database", "--quiet")
    assert_reads_a_new_event(database)


@pytest.mark.parametrize("role", ["origin", "replica"])
def test_rows_with_ids_of_elsewhere_arrive_when_they_are_stored(database: Database, role: str) -> None:
    """Rows of a backup, put back; and rows of a publisher, which a subscriber writes as a replica."""
    insert(database, make_streams(database, seed=15, number=2))
    database.build(models=OF_VISITS)
    with database.connect() as connection:
        connection.execute(sql.SQL("set session_replication_role = {}").format(role))
        connection.execute(ADD_EVENT.replace("occurred_at)", "occurred_at, ingest_xid)").replace("now()", "now(), 3"))
    database.build(models=OF_VISITS)
    assert database.query(FOUND) == [(1,)]
    assert_equals_full_refresh(database, *OF_VISITS)


ADD_EVENT = """
    insert into ingest.events (workspace_id, project_id, message_id, anonymous_id, occurred_at)
    select workspace_id, project_id, gen_random_uuid()::text, 'added', now() from ingest.projects limit 1
"""
FOUND = "select count(*) from analytics.session_events where anonymous_id = 'added'"


def add_event(database: Database) -> None:
    database.execute(ADD_EVENT)


def assert_reads_a_new_event(database: Database) -> None:
    add_event(database)
    database.build(models=OF_VISITS)
    stored = "select count(*) from ingest.events where anonymous_id = 'added'"
    assert database.query(FOUND) == database.query(stored)


def assert_is_refused(database: Database, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a run, which changes nothing; status and doctor say it too."""
    before = database.query(FOUND)
    with pytest.raises(DbtError, match=rf"{message}.*dbt run-operation adopt_database"):
        database.build(models=OF_VISITS)
    assert database.query(FOUND) == before
    with monkeypatch.context() as patch:
        for name, value in database.env.items():
            patch.setenv(name, value)
        for command in ("status", "doctor"):
            assert message in " ".join(CliRunner().invoke(cli.app, [command], env={"COLUMNS": "400"}).output.split())


def burn_ids(database: Database, number: int) -> None:
    """As many transactions that write something."""
    database.execute(
        f"do $$ begin for number in 1 .. {number} loop perform pg_current_xact_id(); commit; end loop; end $$"
    )


def set_next_id(server: Server, number: int) -> None:
    """What administrators do to a cluster that does not start any more."""
    server.down()
    cluster = Cluster(server.data_dir, server.bin_dir)
    os.truncate(server.data_dir / "pg_xact" / "0000", 262_144)  # the states of the first million transactions
    done = cluster.run("pg_resetwal", "-x", str(number), "-D", str(server.data_dir))
    assert done.returncode == 0, done.stderr
    server.up()


@contextmanager
def clone_of(server: Server) -> Iterator[Server]:
    """A base backup that follows the server as its standby, and is promoted: the same cluster, with a counter of its own from here on."""
    server.down()
    with (server.data_dir / "postgresql.conf").open("a") as file:
        file.write("wal_level = replica\nmax_wal_senders = 2\n")
    server.up()
    folder = Path(tempfile.mkdtemp(prefix="radar-test-"))
    clone = Server(folder / "pgdata", server.bin_dir, free_port(), is_durable=False)
    cluster = Cluster(clone.data_dir, clone.bin_dir)
    cluster.user.own(folder)
    done = cluster.run("pg_basebackup", "-R", "-c", "fast", "-d", server.dsn, "-D", str(clone.data_dir))
    assert done.returncode == 0, done.stderr
    clone.up()
    Database(clone.dsn).execute("select pg_promote()")
    yield clone
    clone.down()
    shutil.rmtree(folder, ignore_errors=True)


def restore(database: Database, server: Server, file: Path, name: str = "restored") -> Database:
    """A copy of the database in the other cluster, with the roles that it names."""
    restored = Database(make_conninfo(server.dsn, dbname=name))
    with Database(server.dsn).connect() as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    roles = run("pg_dumpall", "--roles-only", "--no-role-passwords", "-d", database.dsn)
    run("psql", "-q", "-d", restored.dsn, text=roles)  # those that are there stay
    run("pg_dump", "--format=custom", "--file", str(file), "-d", database.dsn)
    run("pg_restore", "--exit-on-error", "-d", restored.dsn, str(file))
    assert tables(restored) == tables(database)
    return restored


def run(program: str, *arguments: str, text: str = "") -> str:
    """What one of PostgreSQL's programs prints."""
    command = [str(server_bin_dir() / program), *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
