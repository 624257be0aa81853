"""CSV as blocks of whole records, and Parquet as such blocks too."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from radar.load.errors import LoadError
from radar.load.sources import Source

CHUNK_BYTES = 8 << 20
CHUNK_ROWS = 20_000
LONGEST_RECORD = 32 << 20


@dataclass(frozen=True)
class Records:
    """Whole CSV records, and the line of the file (of a Parquet file: the row) that the first stands on."""

    first_line: int
    data: bytes

    def split(self) -> list["Records"]:
        """Each record alone."""
        found, line = [], self.first_line
        for record in split_records(self.data):
            found.append(Records(line, record))
            line += record.count(b"\n") or 1
        return found


def split_records(data: bytes) -> list[bytes]:
    """The records with their line ends. A line end within quotes does not end a record."""
    records, parts = [], []
    is_open = False
    for line in data.splitlines(keepends=True) if b"\r" not in data else io.BytesIO(data).readlines():
        parts.append(line)
        is_open ^= line.count(b'"') % 2 == 1
        if not is_open:
            records.append(b"".join(parts))
            parts = []
    return [*records, b"".join(parts)] if parts else records


def fields_of(record: bytes, delimiter: str) -> list[str]:
    """The values of one record, as text; none when it is too broken to tell."""
    text = record.decode("utf-8", "replace").replace("\0", "")
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def header_of(source: Source) -> tuple[list[str], str]:
    """Column names and delimiter of a CSV file. Raises LoadError when its first line is no header."""
    first = source.head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace").strip("\r")
    delimiter = max(",;\t|", key=first.count)
    names = next(csv.reader([first], delimiter=delimiter), [])
    if not all(names):
        raise LoadError(f"the first line of {source.name} has to name every column")
    return names, delimiter


def csv_records(source: Source) -> Iterator[Records]:
    """The records after the header, in blocks of about eight megabytes."""
    carry, line, is_header = b"", 1, True
    for block in _joined(source.blocks()):
        data = carry + block
        if is_header:
            _, line_end, after = data.partition(b"\n")
            if not line_end:
                carry = data
                continue
            line, is_header, data = line + 1, False, after
        cut = _last_record_end(data)
        if cut:
            yield Records(line, data[:cut])
            line += data.count(b"\n", 0, cut)
        carry = data[cut:]
        if len(carry) > LONGEST_RECORD:
            raise LoadError(
                f"a quote that opens near line {line} of {source.name} never closes: mend it and load again"
            )
    if carry.strip() and not is_header:
        yield Records(line, carry)


def _joined(blocks: Iterator[bytes]) -> Iterator[bytes]:
    parts: list[bytes] = []
    size = 0
    for block in blocks:
        parts.append(block)
        size += len(block)
        if size >= CHUNK_BYTES:
            yield b"".join(parts)
            parts, size = [], 0
    if parts:
        yield b"".join(parts)


def _last_record_end(data: bytes) -> int:
    """Where the last whole record ends: after the last line end that an even number of quotes precedes."""
    cut = data.rfind(b"\n") + 1
    is_open = data.count(b'"', 0, cut) % 2 == 1
    while cut and is_open:
        before = data.rfind(b"\n", 0, data.rfind(b'"', 0, cut)) + 1
        is_open = (1 + data.count(b'"', before, cut)) % 2 == 1
        cut = before
    return cut


def parquet_records(source: Source) -> tuple[list[str], Iterator[Records]]:
    """Column names of a Parquet file and its rows as CSV records. Raises LoadError for columns that CSV cannot hold."""
    if source.path is None:
        raise LoadError("a Parquet file cannot be read from standard input: give its path")
    frame = pl.scan_parquet(source.path)
    schema = frame.collect_schema()
    lists = [name for name, kind in schema.items() if kind.base_type() in (pl.List, pl.Array, pl.Binary, pl.Object)]
    if lists:
        raise LoadError(f"columns {', '.join(lists)} hold lists or bytes: turn them into JSON text first")
    structs = [pl.col(name).struct.json_encode() for name, kind in schema.items() if kind.base_type() is pl.Struct]
    return schema.names(), _batches(frame.with_columns(structs))


def _batches(frame: pl.LazyFrame) -> Iterator[Records]:
    row = 1
    for batch in frame.collect_batches(chunk_size=CHUNK_ROWS, maintain_order=True):
        for part in batch.iter_slices(CHUNK_ROWS):
            yield Records(row, part.write_csv(include_header=False, quote_style="necessary").encode())
            row += part.height
