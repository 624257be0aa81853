"""The file formats that the demo can write."""

from enum import StrEnum


class Format(StrEnum):
    """Formats of `radar load` that the demo can write."""

    SEGMENT = "segment"
    CSV = "csv"
    PARQUET = "parquet"
