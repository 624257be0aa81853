"""Text as UTF-8 without a byte order mark, whatever it was written in."""

import codecs
from collections.abc import Iterator

_MARKS = {  # the longer ones first: UTF-32's little-endian mark begins like UTF-16's
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def as_utf8(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """The blocks of a file in UTF-8. Half a character is replaced; what is no UTF-16 or UTF-32 stays as it is."""
    mark = next((mark for mark in _MARKS if head.startswith(mark)), b"")
    encoding = _MARKS[mark] if mark else _without_mark(head)
    head = head.removeprefix(mark)
    if encoding == "utf-8":
        yield head
        yield from rest
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    yield decoder.decode(head).encode()
    for block in rest:
        yield decoder.decode(block).encode()
    yield decoder.decode(b"", final=True).encode()


def _without_mark(head: bytes) -> str:
    """UTF-16 of a file that begins with letters of ASCII: every second byte is 0."""
    first, second = head[:64:2], head[1:64:2]
    if len(second) > 1 and any(first) != any(second):
        zeros, letters = (second, first) if any(first) else (first, second)
        if all(letters) and not any(zeros):
            return "utf-16-le" if zeros is second else "utf-16-be"
    return "utf-8"
