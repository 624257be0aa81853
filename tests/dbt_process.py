"""dbt runs in processes of their own that begin at once: a process that has dbt imported forks one for each run."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from radar import settings
from tests.conftest import Database

PROGRAM = """
import os, signal, sys, warnings
import dbt.cli.main, dbt.adapters.postgres
from radar import dbt as runner
warnings.simplefilter("ignore")
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    process = os.fork()
    if process == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            runner.run(*line.split())
        finally:
            os._exit(0)
    print(process, flush=True)
"""


class Launcher:
    """Starts dbt runs on one database."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def start(self, *args: str) -> psutil.Process:
        """A dbt run that goes on by itself."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(" ".join(args) + "\n")
        self._process.stdin.flush()
        return psutil.Process(int(self._process.stdout.readline()))


@contextmanager
def launcher(database: Database) -> Iterator[Launcher]:
    """Ends with all runs that it started."""
    environment = {**os.environ, **database.env}
    program = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(
        program,
        cwd=settings.ROOT,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        yield Launcher(process)
        for child in psutil.Process(process.pid).children():
            with suppress(psutil.NoSuchProcess):
                child.kill()
        process.kill()


def wait(process: psutil.Process, seconds: float = 60) -> None:
    """Until the run is over."""
    try:
        process.wait(seconds)
    except psutil.TimeoutExpired as error:
        raise AssertionError("dbt hangs") from error
