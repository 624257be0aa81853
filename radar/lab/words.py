"""Days, durations, money and lists in words."""

import datetime as dt
import math
from collections.abc import Iterable

import pandas as pd


def span_of_days(first: dt.date, last: dt.date) -> str:
    """Such as "Fri 6 Nov 2026", "25 to 31 Oct 2026" or "28 Oct to 3 Nov 2026"."""
    if first == last:
        return f"{first:%a} {first.day} {first:%b %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    month = "" if (first.month, first.year) == (last.month, last.year) else f" {first:%b}"
    return f"{first.day}{month}{year} to {last.day} {last:%b %Y}"


def span_of_months(first: dt.date, last: dt.date) -> str:
    """Such as "May 2026", "April to May 2026" or "December 2026 to January 2027"."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{last:%B %Y}"
    return f"{first:%B}{'' if first.year == last.year else f' {first.year}'} to {last:%B %Y}"


def told_apart(names: "pd.Series[str]") -> dict[str, str]:
    """The names by their ids, the index; where several are the same, with the beginning of the id."""
    several = names.duplicated(keep=False)
    return {of: f"{names[of]} ({of[:4]})" if several[of] else names[of] for of in names.index}


def listed(names: Iterable[str]) -> str:
    """Such as "a, b and c"."""
    *most, last = list(names) or ["none"]
    return f"{', '.join(most)} and {last}" if most else last


def duration(seconds: float) -> str:
    """Such as "45 s", "12 min" or "3.5 h"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def dollars(amount: float) -> str:
    """Such as "$1,234", "$12.30" or "$0.0052": below a dollar as far as two digits say something."""
    if amount == 0 or abs(amount) >= 1:
        return f"${amount:,.0f}" if amount == 0 or abs(amount) >= 100 else f"${amount:,.2f}"
    return f"${amount:.{1 - math.floor(math.log10(abs(amount)))}f}"
