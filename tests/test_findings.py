"""Findings under the charts: planted ones are found with their dates, and quiet data stays quiet."""

import numpy as np
import pandas as pd
import pytest

from radar.lab import findings, words

DAYS = pd.Series(pd.date_range("2026-01-05", periods=60))  # from a Monday
WEEK = np.array([1, 1, 1, 1, 0.9, 0.4, 0.4])
OFFICE = np.array([1, 1, 1, 1, 1, 2, 4, 9, 17, 21, 22, 20, 15, 18, 21, 20, 17, 11, 6, 4, 3, 3, 2, 1])


def quiet_days(draw: np.random.Generator, base: float) -> pd.Series:
    """Visits a day of a site that grows by 40 % and rests at weekends."""
    rates = base * (1 + 0.4 * np.arange(60) / 60) * WEEK[DAYS.dt.day_of_week]
    return pd.Series(draw.poisson(rates)).astype(float)


def quiet_hours(draw: np.random.Generator, base: float) -> pd.DataFrame:
    counts = [(day, hour, n) for day in DAYS for hour, n in enumerate(draw.poisson(base * OFFICE / OFFICE.sum()))]
    return pd.DataFrame(counts, columns=["day", "hour", "visits"]).assign(site="Quiet")


def test_a_span_of_days_is_found_and_named() -> None:
    visits = quiet_days(np.random.default_rng(1), 150)
    visits[30:35] *= 2.2
    visits[50] *= 0.3
    frame = pd.DataFrame({"site": "Shop", "day": DAYS, "visits": visits})
    found = findings.unusual_days(frame, "site", "day", "visits")
    assert sorted(zip(found["first"], found["until"], strict=True)) == [
        (DAYS[30], DAYS[35]),
        (DAYS[50], DAYS[51]),
    ]
    sentences = " ".join(found["sentence"])
    assert "**Shop, 4 to 8 Feb 2026:**" in sentences
    assert "**Shop, Tue 24 Feb 2026:**" in sentences
    assert "times as many as usual" in sentences
    assert "fewer than usual" in sentences


def test_few_quiet_sites_have_an_unusual_day() -> None:
    draw = np.random.default_rng(2)
    unusual = [bool(findings.unusual_spans(DAYS, quiet_days(draw, draw.uniform(5, 300)))) for _ in range(60)]
    assert sum(unusual) <= 8


def test_a_changed_share_is_found_and_a_quiet_one_is_not() -> None:
    draw = np.random.default_rng(3)
    quiet = 0
    for _ in range(40):
        wholes = quiet_days(draw, 100)
        parts = pd.Series(draw.binomial(wholes.astype(int), 0.2)).astype(float)
        quiet += findings.changed_share(DAYS, parts, wholes) is None
        parts[40:50] = draw.binomial(wholes[40:50].astype(int), 0.05)
        change = findings.changed_share(DAYS, parts, wholes)
        assert change is not None
        assert abs((change.first - DAYS[40]).days) <= 2
        assert abs((change.last - DAYS[49]).days) <= 2
        assert change.share < 0.1 < change.usual
    assert quiet >= 38


def test_hours_without_visits_are_found_and_quiet_hours_are_not() -> None:
    draw = np.random.default_rng(4)
    frame = pd.concat([quiet_hours(draw, 120), quiet_hours(draw, 200).assign(site="App")], ignore_index=True)
    assert findings.hourly_gap(frame, "site", "day", "hour", "visits", DAYS[59]) is None
    is_down = (frame["site"] == "App") & (frame["day"] == DAYS[44]) & frame["hour"].between(13, 17)
    gap = findings.hourly_gap(frame[~is_down], "site", "day", "hour", "visits", DAYS[59])
    assert gap is not None
    assert (gap.name, gap.day, gap.first_hour, gap.end_hour, gap.value) == ("App", DAYS[44], 13, 18, 0)
    assert 60 < gap.usual < 120


def test_no_days_at_all_are_no_finding() -> None:
    empty = pd.DataFrame({"site": [], "day": pd.to_datetime([]), "hour": [], "visits": []})
    assert findings.unusual_days(empty, "site", "day", "visits").empty
    assert findings.hourly_gap(empty, "site", "day", "hour", "visits", DAYS[0]) is None
    assert findings.changed_share(empty["day"], empty["visits"], empty["visits"]) is None
    assert findings.compared(empty, "site", "visits", "visits", 0.1)[1] == "Surely above it: none."


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)],
)
def test_wilson_intervals_as_published(part: int, whole: int, low: float, high: float) -> None:
    assert findings.interval(part, whole) == pytest.approx((low, high), abs=1e-4)


def test_only_sure_differences_are_told() -> None:
    frame = pd.DataFrame(
        {"channel": ["good", "same", "bad", "few"], "part": [60, 20, 5, 1], "whole": [200, 200, 200, 2]}
    )
    sentences = findings.compared(frame, "channel", "part", "whole", 0.1)
    assert sentences[:3] == ["The average is 10.0%.", "Surely above it: **good**.", "Surely below it: **bad**."]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-11-06", "2026-11-06", "Fri 6 Nov 2026"),
        ("2026-10-25", "2026-10-31", "25 to 31 Oct 2026"),
        ("2026-10-28", "2026-11-03", "28 Oct to 3 Nov 2026"),
        ("2025-12-30", "2026-01-02", "30 Dec 2025 to 2 Jan 2026"),
    ],
)
def test_days_in_words(first: str, last: str, text: str) -> None:
    assert words.span_of_days(pd.Timestamp(first), pd.Timestamp(last)) == text


@pytest.mark.parametrize(("seconds", "text"), [(45, "45 s"), (720, "12 min"), (12600, "3.5 h")])
def test_durations_in_words(seconds: float, text: str) -> None:
    assert words.duration(seconds) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [(1234.4, "$1,234"), (12.3, "$12.30"), (1, "$1.00"), (0.1, "$0.10"), (0.00519, "$0.0052"), (0, "$0")],
)
def test_money_is_told_as_far_as_two_digits_say_something(amount: float, text: str) -> None:
    assert words.dollars(amount) == text


def test_small_names_are_put_together() -> None:
    names, values = pd.Series(["a", "b", "c", "a", "d"]), pd.Series([5, 3, 1, 5, 1])
    assert findings.with_rest(names, values, 2, "other").tolist() == ["a", "b", "other", "a", "other"]


def test_a_day_without_rows_is_a_day_of_zeros() -> None:
    frame = pd.DataFrame({"site": "Shop", "day": DAYS[[0, 2]], "hour": 9, "visits": [5, 7]})
    assert findings.daily(frame, "site", "day", ["visits"], DAYS[3])["Shop"]["visits"].tolist() == [5, 0, 7, 0]
    hours = findings.hours_of_days(frame, "day", "hour", "visits", DAYS[3])
    assert hours[9].tolist() == [5, 0, 7, 0]
    assert hours.shape == (4, 24)


def test_growth_is_no_percentage_of_zero() -> None:
    weeks = pd.DataFrame({"Direct": [10, 20, 15, 30], "Email": [4, 4, 2, 2], "Social": [0, 0, 3, 5]})
    assert findings.growth(weeks) == [
        "From the first 2 whole weeks to the last 2, the usual week of **Direct** changed by +50%, the most.",
        "That of Email changed by -50%, the least.",
        "**Social** began: 4 in its usual week of late.",
    ]
    assert findings.growth(weeks[:1]) == []
    assert findings.Span(DAYS[0], DAYS[0], 5, 0, 9).comparison == "where none are"
