"""The embedded server: what people do with it, and what happens to it."""

import concurrent.futures
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg
import pytest

from radar import settings
from radar.errors import DiskFull, PortTaken, ServerError, WrongVersion
from radar.server import Server, describe
from tests.conftest import free_port, server_bin_dir

IS_ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def made_once() -> Iterator[Path]:
    """A stopped server's data directory: making one takes a second, copying it a tenth of that."""
    with _folder() as folder:
        server = Server(folder / "pgdata", server_bin_dir(), free_port(), is_durable=False)
        server.up()
        server.down()
        yield server.data_dir


@pytest.fixture
def own_server(made_once: Path) -> Iterator[Server]:
    """A server of the test's own, not running, whose database exists."""
    with _folder() as folder:
        server = Server(folder / "pgdata", server_bin_dir(), free_port(), is_durable=False)
        subprocess.run(["cp", "-a", made_once, server.data_dir], check=True)
        yield server
        server.down()


class _folder:  # noqa: N801 (used like contextlib's functions)
    """A short temporary folder: pytest's own are too long for a socket, and closed to other users."""

    def __enter__(self) -> Path:
        self.path = Path(tempfile.mkdtemp(prefix="radar-test-"))
        return self.path

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def _postmaster(server: Server) -> int:
    return int((server.data_dir / "postmaster.pid").read_text().split()[0])


def _radar(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "radar", *args]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)


def test_up_and_down_may_be_repeated(own_server: Server) -> None:
    assert [own_server.up(), own_server.up()] == [True, False]
    assert describe(own_server.dsn).database_bytes > 1_000_000
    assert [own_server.down(), own_server.down()] == [True, False]
    assert not own_server.is_running()


def test_down_before_the_first_up_leaves_no_trace(tmp_path: Path) -> None:
    assert not Server(tmp_path / "state" / "pgdata", server_bin_dir(), 1).down()
    assert not (tmp_path / "state").exists()


def test_settings_are_in_force_and_yours_win(own_server: Server) -> None:
    with (own_server.data_dir / "postgresql.conf").open("a") as file:
        file.write("work_mem = '5MB'\n")
    own_server.up()
    names = ["wal_level", "jit", "timezone", "shared_preload_libraries", "listen_addresses", "work_mem"]
    with psycopg.connect(own_server.dsn) as connection:
        values = [connection.execute("select current_setting(%s)", [name]).fetchone() for name in names]
    assert values == [("minimal",), ("off",), ("UTC",), ("pg_stat_statements",), ("127.0.0.1",), ("5MB",)]


def test_data_survives_a_kill(own_server: Server) -> None:
    durable = replace(own_server, is_durable=True)
    durable.up()
    with psycopg.connect(durable.dsn, autocommit=True) as connection:
        connection.execute("create table kept as select 1 as number")
        os.kill(_postmaster(durable), signal.SIGKILL)
    assert durable.up()
    with psycopg.connect(durable.dsn) as connection:
        assert connection.execute("select number from kept").fetchall() == [(1,)]


def test_a_backend_that_outlives_the_kill_is_waited_for(own_server: Server) -> None:
    """PostgreSQL refuses to start while an old process still works on the data."""
    own_server.up()
    with psycopg.connect(own_server.dsn) as connection:
        backend = psutil.Process(connection.info.backend_pid)
        backend.suspend()
        os.kill(_postmaster(own_server), signal.SIGKILL)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            start = pool.submit(own_server.up)
            time.sleep(1.5)
            assert not start.done()
            backend.resume()
            assert start.result()


@pytest.mark.parametrize(("name", "folder"), [("sleep", "pgdata"), ("postgres", ".")])
def test_a_number_reused_by_another_program_is_not_a_server(own_server: Server, name: str, folder: str) -> None:
    """A process of the same user has the number that the killed server left behind: even another PostgreSQL."""
    state = own_server.data_dir.parent
    shutil.copy("/bin/sleep", state / name)
    own_server.up()
    left_behind = (own_server.data_dir / "postmaster.pid").read_text().splitlines()
    own_server.down()
    owner = own_server.data_dir.stat()
    uid, gid = (owner.st_uid, owner.st_gid) if IS_ROOT else (None, None)
    with subprocess.Popen([state / name, "60"], cwd=state / folder, user=uid, group=gid) as other:
        try:
            (own_server.data_dir / "postmaster.pid").write_text("\n".join([str(other.pid), *left_behind[1:]]) + "\n")
            assert not own_server.is_running()
            assert own_server.up()
        finally:
            other.kill()


def test_a_taken_port_says_by_whom_and_what_to_do(own_server: Server) -> None:
    message = rf"port {own_server.port} is taken by .*\(process {os.getpid()}\): .*PGPORT"
    with socket.create_server(("127.0.0.1", own_server.port)), pytest.raises(PortTaken, match=message):
        own_server.up()
    assert own_server.up()


def test_a_running_server_is_not_moved_to_another_port(own_server: Server) -> None:
    own_server.up()
    with pytest.raises(ServerError, match=f"runs on port {own_server.port}, not 1: `export PGPORT={own_server.port}`"):
        replace(own_server, port=1).up()


def test_data_of_another_major_version(own_server: Server) -> None:
    (own_server.data_dir / "PG_VERSION").write_text("14\n")
    with pytest.raises(WrongVersion, match=r"made by PostgreSQL 14 and this is 1[5-9].*`mv "):
        own_server.up()


def test_a_folder_with_something_else_is_left_alone(own_server: Server) -> None:
    (own_server.data_dir / "PG_VERSION").unlink()
    with pytest.raises(ServerError, match="is not a PostgreSQL data directory: move it away"):
        own_server.up()


def test_what_the_log_says_when_it_cannot_start(own_server: Server) -> None:
    with (own_server.data_dir / "postgresql.conf").open("a") as file:
        file.write("max_connections = 'many'\n")
    with pytest.raises(ServerError, match=r"could not start: .*configuration file .*contains errors"):
        own_server.up()


def test_two_ups_at_once_start_one_server(own_server: Server) -> None:
    code = (
        "import sys; from pathlib import Path; from radar.server import Server;"
        "print(Server(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), is_durable=False).up())"
    )
    command = [sys.executable, "-c", code, str(own_server.data_dir), str(own_server.bin_dir), str(own_server.port)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sorted(process.communicate()[0].strip() for process in both) == ["False", "True"]


def test_an_up_cut_short_is_begun_anew() -> None:
    with _folder() as folder:
        (folder / "pgdata.new").mkdir()
        (folder / "pgdata.new" / "PG_VERSION").write_text("18\n")
        server = Server(folder / "pgdata", server_bin_dir(), free_port(), is_durable=False)
        assert server.up()
        assert server.down()


def test_a_path_too_long_for_a_socket(made_once: Path) -> None:
    with _folder() as folder:
        data_dir = folder / "it's a long, long path" / ("x" * 100) / "pgdata"
        data_dir.parent.mkdir(parents=True)
        subprocess.run(["cp", "-a", made_once, data_dir], check=True)
        server = Server(data_dir, server_bin_dir(), free_port(), is_durable=False)
        server.up()
        with psycopg.connect(server.dsn) as connection:
            found = connection.execute("select current_setting('unix_socket_directories')").fetchall()[0][0]
        with psycopg.connect(server.dsn, host=found) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
        server.down()
        Path(found).rmdir()


@pytest.fixture
def small_disk() -> Iterator[Callable[[str], Path]]:
    """Makes a disk of that size, as `mount` says it, which only root may do."""
    if not IS_ROOT or sys.platform != "linux":
        pytest.skip("only root can make a small disk")
    with _folder() as folder:

        def mount(size: str) -> Path:
            options = ["-t", "tmpfs", "-o", f"{size},mode=755", "tmpfs"]
            if subprocess.run(["mount", *options, folder], capture_output=True, check=False).returncode:
                pytest.skip("this container may not mount")
            return folder

        yield mount
        subprocess.run(["umount", "-l", folder], capture_output=True, check=False)


@pytest.mark.parametrize("size", ["size=20m", "nr_inodes=2"])
def test_a_disk_too_small_for_the_data(small_disk: Callable[[str], Path], size: str) -> None:
    """The first is full in the middle of initdb, the second (of files, not of bytes) before it begins."""
    server = Server(small_disk(size) / "pgdata", server_bin_dir(), free_port(), is_durable=False)
    with pytest.raises(DiskFull, match=r"is full .*: make room"):
        server.up()
    assert not list(server.data_dir.parent.glob("pgdata*"))


def test_a_disk_that_filled_up_while_the_server_was_down(small_disk: Callable[[str], Path], made_once: Path) -> None:
    folder = small_disk("size=100m")
    server = Server(folder / "pgdata", server_bin_dir(), free_port(), is_durable=False)
    subprocess.run(["cp", "-a", made_once, server.data_dir], check=True)
    ballast = folder / "ballast"
    subprocess.run(["dd", "if=/dev/zero", f"of={ballast}", "bs=4k"], capture_output=True, check=False)
    with pytest.raises(DiskFull, match=r"is full \(0 MB free\): make room"):
        server.up()
    ballast.unlink()
    assert server.up()
    server.down()


def test_libpq_variables_name_another_server(server: Server) -> None:
    there = {"PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGDATABASE": "radar", "PGUSER": "postgres"}
    assert _radar("dsn", **there).stdout.strip() == f"host=127.0.0.1 port={server.port} user=postgres dbname=radar"
    assert "nothing is started; PostgreSQL" in _radar("up", **there).stdout
    assert "is not Radar's to stop" in _radar("down", **there).stdout
    status = _radar("status", **there)
    assert status.returncode == 0
    assert f"port={server.port}" in status.stdout


def test_without_libpq_variables_it_is_the_embedded_server() -> None:
    assert _radar("dsn").stdout.strip() == "host=127.0.0.1 port=54330 user=postgres dbname=radar"
    assert _radar("dsn", PGPORT="54444").stdout.strip() == "host=127.0.0.1 port=54444 user=postgres dbname=radar"
    assert "port=5432" in _radar("dsn", PGHOST="db.example.com").stdout
    assert _radar("dsn", "--url").stdout.strip() == "postgresql://postgres@127.0.0.1:54330/radar"
    assert _radar("dsn", "--url", DATABASE_URL="mysql://host/other").stdout == _radar("dsn", "--url").stdout


@pytest.mark.parametrize(
    ("variable", "value", "url"),
    [
        ("PGHOSTADDR", "10.0.0.1", "postgresql://postgres@10.0.0.1:5432/radar"),
        (
            "DATABASE_URL",
            "postgres://me:p%40@db:6432/x?sslmode=require",
            "postgresql://me:p%40@db:6432/x?sslmode=require",
        ),
        ("PGSERVICE", "warehouse", "postgresql:///?service=warehouse"),
    ],
)
def test_any_variable_alone_means_another_server(variable: str, value: str, url: str) -> None:
    assert _radar("dsn", "--url", **{variable: value}).stdout.strip() == url
    assert "is not Radar's to stop" in _radar("down", **{variable: value}).stdout


def test_a_password_is_shown_only_where_it_is_asked_for() -> None:
    elsewhere = {"DATABASE_URL": f"postgres://me:s%26cret@127.0.0.1:{free_port()}/x"}
    assert _radar("dsn", **elsewhere).stdout.strip().startswith("user=me ")
    assert "s%26cret" in _radar("dsn", "--url", **elsewhere).stdout
    for command in (["dsn"], ["up"], ["status"]):
        outcome = _radar(*command, **elsewhere)
        assert "127.0.0.1" in outcome.stdout + outcome.stderr
        assert "cret" not in outcome.stdout + outcome.stderr


@pytest.mark.parametrize("variable", ["PGSERVICE", "DATABASE_URL"])
def test_dbt_alone_says_what_it_does_not_read(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would build in the embedded server, or in whatever listens there."""
    monkeypatch.setenv(variable, "postgres://db/x")
    command = [str(Path(sys.executable).with_name("dbt")), "parse", "--no-use-colors"]
    found = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 2
    assert "dbt reads neither PGSERVICE nor DATABASE_URL: run it as radar build" in found.stdout


def test_dbt_reads_the_same_variables(server: Server) -> None:
    command = [str(Path(sys.executable).with_name("dbt")), "debug", "--connection", "--no-use-colors"]
    environment = {**os.environ, "PGPORT": str(server.port)}
    found = subprocess.run(command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "Connection test: [OK connection ok]" in found.stdout, found.stdout


def test_errors_are_one_line_and_a_traceback_only_for_debug() -> None:
    refused = {"PGHOST": "127.0.0.1", "PGPORT": str(free_port())}
    plain, debug = _radar("status", **refused), _radar("--debug", "status", **refused)
    assert (plain.returncode, plain.stdout, plain.stderr.count("\n")) == (1, "", 1)
    assert plain.stderr.startswith("Error: cannot use host=127.0.0.1")
    assert (debug.returncode, debug.stderr.splitlines()[0]) == (1, "Traceback (most recent call last):")
    assert "PGPORT is 'x': set it to a number" in _radar("up", PGPORT="x").stderr
    assert _radar("up", "--no-such-option").returncode == 2
