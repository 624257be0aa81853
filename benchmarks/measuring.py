"""A server of its own, and what is timed on it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from radar import settings
from radar.server import Server, embedded_bin_dir


@contextmanager
def new_server() -> Iterator[tuple[Server, Path]]:
    """A server with Radar's empty tables and a folder for files, which dbt uses until both are removed."""
    folder = Path(tempfile.mkdtemp(prefix="radar-bench-"))
    server = Server(folder / "pgdata", embedded_bin_dir(), _free_port())
    server.up()
    try:
        os.environ.update(
            PGHOST="127.0.0.1",
            PGPORT=str(server.port),
            PGUSER="postgres",
            PGDATABASE="radar",
            DBT_TARGET_PATH=str(folder / "target"),
        )
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
    """dbt's own reported seconds of a run, in a process of its own as people start it, and those of each model."""
    command = [str(Path(sys.executable).with_name("dbt")), "run", "--quiet", *args]
    subprocess.run(command, cwd=settings.ROOT, check=True)
    result = json.loads((Path(os.environ["DBT_TARGET_PATH"]) / "run_results.json").read_text(encoding="utf-8"))
    seconds_by_model = {each["unique_id"].split(".")[-1]: each["execution_time"] for each in result["results"]}
    return result["elapsed_time"], seconds_by_model


def run_file(connection: psycopg.Connection[Any], path: Path) -> float:
    """Seconds that the statements of a file take."""
    statements = path.read_text(encoding="utf-8")
    return seconds(lambda: connection.execute(statements.encode()))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
