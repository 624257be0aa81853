"""Parquet as rows."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import polars as pl

from radar.load.errors import LoadError
from radar.load.rows import Read, Row
from radar.load.sources import Source

BATCH_ROWS = 5_000


def parquet_reader(source: Source) -> tuple[list[str], Callable[[Sequence[str]], Iterator[Read]]]:
    """The column names of a Parquet file, and what reads its rows by other names for these: lists, maps and structs as
    JSON has them, times cut to microseconds. Raises LoadError for a broken file and, by name, for columns of bytes."""
    if not source.is_parquet:
        raise LoadError(f"{source.name} is no Parquet file")
    try:
        frame = pl.scan_parquet(source.path())
        schema = frame.collect_schema()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise LoadError(f"{source.name} cannot be read: {str(error).splitlines()[0]}") from error
    unread = [name for name, kind in schema.items() if _holds_bytes(kind)]
    if unread:
        raise LoadError(
            f"columns {', '.join(unread)} of {source.name} hold bytes (a UUID of Parquet's is such): store them as text"
        )
    return schema.names(), lambda columns: _rows(source, frame, columns)


def _holds_bytes(kind: Any) -> bool:
    """Whether values of the type are bytes, or hold some."""
    if kind.base_type() in (pl.Binary, pl.Object):
        return True
    inner = [field.dtype for field in getattr(kind, "fields", [])]
    inner += [getattr(kind, name) for name in ("inner", "key", "value") if getattr(kind, name, None) is not None]
    return any(map(_holds_bytes, inner))


def _rows(source: Source, frame: pl.LazyFrame, columns: Sequence[str]) -> Iterator[Read]:
    number = 0
    try:
        for batch in frame.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True):
            for values in batch.iter_rows():
                number += 1
                yield Row(number, dict(zip(columns, values, strict=True)))
    except (pl.exceptions.PolarsError, OSError) as error:
        first = str(error).splitlines()[0]
        raise LoadError(f"{source.name} is damaged after row {number}: {first}; get the file again") from error
