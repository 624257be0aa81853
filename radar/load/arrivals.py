"""Numbers that keep the order of a file, in which its rows are read and not in which they are stored."""

from dataclasses import dataclass

from radar.connection import transaction
from radar.load.store import Target

BLOCK = 1 << 20
"""Numbers that are reserved at once; a file leaves the rest unused."""


@dataclass
class Arrivals:
    """Numbers for the rows of one file, each larger than all that were taken or reserved before."""

    target: Target
    _next: int = 0
    _end: int = 0

    def take(self, number: int) -> int:
        """The first of as many consecutive numbers."""
        if self._next + number > self._end:
            amount = max(BLOCK, number)
            with self.target.connect() as connection, transaction(connection):
                row = connection.execute("select radar.reserve_arrivals(%s)", [amount]).fetchall()[0]
            self._next, self._end = row[0], row[0] + amount
        first, self._next = self._next, self._next + number
        return first
