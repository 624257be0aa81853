"""Days, durations, money and lists in words."""

import datetime as dt
import math
from collections.abc import Iterable


def span_of_days(first: dt.date, last: dt.date) -> str:
    """Such as "Fri 6 Nov 2026", "25 to 31 Oct 2026" or "28 Oct to 3 Nov 2026"."""
    if first == last:
        return f"{first:%a} {first.day} {first:%b %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    month = "" if (first.month, first.year) == (last.month, last.year) else f" {first:%b}"
    return f"{first.day}{month}{year} to {last.day} {last:%b %Y}"


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
