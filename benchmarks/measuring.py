"""A server of its own, and what is timed on it."""

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from radar import dbt
from radar.server import Server, embedded_bin_dir


@contextmanager
def new_server() -> Iterator[tuple[Server, Path]]:
    """A server with Radar's empty tables and a folder for files, which dbt uses until both are removed."""
    folder = Path(tempfile.mkdtemp(prefix="radar-bench-"))
    server = Server(folder / "pgdata", embedded_bin_dir(), _free_port())
    server.up()
    try:
        os.environ.update(PGHOST="127.0.0.1", PGPORT=str(server.port), PGUSER="postgres", PGDATABASE="radar")
        build()
        yield server, folder
    finally:
        server.down()
        shutil.rmtree(folder, ignore_errors=True)


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def build(*args: str) -> tuple[float, dict[str, float]]:
    """dbt's own reported seconds of a run, and those of each model."""
    result = dbt.run("run", "--quiet", *args)
    return result.elapsed_time, {each.node.name: each.execution_time for each in result.results}


def run_file(connection: psycopg.Connection[Any], path: Path) -> float:
    """Seconds that the statements of a file take."""
    statements = path.read_text(encoding="utf-8")
    return seconds(lambda: connection.execute(statements.encode()))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
