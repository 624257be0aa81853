"""Times as others write them: what is understood, what is refused, and that Python and SQL agree."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from radar.load.times import parse_time, parse_time_as
from tests.conftest import Database

TEN = "2021-03-01T10:00:00+00:00"
UNDERSTOOD = [
    ("2021-03-01T10:00:00Z", TEN),
    ("2021-03-01t10:00:00z", TEN),
    ("2021-03-01 10:00:00 UTC", TEN),
    ("2021-03-01 10:00:00 GMT", TEN),
    ("2021-03-01 10:00:00", TEN),
    ("2021-03-01 10:00", TEN),
    ("2021-03-01T12:00:00+02:00", TEN),
    ("2021-03-01 04:30:00 -0530", TEN),
    ("2021-03-01T12:00:00+02", TEN),
    ("2021-03-01", "2021-03-01T00:00:00+00:00"),
    ("2021-03-01T10:00:00.5Z", "2021-03-01T10:00:00.500000+00:00"),
    ("2021-03-01T10:00:00,123456999+00:00", "2021-03-01T10:00:00.123456+00:00"),
    ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00"),
    ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00+00:00"),
    ("0021-03-01T10:00:00Z", "0021-03-01T10:00:00+00:00"),
    ("1614592800", TEN),
    ("946684800", "2000-01-01T00:00:00+00:00"),
    ("1614592800.25", "2021-03-01T10:00:00.250000+00:00"),
    ("1614592800123", "2021-03-01T10:00:00.123000+00:00"),
    ("1614592800123456", "2021-03-01T10:00:00.123456+00:00"),
    ("1614592800123456789", "2021-03-01T10:00:00.123456+00:00"),
]
REFUSED = [
    "", "now", "today", "tomorrow", "yesterday", "infinity", "-infinity", "epoch", "allballs", "10:00", "noon",
    "01/02/2026", "1/2/26", "01.02.2026", "02-01-2026", "2026/01/02", "Jan 2, 2026", "2 Jan 2026", "2026-1-2",
    "20260102", "20260102T100000Z", "2026-W01-1", "2026-002", "2026-02-30", "2023-02-29T00:00:00Z", "2026-13-01",
    "0000-01-01", "2026-01-02T24:00:00Z", "2026-01-02T10:60:00Z", "2026-01-02T10:00:61Z", "2026-01-02T10:00:00 CET",
    "2026-01-02T10:00:00 America/New_York", "2026-01-02T10:00:00+15:00", "2026-01-02T10:00:00Z trailing",
    " 2026-01-02", "2026-01-02\n", "-1614592800", "1614592800e3", "16145928001", "12", "0", "NaN", "٢٠٢٦-01-02",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD)
def test_times_are_understood(text: str, expected: str) -> None:
    found = parse_time(text)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize("text", REFUSED)
def test_what_can_be_read_in_two_ways_is_refused(text: str) -> None:
    assert parse_time(text) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1614592800, TEN),
        (1614592800.0, TEN),
        (1614592800000, TEN),
        (1.6145928e12, TEN),
        (Decimal("1614592800.000"), TEN),
        (dt.datetime(2021, 3, 1, 10), TEN),
        (dt.datetime(2021, 3, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=2))), TEN),
        (dt.date(2021, 3, 1), "2021-03-01T00:00:00+00:00"),
        (True, None),
        (None, None),
        (float("nan"), None),
        (float("inf"), None),
        ([1614592800], None),
        (10**400, None),
    ],
)
def test_values_of_other_types(value: Any, expected: str | None) -> None:
    found = parse_time(value)
    assert (found and found.isoformat()) == expected


def test_another_layout_is_named() -> None:
    assert str(parse_time_as("01/02/2026 10:00", "%d/%m/%Y %H:%M")) == "2026-02-01 10:00:00+00:00"
    assert str(parse_time_as("01/02/2026 10:00 -0500", "%m/%d/%Y %H:%M %z")) == "2026-01-02 15:00:00+00:00"
    assert parse_time_as("2026-01-02", "%d/%m/%Y") is None


@pytest.mark.parametrize("style", ["ISO, DMY", "SQL, MDY"])
def test_python_and_sql_agree(database: Database, style: str) -> None:
    texts = [text for text, _ in UNDERSTOOD] + REFUSED
    with database.connect() as connection:
        connection.execute(f"set datestyle = '{style}'; set timezone = 'Asia/Kolkata'")
        rows = connection.execute(
            "select text, to_char(radar.parse_time(text) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
            " from unnest(%s::text[]) as given (text)",
            [texts],
        ).fetchall()
    found = {text: parse_time(text) for text in texts}
    assert dict(rows) == {text: time and f"{time:%Y-%m-%d %H:%M:%S.%f}".zfill(26) for text, time in found.items()}
