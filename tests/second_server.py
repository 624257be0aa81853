"""A server whose every default differs from the embedded one: Debian's PostgreSQL 15 behind PgBouncer.

What it must not change is any row. The owner of the databases is no superuser.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from radar._system_user import SystemUser
from radar.server import Server

BIN = Path("/usr/lib/postgresql/15/bin")
OWNER = "My-Owner"
LOCALE = "tr_TR.UTF-8"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "timezone": "Asia/Kolkata",
    "datestyle": "SQL, DMY",
    "intervalstyle": "iso_8601",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
    "default_transaction_isolation": "repeatable read",
    "standard_conforming_strings": "off",
    "backslash_quote": "on",
    "escape_string_warning": "off",
    "search_path": '"$user", odd, public',
    "extra_float_digits": "0",
    # A table being analyzed is a transaction too: what a test has just stored would come a run later.
    "autovacuum_naptime": "1d",
    "fsync": "off",
}
"""Beside what Debian's initdb writes: jit is on, memory is small."""


def pooler_port(server: Server) -> int:
    """Where PgBouncer listens for the server."""
    return int((server.data_dir.parent / "pooler.port").read_text())


@contextmanager
def second_server() -> Iterator[Server]:
    """The server and its pooler, which end with the block."""
    folder = Path(tempfile.mkdtemp(prefix="radar-second-"))
    server = Server(folder / "pgdata", BIN, _free_port(), is_durable=False)
    user = SystemUser.for_data(server.data_dir)
    user.own(folder)
    folder.chmod(0o755)
    try:
        _start(server, user)
        with _pooler(server, user):
            yield server
    finally:
        server.down()
        shutil.rmtree(folder, ignore_errors=True)


def _start(server: Server, user: SystemUser) -> None:
    data = str(server.data_dir)
    made = user.run(
        [str(BIN / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", f"--locale={LOCALE}", "-E", "UTF8"]
    )
    assert made.returncode == 0, made.stderr
    lines = [f"{name} = '{value}'\n" for name, value in SETTINGS.items()]
    with (server.data_dir / "postgresql.conf").open("a") as file:
        file.writelines([*lines, f"port = {server.port}\n", f"unix_socket_directories = '{data}'\n"])
    started = user.run([str(BIN / "pg_ctl"), "-D", data, "-w", "-l", f"{data}/server.log", "start"])
    assert started.returncode == 0, started.stderr
    with psycopg.connect(server.dsn, dbname="postgres", autocommit=True) as connection:
        connection.execute("create database radar")
        connection.execute(f'create role "{OWNER}" login createdb createrole')


@contextmanager
def _pooler(server: Server, user: SystemUser) -> Iterator[None]:
    folder, port = server.data_dir.parent, _free_port()
    (folder / "pooler.port").write_text(str(port))
    (folder / "users.txt").write_text('"postgres" ""\n')
    configuration = folder / "pgbouncer.ini"
    configuration.write_text(f"""
[databases]
* = host=127.0.0.1 port={server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
pool_mode = transaction
auth_type = trust
auth_file = {folder}/users.txt
auth_user = postgres
auth_query = select usename, passwd from pg_catalog.pg_shadow where usename = $1
default_pool_size = 12
""")
    group = None if user.uid is None else pwd.getpwuid(user.uid).pw_gid
    command = [
        shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin") or "pgbouncer",
        "-q",
        str(configuration),
    ]
    process = subprocess.Popen(command, user=user.uid, group=group, extra_groups=None if group is None else [])
    try:
        _wait_for(port)
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(100):
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise AssertionError("PgBouncer does not listen")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
