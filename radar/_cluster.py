"""A PostgreSQL data directory: made once, checked and configured before every start; and who works on it."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psutil

from radar._machine import machine_settings
from radar._system_user import SystemUser
from radar.errors import DiskFull, ServerError, WrongVersion

SUPERUSER = "postgres"
WAL_SEGMENT_BYTES = 16 * 1024 * 1024
SOCKET_PATH_LIMIT = 103
"""Bytes that every system allows for the path of a socket (Linux 107, macOS 103)."""

_INCLUDE = """
# Radar writes radar.conf anew at every start, to suit the machine. Settings below this line are yours, and win over it.
include = 'radar.conf'
"""


@dataclass(frozen=True)
class Cluster:
    """The data directory `data_dir` of the PostgreSQL whose programs are in `bin_dir`."""

    data_dir: Path
    bin_dir: Path
    is_durable: bool = True

    @property
    def user(self) -> SystemUser:
        """Who owns the data and runs the programs."""
        return SystemUser.for_data(self.data_dir)

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the owner of the data."""
        return self.user.run([str(self.bin_dir / program), *arguments])

    def running_port(self) -> int | None:
        """The port of the server that works on the data, None when none does.

        It is the process that postmaster.pid names, if that is a PostgreSQL in our directory: after a crash another
        program may have that number, which PostgreSQL itself takes for a running server.
        """
        try:
            lines = (self.data_dir / "postmaster.pid").read_text().splitlines()
            process, port = psutil.Process(int(lines[0])), int(lines[3])
            return port if process.name().startswith("postgres") and self._works_here(process) else None
        except (OSError, IndexError, ValueError, psutil.NoSuchProcess):
            return None

    def _works_here(self, process: psutil.Process) -> bool:
        """True when the process's folder is the data directory; where we may not see it, when it has the same owner."""
        try:
            return Path(process.cwd()) == self.data_dir.resolve()
        except psutil.AccessDenied:
            return process.uids().real == self.data_dir.stat().st_uid

    def remove_stale_locks(self) -> None:
        """Lock files of a killed server: PostgreSQL obeys them when another process has got its number."""
        (self.data_dir / "postmaster.pid").unlink(missing_ok=True)
        for lock in self.socket_dir.glob(".s.PGSQL.*"):
            lock.unlink(missing_ok=True)

    def prepare(self) -> None:
        """Make the directory if there is none, and write its settings. Raises DiskFull, WrongVersion, ServerError."""
        self.user.let_through(self.bin_dir)
        self.user.let_read(self.bin_dir.parent)
        self.user.let_through(self.data_dir)
        if self.data_dir.exists() and any(self.data_dir.iterdir()):
            self._check_version()
        else:
            self._make()
        self._write_settings()

    def _make(self) -> None:
        """The directory gets its name only when it is complete, so that one cut short is never taken for data."""
        user, new = self.user, self.data_dir.with_name(self.data_dir.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        user.own(new)
        result = user.run([str(self.bin_dir / "initdb"), "-D", str(new), *self._initdb_options()])
        if result.returncode:
            problem = failure("make its data directory", result.stderr, new)
            shutil.rmtree(new, ignore_errors=True)
            raise problem
        with (new / "postgresql.conf").open("a") as file:
            file.write(_INCLUDE)
        new.rename(self.data_dir)

    def _initdb_options(self) -> list[str]:
        """The same order of text on every machine; before 17, PostgreSQL itself does not bring it."""
        provider = ["--locale-provider=builtin"] if self._major() >= 17 else []
        sync = [] if self.is_durable else ["--no-sync"]
        return ["--username", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", *provider, *sync]

    def _check_version(self) -> None:
        try:
            found = int((self.data_dir / "PG_VERSION").read_text())
        except (FileNotFoundError, ValueError):
            raise ServerError(f"{self.data_dir} is not a PostgreSQL data directory: move it away") from None
        if found != (major := self._major()):
            raise WrongVersion(
                f"{self.data_dir} was made by PostgreSQL {found} and this is {major}: dump it with {found} if you "
                f"need it, then `mv {self.data_dir} {self.data_dir}-{found}` and run `radar up` again"
            )

    def _major(self) -> int:
        match = re.search(r"\d+", self.run("postgres", "--version").stdout)
        if not match:
            raise ServerError(
                f"{self.bin_dir} has no PostgreSQL that runs here: install Radar again (`make clean demo`)"
            )
        return int(match[0])

    def _write_settings(self) -> None:
        settings = machine_settings(self.bin_dir, self.data_dir) | {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.socket_dir),
        }
        if not self.is_durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        path = self.data_dir / "radar.conf"
        path.write_text("".join(f"{name} = '{value}'\n" for name, value in settings.items()))
        self.user.own(path)

    @property
    def socket_dir(self) -> Path:
        """The data directory; when its path is too long for a socket or needs quoting, a short one for it alone."""
        if len(os.fsencode(self.data_dir)) + len("/.s.PGSQL.65535") <= SOCKET_PATH_LIMIT and re.fullmatch(
            r"[\w./-]+", str(self.data_dir)
        ):
            return self.data_dir
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"radar-{digest}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), self.user.uid):
            raise ServerError(f"{folder}, where the server's socket should be, belongs to another user: remove it")
        self.user.own(folder)
        return folder


def failure(doing: str, message: str, data_dir: Path) -> ServerError:
    """The error that PostgreSQL's own message stands for. A full disk may leave none: it holds the log as well."""
    free = shutil.disk_usage(data_dir.parent).free
    if "No space left on device" in message or free < WAL_SEGMENT_BYTES:
        return disk_full(data_dir)
    lines = [line for line in message.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"\b(FATAL|PANIC|error):", line)] or lines or ["it says nothing"]
    return ServerError(f"PostgreSQL could not {doing}: {telling[-1].strip()}")


def disk_full(data_dir: Path) -> DiskFull:
    """The error for a disk without room."""
    free = shutil.disk_usage(data_dir.parent).free // 1024**2
    return DiskFull(f"the disk of {data_dir.parent} is full ({free} MB free): make room, then run the command again")
