"""Segment messages on their way from a file to radar.store_messages, a few thousand at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from radar.load import jsontext
from radar.load.identity import Occurrences
from radar.load.project import Limits
from radar.load.times import parse_time

CHUNK_MESSAGES = 4_000
CHUNK_BYTES = 4_000_000

_TELLING = ("type", "event", "name", "anonymousId", "userId", "timestamp", "originalTimestamp", "sentAt")
_ENVELOPE = ("context", "sentAt", "receivedAt", "writeKey")


@dataclass(frozen=True)
class Rejection:
    """A line that holds no message at all."""

    line: int
    reason: str
    detail: str
    payload: bytes


@dataclass
class MessageChunk:
    """Messages that are stored in one transaction, with what their storing needs to know of them."""

    source: str
    messages: list[bytes] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    rejections: list[Rejection] = field(default_factory=list)
    size: int = 0
    first_arrival: int = 0

    @property
    def is_full(self) -> bool:
        """Whether to store it before more is added."""
        return len(self.messages) + len(self.rejections) >= CHUNK_MESSAGES or self.size >= CHUNK_BYTES

    def halves(self) -> Iterator["MessageChunk"]:
        """The messages in two chunks, to find the one that the database refuses."""
        middle = len(self.messages) // 2
        for part, first in ((slice(middle), 0), (slice(middle, None), middle)):
            yield MessageChunk(
                self.source,
                self.messages[part],
                self.lines[part],
                self.agents,
                self.months,
                first_arrival=self.first_arrival + first,
            )


class MessageReader:
    """Collects messages in chunks. Ids that senders left out come from the content."""

    def __init__(self, source: str, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self.occurrences = Occurrences()
        self.chunk = MessageChunk(source)
        self.read = 0

    def take(self) -> MessageChunk:
        """The chunk as it is; the next line begins a new one."""
        taken, self.chunk = self.chunk, MessageChunk(self._source)
        return taken

    @property
    def longest_message(self) -> int:
        """Bytes of a message or batch that may be more than the database is asked about."""
        return self._limits.batch_bytes

    def reject(self, number: int, reason: str, detail: str, line: bytes) -> None:
        """Note a line that holds no message."""
        self.read += 1
        self.chunk.size += len(line)
        self.chunk.rejections.append(Rejection(number, reason, detail, line))

    def add(self, number: int, message: Any) -> None:
        """Add a message that was made of something else. Raises ValueError for one that is nested too deeply."""
        self.add_text(number, jsontext.dumps(message), message)

    def message_id(self, line: bytes, message: dict[str, Any]) -> str:
        """An id from the content; where that may hold a secret, from who, when and what alone: a short secret could be
        found by trying what gives the same id."""
        if self._limits.secrets.search(line):
            line = jsontext.dumps([message.get(name) for name in _TELLING])
        return self.occurrences.message_id(line)

    def add_text(self, number: int, raw: bytes, message: Any) -> None:
        """Add a message as it was sent, with every digit of its numbers."""
        if len(raw) > self.longest_message:
            self.reject(number, "too_large", f"a message of more than {self.longest_message} bytes", raw)
            return
        chunk = self.chunk
        self.read += 1
        if type(message) is dict:
            if not self._limits.is_real_id(message.get("messageId")):
                raw = _with_id(raw, message, self.message_id(raw, message))
            context = message.get("context")
            if type(context) is dict and type(agent := context.get("userAgent")) is str:
                chunk.agents.add(agent)
            chunk.months.update(_months(message))
        chunk.messages.append(raw)
        chunk.lines.append(number)
        chunk.size += len(raw)


def _with_id(raw: bytes, message: dict[str, Any], message_id: str) -> bytes:
    """The text with an id at its end: of two with one name PostgreSQL takes the last."""
    return b'%s%s"messageId":"%s"}' % (raw.rstrip()[:-1], b"," if message else b"", message_id.encode())


def _months(message: dict[str, Any]) -> Iterator[str]:
    """Months that the message may belong to: a wrong clock is set right by the time of receipt."""
    for name in ("timestamp", "originalTimestamp", "sentAt", "receivedAt"):
        value = message.get(name)
        if type(value) is str and value[4:5] == "-":
            yield value[:7]
        elif value and (time := parse_time(value)):
            yield f"{time:%Y-%m}"


def unpack(content: Any) -> Iterator[Any]:
    """As radar.unpack_messages does: a batch's messages inherit its context, times and key."""
    for item in content if type(content) is list else [content]:
        if type(item) is dict and type(item.get("batch")) is list:
            envelope = {key: item[key] for key in _ENVELOPE if item.get(key) is not None}
            yield from (envelope | message if type(message) is dict else message for message in item["batch"])
        else:
            yield item
