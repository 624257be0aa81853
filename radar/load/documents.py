"""JSON objects one after another, however a file breaks them into lines: an object a line, indented, or in an array."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from radar.load.errors import LoadError

LONGEST_DOCUMENT = 64 << 20
"""Bytes of one object: a collector writes a whole batch of spans as one."""

_TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*+"?|\n?\{|\}')
_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
_BETWEEN = b" \t\r\n,[]\xef\xbb\xbf"


@dataclass(frozen=True)
class Document:
    """The text of an object, or what stands between two objects and is none, and the line that it begins on."""

    line: int
    data: bytes


def documents(blocks: Iterable[bytes]) -> Iterator[Document]:
    """Cut a stream into its objects; a broken one ends where the next line begins with a new one.

    Raises LoadError for an object that does not end within 64 megabytes.
    """
    cutter = _Cutter()
    for block in blocks:
        yield from cutter.cut(block)
    yield from cutter.rest()


def parse(document: Document) -> dict[str, Any]:
    """The object, without the one character that PostgreSQL does not store. Raises ValueError for anything else."""
    content = orjson.loads(_NUL.sub(rb"\1", document.data))
    if not isinstance(content, dict):
        raise ValueError("no JSON object")  # noqa: TRY004 - as orjson has it
    return content


class _Cutter:
    def __init__(self) -> None:
        self._data = b""
        self._line = 1
        self._scanned = 0
        self._start = 0
        self._depth = 0

    def cut(self, block: bytes) -> Iterator[Document]:
        self._data += block
        for token in _TOKEN.finditer(self._data, self._scanned):
            if token.end() >= len(self._data) - 1:  # the next block may go on with it, after a backslash too
                break
            self._scanned = token.end()
            yield from self._take(token.group(), token.end())
        self._data = self._data[self._start :]
        self._scanned -= self._start
        self._start = 0
        if len(self._data) > LONGEST_DOCUMENT:
            raise LoadError(f"the JSON object that begins on line {self._line} does not end: mend it and load again")

    def rest(self) -> Iterator[Document]:
        """What the last block left over, its last brace included."""
        yield from self.cut(b"\n\n")
        yield from self._piece(len(self._data))

    def _take(self, text: bytes, end: int) -> Iterator[Document]:
        if text.endswith(b"{"):
            if self._depth == 0 or text.startswith(b"\n"):  # nobody who indents begins a line with an inner object
                yield from self._piece(end - 1)
                self._depth = 0
            self._depth += 1
        elif text == b"}" and self._depth > 0:
            self._depth -= 1
            if self._depth == 0:
                yield from self._piece(end)
        elif text.startswith(b'"') and (len(text) == 1 or not text.endswith(b'"')) and self._depth > 0:
            yield from self._piece(end)  # a text that its line cuts off
            self._depth = 0

    def _piece(self, end: int) -> Iterator[Document]:
        data = self._data[self._start : end]
        content = data.strip(_BETWEEN)
        if content:
            yield Document(self._line + data[: data.index(content)].count(b"\n"), content)
        self._line += data.count(b"\n")
        self._start = end
