"""Times as others write them: one meaning for JSON, CSV, Parquet and logs, and the same as radar.parse_time in SQL."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

UNDERSTOOD = "2021-03-01T10:00:00Z (ISO 8601), 2021-03-01 10:00:00 UTC, or seconds or milliseconds since 1970"

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(?:[.,](\d+))?)?"
    r" ?(Z|UTC|GMT|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?",
    re.ASCII | re.IGNORECASE,
)
_SINCE_1970 = re.compile(r"(\d{9,10}|\d{12,13}|\d{15,16}|\d{18,19})(?:\.\d+)?", re.ASCII)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def parse_time(value: Any) -> dt.datetime | None:
    """The time in UTC, which is also meant where a text names no zone; None for what can be read in two ways.

    The number of digits tells seconds, milliseconds, microseconds and nanoseconds since 1970 apart, for years after
    1973. What is finer than a microsecond is cut off.
    """
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
    text = value if isinstance(value, str) else _plain(value)
    try:
        if match := _ISO.fullmatch(text):
            return _from_parts(*match.groups())
        return _since_1970(text) if _SINCE_1970.fullmatch(text) else None
    except (ValueError, OverflowError):
        return None


def parse_time_as(value: Any, layout: str) -> dt.datetime | None:
    """The time by a layout of strptime, in UTC where it has no zone; None for what does not fit."""
    try:
        return parse_time(dt.datetime.strptime(str(value), layout))
    except ValueError:
        return None


def _plain(value: Any) -> str:
    """A number without an exponent; nothing else is a time."""
    return f"{Decimal(str(value)):f}" if isinstance(value, int | float | Decimal) and value is not True else ""


def _from_parts(
    year: str,
    month: str,
    day: str,
    hour: str | None,
    minute: str | None,
    second: str | None,
    fraction: str | None,
    zone: str | None,
) -> dt.datetime:
    day_begins = dt.datetime(int(year), int(month), int(day), tzinfo=dt.UTC)
    return (
        day_begins
        + dt.timedelta(
            hours=int(hour or 0),
            minutes=int(minute or 0),
            seconds=int(second or 0),
            microseconds=int((fraction or "").ljust(6, "0")[:6]),
        )
        - _offset(zone or "Z")
    )


def _offset(zone: str) -> dt.timedelta:
    if zone[0] not in "+-":
        return dt.timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if zone[0] == "-" else offset


def _since_1970(text: str) -> dt.datetime:
    digits = len(text.partition(".")[0])
    microseconds = int(Decimal(text).scaleb(6 - 3 * ((digits - 9) // 3)))
    return _EPOCH + dt.timedelta(microseconds=microseconds)
