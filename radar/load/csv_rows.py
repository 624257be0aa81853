"""CSV as rows, whatever it has between columns and at the end of lines."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from radar.load.errors import LoadError
from radar.load.messages import Rejection
from radar.load.rows import Read, Row
from radar.load.sources import Source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LONGEST_RECORD = 32 << 20


class _Blocks(io.RawIOBase):
    """Blocks as a file, without the one character that PostgreSQL does not store."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        while not self._left:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._left = memoryview(block.replace(b"\0", b""))
        target = memoryview(buffer).cast("B")
        size = min(len(target), len(self._left))
        target[:size], self._left = self._left[:size], self._left[size:]
        return size


def csv_reader(source: Source) -> tuple[list[str], Callable[[Sequence[str]], Iterator[Read]]]:
    """The column names of a CSV file, and what reads its rows by other names for these. Raises LoadError when its first
    line is no header."""
    names, delimiter = header_of(source)
    return names, lambda columns: _rows(source, columns, delimiter)


def header_of(source: Source) -> tuple[list[str], str]:
    """Column names and delimiter. Raises LoadError when the first line names not every column."""
    head = source.head.decode("utf-8", "replace").lstrip("\r\n")
    first = head.splitlines()[0] if head else ""
    delimiter = max(",;\t|", key=first.count)
    names = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
    if not names or not all(names):
        raise LoadError(f"the first line of {source.name} has to name every column")
    return names, delimiter


def _rows(source: Source, names: Sequence[str], delimiter: str) -> Iterator[Read]:
    csv.field_size_limit(LONGEST_RECORD)
    text = io.TextIOWrapper(
        io.BufferedReader(_Blocks(source.blocks()), 1 << 20), encoding="utf-8", errors="surrogateescape", newline=""
    )
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    is_header, line = True, 1
    while True:
        try:
            values = next(reader, None)
        except csv.Error as error:
            yield _broken(source, line, error)
            line = reader.line_num + 1
            continue
        if values is None:
            return
        if values and not is_header:
            yield _row(line, names, values)
        is_header &= not values
        line = reader.line_num + 1


def _row(line: int, names: Sequence[str], values: list[str]) -> Read:
    if len(values) == len(names):
        return Row(line, dict(zip(names, values, strict=True)))
    payload = "\n".join((",".join(names), ",".join(values))).encode("utf-8", "replace")
    return Rejection(line, "invalid", f"{len(values)} values for {len(names)} columns", payload)


def _broken(source: Source, line: int, error: csv.Error) -> Rejection:
    if "unexpected end" in str(error) or "field limit" in str(error):
        raise LoadError(f"a quote that opens near line {line} of {source.name} never closes: mend it and load again")
    return Rejection(line, "invalid", str(error), f"line {line}".encode())
