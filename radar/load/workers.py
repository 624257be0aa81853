"""Two connections that store chunks while the main thread reads on."""

import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

import psycopg

from radar.load.report import Counts
from radar.load.store import Target

CONNECTIONS = 2
"""One more than keeps a core busy; further ones wait for the same disk."""

Job = Callable[[psycopg.Connection], Counts]


class Workers:
    """Runs jobs on connections of their own; `counts` is complete once the block is left."""

    def __init__(self, target: Target, on_done: Callable[[], None] = lambda: None) -> None:
        self.counts = Counts()
        self._target = target
        self._on_done = on_done
        self._jobs: queue.Queue[Job | None] = queue.Queue(maxsize=CONNECTIONS)
        self._lock = threading.Lock()
        self._error: BaseException | None = None
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(CONNECTIONS)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def submit(self, job: Job) -> None:
        """Hand over a job; waits while all connections are busy, which keeps memory flat. Raises what a job raised."""
        if self._error:
            raise self._error
        self._jobs.put(job)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        if self._error and error is None:
            raise self._error

    def _work(self) -> None:
        try:
            with self._target.connect() as connection:
                while (job := self._jobs.get()) is not None:
                    self._run(job, connection)
        except BaseException as error:  # it is raised again in the main thread, which must not wait for this one
            self._error = self._error or error
            while self._jobs.get() is not None:
                pass

    def _run(self, job: Job, connection: psycopg.Connection) -> None:
        if self._error:
            return
        counts = job(connection)
        with self._lock:
            self.counts.add(counts)
        self._on_done()
