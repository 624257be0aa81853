"""Ids that depend on content alone, so that loading a file again finds the same events."""

import hashlib
import uuid


class Occurrences:
    """Numbers identical lines of a file, so that two equal log lines are two events and a reload adds nothing.

    Memory stays flat: after two generations of distinct lines without a repetition a line counts as new again. Equal
    lines of a log carry the same second, so they stand close together.
    """

    def __init__(self, generation: int = 100_000) -> None:
        self._generation = generation
        self._young: dict[bytes, int] = {}
        self._old: dict[bytes, int] = {}

    def message_id(self, line: bytes) -> str:
        """The id of this line's event: its hash, and its number among identical lines when it is not the first."""
        digest = hashlib.blake2b(line, digest_size=16).digest()
        number = self._young.get(digest, self._old.get(digest, 0))
        if len(self._young) >= self._generation:
            self._young, self._old = {}, self._young
        self._young[digest] = number + 1
        return f"{digest.hex()}-{number}" if number else digest.hex()


def visitor_id(project_id: uuid.UUID, address: str, user_agent: str | None) -> str:
    """A stand-in for a cookie in access logs: one per project, address and user agent; the address is not in it."""
    text = f"{project_id}\n{address}\n{user_agent or ''}"
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
