"""What a chart shows, computed, so that the sentence under it stays true when the data changes.

Days and shares that stand out are found by two small statistics, each with a threshold that quiet data does not reach.
"""

import datetime as dt
import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from radar.lab.words import listed, span_of_days

STANDS_OUT = 3.5
"""Robust standard deviations from the usual value: the threshold of Iglewicz and Hoaglin for outliers."""
LEAST_CHANGE = 0.3
"""A day that is 30 % off at least is worth a sentence; less happens every week somewhere."""
WEEKS_NEAR = pd.Timedelta(weeks=4)
LEAST_EVIDENCE = 9.0
"""Log likelihood ratio of a span of days: of 150 quiet sites chance alone takes one to 8 (tests/test_findings.py)."""
GAP_EVIDENCE = 14.0
"""The same for hours, of which there are far more to try: of 40 quiet sites chance alone takes one to 13."""
SPAN_DAYS = range(3, 22)


@dataclass(frozen=True)
class Span:
    """Consecutive days on which a value was not as usual."""

    first: pd.Timestamp
    last: pd.Timestamp
    value: float
    usual: float
    strength: float

    @property
    def days(self) -> str:
        """Such as "Fri 6 Nov 2026" or "25 to 31 Oct 2026"."""
        return span_of_days(self.first, self.last)

    @property
    def comparison(self) -> str:
        """Such as "62 % fewer than" or "1.9 times as many as"."""
        if not self.usual:
            return "where none are"
        factor = self.value / self.usual
        return f"{1 - factor:.0%} fewer than" if factor < 1 else f"{factor:.1f} times as many as"


def unusual_days(frame: pd.DataFrame, name: str, day: str, value: str) -> pd.DataFrame:
    """Spans of days with far more or fewer than usual, of each name: a row each, the most unusual first.

    Columns: the name, first and last day, `until` (the day after the last), value, usual, strength and a sentence.
    """
    rows = [
        {name: of, "until": span.last + pd.Timedelta(days=1), **vars(span), "sentence": _sentence(str(of), span, value)}
        for of, group in frame.groupby(name, sort=False)
        for span in unusual_spans(group[day].reset_index(drop=True), group[value].reset_index(drop=True))
    ]
    columns = [name, "first", "last", "until", "value", "usual", "strength", "sentence"]
    found = pd.DataFrame(rows, columns=columns).sort_values("strength", ascending=False, ignore_index=True)
    return found.astype(dict.fromkeys(("first", "last", "until"), "datetime64[ns]"))


def _sentence(name: str, span: Span, things: str) -> str:
    return f"**{name}, {span.days}:** {span.value:,.0f} {things}, {span.comparison} usual."


def usual_values(days: pd.Series, values: pd.Series) -> pd.Series:
    """The median of the same weekday in the four weeks before and after; a day is no part of its own measure."""
    near = [(days != day) & ((days - day).dt.days % 7 == 0) & ((days - day).abs() <= WEEKS_NEAR) for day in days]
    return pd.Series([values[of].median() for of in near], index=values.index, dtype=float).fillna(values.median())


def unusual_spans(days: pd.Series, values: pd.Series) -> list[Span]:
    """Spans of days with far more or fewer than usual for the weekday; one value per day, numbered from 0."""
    usual = usual_values(days, values)
    ratios = ((values + 1) / (usual + 1)).map(math.log)
    by_chance = 1.1 / np.sqrt(usual + 1)  # of a count and of the median that it is compared with
    scores = ratios / by_chance
    scores /= max(1.0, 1.4826 * float(scores.abs().median()))
    is_off = ratios.abs() > math.log(1 + LEAST_CHANGE)
    is_start = ~is_off.shift(fill_value=False) | (days.diff() != pd.Timedelta(days=1)) | (ratios * ratios.shift() < 0)
    return [
        Span(
            of.iloc[0],
            of.iloc[-1],
            float(values[of.index].sum()),
            float(usual[of.index].sum()),
            scores[of.index].abs().max(),
        )
        for _, of in days[is_off].groupby(is_start.cumsum()[is_off])
        if scores[of.index].abs().max() > STANDS_OUT  # one day must be sure; its neighbours need only be off as well
    ]


@dataclass(frozen=True)
class Gap:
    """Hours of a day with far fewer visits than usual; `first_hour` up to, and not with, `end_hour`."""

    name: str
    day: pd.Timestamp
    first_hour: int
    end_hour: int
    value: float
    usual: float
    evidence: float


def hours_of_days(frame: pd.DataFrame, day: str, hour: str, value: str, last: dt.date) -> pd.DataFrame:
    """A row for each day from the first with rows to the last given one, a column for each hour; zeros in between."""
    counts = frame.pivot_table(index=day, columns=hour, values=value, aggfunc="sum", fill_value=0)
    every_day = pd.date_range(frame[day].min() if len(frame) else last, last)
    return counts.reindex(index=every_day, columns=range(24), fill_value=0).astype(float)


def hourly_gap(frame: pd.DataFrame, name: str, day: str, hour: str, value: str, last: dt.date) -> Gap | None:
    """The hours of one day in which visits were missing most surely, or None; a row per name, day and hour.

    Each hour is measured against the mean of the same hour on the other days of that weekday, by the likelihood ratio
    of two Poisson rates; less than half of the usual must be left.
    """
    gaps = [
        gap
        for of, group in frame.groupby(name, sort=False)
        for gap in _gaps(str(of), hours_of_days(group, day, hour, value, last))
    ]
    return max(gaps, key=lambda gap: gap.evidence, default=None)


def _gaps(name: str, counts: pd.DataFrame) -> Iterable[Gap]:
    weekdays = pd.DatetimeIndex(counts.index).day_of_week
    for day, weekday in zip(pd.DatetimeIndex(counts.index), weekdays, strict=True):
        others = counts[(weekdays == weekday) & (counts.index != day)]
        if others.empty:
            continue
        upto, usual_upto = (np.concatenate([[0.0], hours.cumsum()]) for hours in (counts.loc[day], others.mean()))
        for first, end in itertools.combinations(range(25), 2):
            found, expected = upto[end] - upto[first], usual_upto[end] - usual_upto[first]
            if found < expected / 2:
                evidence = expected - found + (found * math.log(found / expected) if found else 0.0)
                if evidence > GAP_EVIDENCE:
                    yield Gap(name, day, first, end, found, expected, evidence)


@dataclass(frozen=True)
class Change:
    """A span of days in which a share was another one than on the other days."""

    first: pd.Timestamp
    last: pd.Timestamp
    share: float
    usual: float
    evidence: float

    @property
    def days(self) -> str:
        """Such as "3 to 9 Nov 2026"."""
        return span_of_days(self.first, self.last)


def changed_share(days: pd.Series, parts: pd.Series, wholes: pd.Series) -> Change | None:
    """The span of 3 to 21 days in which a share differed most surely from that of the other days, or None.

    A scan statistic (Kulldorff 1997): the likelihood ratio of two shares against one, over every span.
    """
    part, whole = (np.concatenate([[0.0], series.to_numpy(float).cumsum()]) for series in (parts, wholes))
    best: Change | None = None
    for first, end in _spans(len(days)):
        inside, of = part[end] - part[first], whole[end] - whole[first]
        evidence = _evidence(inside, of, part[-1] - inside, whole[-1] - of)
        if evidence > (best.evidence if best else LEAST_EVIDENCE):
            usual = (part[-1] - inside) / (whole[-1] - of)
            best = Change(days.iloc[first], days.iloc[end - 1], inside / of, usual, evidence)
    return best


def daily(frame: pd.DataFrame, name: str, day: str, values: list[str], last: dt.date) -> dict[str, pd.DataFrame]:
    """For each name a frame with every day from its first to the last given one, days without rows as zeros."""
    return {
        str(of): group.groupby(day)[values]
        .sum()
        .reindex(pd.date_range(group[day].min(), last, name=day), fill_value=0)
        .reset_index()
        for of, group in frame.groupby(name, sort=False)
    }


def growth(weeks: pd.DataFrame) -> list[str]:
    """Which column's usual week grew most and least from the first half of the weeks, the rows, to the last.

    A column whose usual week was empty has begun: nothing is a percentage of zero.
    """
    half = len(weeks) // 2
    if not half:
        return []
    before, after = weeks[:half].median(), weeks[-half:].median()
    change = (after / before.where(before > 0) - 1).dropna().sort_values()
    span = (
        f"From the first {half} whole weeks to the last {half}" if half > 1 else "From the first whole week to the last"
    )
    most, least = change[-1:].items(), change[:-1][:1].items()
    return [
        *(f"{span}, the usual week of **{name}** changed by {by:+.0%}, the most." for name, by in most),
        *(f"That of {name} changed by {by:+.0%}, the least." for name, by in least),
        *(
            f"**{name}** began: {after[name]:,.0f} in its usual week of late."
            for name in after[(before == 0) & (after > 0)].index
        ),
    ]


def rolling_share(frames: dict[str, pd.DataFrame], day: str, part: str, whole: str) -> pd.DataFrame:
    """The share over the last seven days, of each name and day with five at least; columns name, day, share, whole."""
    rows = []
    for name, frame in frames.items():
        parts, wholes = (frame[column].rolling(7).sum() for column in (part, whole))
        rows += [(name, *of) for of in zip(frame[day], parts / wholes, wholes, strict=True) if of[2] >= 5]
    shares = pd.DataFrame(rows, columns=["name", "day", "share", "whole"])
    return shares.astype({"day": "datetime64[s]", "share": float})


def _spans(number: int) -> Iterable[tuple[int, int]]:
    return ((first, first + length) for first in range(number) for length in SPAN_DAYS if first + length <= number)


def _evidence(part: float, whole: float, other_part: float, other_whole: float) -> float:
    if not whole or not other_whole:
        return 0.0
    together = _likelihood(part + other_part, whole + other_whole)
    return _likelihood(part, whole) + _likelihood(other_part, other_whole) - together


def _likelihood(part: float, whole: float) -> float:
    share = part / whole
    return sum(count * math.log(p) for count, p in ((part, share), (whole - part, 1 - share)) if count > 0)


def interval(part: float, whole: float) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), which stays within 0 and 1 for few visits too."""
    if not whole:
        return 0.0, 1.0
    z = 1.96
    share, width = part / whole, 1 + z**2 / whole
    middle = (share + z**2 / (2 * whole)) / width
    margin = z / width * math.sqrt(share * (1 - share) / whole + z**2 / (4 * whole**2))
    return middle - margin, middle + margin


def compared(frame: pd.DataFrame, name: str, part: str, whole: str, average: float) -> list[str]:
    """Which rows' shares are surely above or below the average: their interval lies on one side of it."""
    bounds = [(str(row[name]), *interval(row[part], row[whole])) for row in frame.to_dict("records")]
    above = [f"**{of}**" for of, low, _ in bounds if low > average]
    below = [f"**{of}**" for of, _, high in bounds if high < average]
    if len(bounds) == 1:
        return [f"The average is {average:.1%}."]
    return [
        f"The average is {average:.1%}.",
        f"Surely above it: {listed(above)}.",
        f"Surely below it: {listed(below)}.",
        "The others may differ by chance.",
    ]


def with_rest(names: pd.Series, values: pd.Series, number: int, rest: str) -> pd.Series:
    """The names, those beyond the so many with the largest sums replaced by `rest`."""
    largest = values.groupby(names).sum().nlargest(number).index
    return names.where(names.isin(largest), rest)
