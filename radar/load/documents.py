"""JSON objects one after another, however a file lays them out: one a line, indented, in arrays, in an envelope."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from radar.load import jsontext
from radar.load.errors import LoadError

LONGEST_DOCUMENT = 64 << 20
"""Bytes of one object: a collector writes a whole batch of spans as one."""
LONGEST_WHOLE = 8 << 20
"""Bytes from which the list in an object is read item by item, each as an object that holds only this one."""
LONGEST_TEXT = 1 << 20

_TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*+"?|\n?\{|[}\[\]]')
_BETWEEN = b" \t\r\n,[]\xef\xbb\xbf"
_BEGIN = re.compile(rb"[^ \t\r\n,\[\]\xef\xbb\xbf]")
_TEXT_END = re.compile(rb'\n|\{|"(?:[^"\\\n]|\\.)*+"?')
_ENVELOPE = re.compile(rb'"(?:context|sentAt|receivedAt|writeKey)"')
_GOES_ON = (b"", b" ", b"\t", b"\r", b"\n", b'"', b"}", b"]", b",")
_BROKEN = object()


@dataclass(frozen=True)
class Document:
    """The text of an object, or what stands between two and is none; the line that it begins on; what it says."""

    line: int
    data: bytes
    content: Any = _BROKEN


def documents(blocks: Iterable[bytes]) -> Iterator[Document]:
    """Cut a stream into its objects; a broken one ends where a line begins with a new one.

    Raises LoadError for an object that does not end within 64 megabytes and has no list to be read item by item.
    """
    cutter = _Cutter()
    for block in blocks:
        yield from cutter.cut(block)
    yield from cutter.rest()


def parse(document: Document) -> dict[str, Any]:
    """The object, each number exact, without the one character that PostgreSQL does not store. Raises ValueError for
    anything else."""
    content = jsontext.loads(jsontext.storable(document.data))
    if not isinstance(content, dict):
        raise ValueError("no JSON object")  # noqa: TRY004 - as orjson has it
    return content


class _Cutter:
    """`_at` is where the next object or text begins, `_scanned` up to where the object there is read, `_open` the
    brackets that are open in it. Within a list that is read item by item, `_prefix` is all that stood before it, and
    `_is_after_list` says that the rest of the object around it is being read."""

    def __init__(self) -> None:
        self._data = b""
        self._line = 1
        self._at = 0
        self._scanned = 0
        self._open = bytearray()
        self._list_at = 0
        self._prefix = b""
        self._is_after_list = False
        self._is_line_start = True

    def cut(self, block: bytes, *, is_last: bool = False) -> Iterator[Document]:
        self._data = self._data[self._at :] + block
        self._scanned -= self._at
        self._list_at -= self._at
        self._at = 0
        while self._open or self._begin():
            found = self._object(is_last) if self._open else self._line_or_text(is_last)
            if found is None:
                break
            yield from found
        self._check_size()

    def rest(self) -> Iterator[Document]:
        """What the last block left over."""
        yield from self.cut(b"\n", is_last=True)

    def _begin(self) -> bool:
        """Go to where something begins that is more than what stands between objects."""
        match = _BEGIN.search(self._data, self._at)
        begin = match.start() if match else len(self._data)
        list_end = self._data.find(b"]", self._at, begin) if self._prefix else -1
        if list_end >= 0:
            self._move(list_end + 1)
            self._prefix, self._is_after_list, self._open = b"", True, bytearray(b"{")
            return True
        self._is_line_start |= b"\n" in self._data[self._at : begin]
        self._move(begin)
        return match is not None

    def _move(self, to: int) -> None:
        self._line += self._data.count(b"\n", self._at, to)
        self._at = self._scanned = to

    def _line_or_text(self, is_last: bool) -> list[Document] | None:
        """The usual case first: a line that is a whole object. None: what is there does not suffice to tell."""
        is_object = self._data.startswith(b"{", self._at)
        end = self._data.find(b"\n", self._at) if is_object and self._is_line_start else -1
        if end >= 0:
            line = self._data[self._at : end].rstrip(b" \t\r,]")
            if (content := _content(line)) is not _BROKEN:
                return [self._take(self._at + len(line), content)]
        if is_object:
            self._open, self._scanned, self._list_at = bytearray(b"{"), self._at + 1, 0
            return []
        return self._text(is_last)

    def _text(self, is_last: bool) -> list[Document] | None:
        """What is no object, to the end of its line or to the next object."""
        for token in _TEXT_END.finditer(self._data, self._at):
            if not token.group().startswith(b'"'):
                return [self._take(token.start())]
        if is_last or len(self._data) - self._at > LONGEST_TEXT:
            return [self._take(len(self._data))]
        return None

    def _object(self, is_last: bool) -> list[Document] | None:
        for token in _TOKEN.finditer(self._data, self._scanned):
            if token.end() >= len(self._data) - 1 and not is_last:  # the next block may go on with it
                return None
            text = token.group()
            if self._is_broken_by(text, token.start()):
                return self._give_up(token.start() if text.endswith(b"{") else token.end())
            self._scanned = token.end()
            if self._follow(text):
                return self._finish(token.end())
        return self._give_up(len(self._data)) if is_last else None

    def _is_broken_by(self, text: bytes, start: int) -> bool:
        """A line that cuts off a text, or a line that begins with an object where none can stand."""
        if text.startswith(b'"'):
            return len(text) == 1 or not text.endswith(b'"')
        if text != b"\n{":
            return False
        before = self._data[self._at : start].rstrip()[-1:]
        return before != b":" and not (self._open.endswith(b"[") and before in b",[")

    def _follow(self, text: bytes) -> bool:
        """Note what a bracket opens or closes, and tell whether the object ends with it."""
        if text.startswith(b'"'):
            return False
        if text.endswith((b"{", b"[")):
            if text == b"[" and len(self._open) == 1:
                self._list_at = self._scanned
            self._open += text[-1:]
        elif self._open:
            self._open.pop()
        return not self._open

    def _finish(self, end: int) -> list[Document]:
        if self._is_after_list:
            return self._end_list(end)
        content = _content(self._data[self._at : end])
        return self._give_up(end) if content is _BROKEN else [self._take(end, content)]

    def _end_list(self, end: int) -> list[Document]:
        self._is_after_list = False
        if _ENVELOPE.search(self._data, self._at, end):
            raise LoadError(
                f"line {self._line}: a list of more than {LONGEST_WHOLE >> 20} MB stands before what holds for all"
                " of it (context, sentAt, receivedAt, writeKey): write that first, or smaller lists"
            )
        self._move(end)
        return []

    def _give_up(self, end: int) -> list[Document]:
        """A broken object, up to the first of its further lines that is none of its own."""
        line_end = self._data.find(b"\n", self._at, end)
        while line_end >= 0 and not self._is_other_line(line_end + 1):
            line_end = self._data.find(b"\n", line_end + 1, end)
        return [self._take(line_end if line_end >= 0 else end)]

    def _is_other_line(self, begin: int) -> bool:
        """Whether a line is a whole object, or begins as none of an object that is written over several lines does."""
        if not self._data.startswith(b"{", begin):
            return self._data[begin : begin + 1] not in _GOES_ON
        end = self._data.find(b"\n", begin)
        return _content(self._data[begin:end].rstrip(b" \t\r,]")) is not _BROKEN

    def _take(self, end: int, content: Any = _BROKEN) -> Document:
        data = self._data[self._at : end].strip(_BETWEEN)
        line, prefix = self._line, self._prefix
        self._open.clear()
        self._is_after_list = self._is_line_start = False
        self._move(end)
        if not prefix or content is _BROKEN:
            return Document(line, data, content)
        whole = b"%s%s]}" % (prefix, data)
        return Document(line, whole, _content(whole))

    def _check_size(self) -> None:
        """Go over to reading a list item by item, with what stands before the list before each."""
        size = len(self._data) - self._at
        if size > LONGEST_WHOLE and self._list_at and self._open.startswith(b"{[") and not self._prefix:
            self._prefix = self._data[self._at : self._list_at]
            self._open.clear()
            self._move(self._list_at)
        elif size > LONGEST_DOCUMENT:
            raise LoadError(f"the JSON object that begins on line {self._line} does not end: mend it and load again")


def _content(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return _BROKEN
