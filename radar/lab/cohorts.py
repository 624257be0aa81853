"""Cohorts of a site over whole weeks or months, their averages and the picture of them."""

from typing import Literal

import altair as alt
import pandas as pd

from radar.lab import charts
from radar.lab.data import LabError
from radar.lab.sites import Site
from radar.names import there_are

_ANCHORS = """
    select distinct anchor_name from analytics.cohorts
    where workspace_id = %(workspace_id)s and project_id = %(project_id)s and period = 'month'
    order by anchor_name
"""
# Whole by the data too, not only by the calendar: a feed that stopped on Tuesday has lost nobody on Wednesday.
_COHORTS = """
    select
        cohort_start, period_number, cohort_size, active_users, active_users_on_or_after, retention_rate,
        revenue, lifetime_value
    from analytics.cohorts
    where
        workspace_id = %(workspace_id)s and project_id = %(project_id)s
        and period = %(period)s and anchor_name = %(anchor)s
        and cohort_start >= date_trunc(%(period)s, %(first_date)s::date)
        and is_complete and (period_start + ('1 ' || period)::interval)::date <= %(last_date)s::date + 1
    order by cohort_start, period_number
"""
_SUMS = {
    "cohort_size": "people",
    "active_users": "retained",
    "active_users_on_or_after": "retained_on_or_after",
    "revenue": "revenue_per_user",
}
LEAST_PEOPLE = 20
"""An average over fewer people is no number to act on."""


def cohorts(site: Site, period: Literal["week", "month"], anchor: str = "first_activity") -> pd.DataFrame:
    """Rows of analytics.cohorts for the periods that are over, of cohorts that begin in the site's days.

    The anchor is first_activity or the name of a goal. Raises LabError when it acquired nobody, and says which did.
    """
    known = {"first_activity", *site.query(_ANCHORS)["anchor_name"]}
    if anchor not in known:
        raise LabError(f"nobody of {site.slug} was acquired by {anchor}; {there_are(sorted(known), '')}")
    return site.query(_COHORTS, period=period, anchor=anchor)


def averages(cohorts: pd.DataFrame) -> pd.DataFrame:
    """All cohorts that are old enough, as one: a row per period_number with their people, the shares of them that are
    `retained` and `retained_on_or_after`, revenue_per_user of the period, and lifetime_value.

    The latter adds up the periods, each by the cohorts that reached it: it does not jump where rich cohorts remain.
    """
    sums = cohorts.groupby("period_number", as_index=False)[list(_SUMS)].sum().rename(columns=_SUMS)
    sums = sums[sums["people"] >= LEAST_PEOPLE]
    shares = {name: sums[name] / sums["people"] for name in _SUMS.values() if name != "people"}
    return sums.assign(**shares, lifetime_value=shares["revenue_per_user"].cumsum())


def heat_map(cohorts: pd.DataFrame, period: str) -> alt.LayerChart:
    """A row per cohort, and one of all; a column per period after the first, in which all are there by definition."""
    total = averages(cohorts).assign(cohort="All").rename(columns={"retained": "retention_rate"})
    labels = [f"{row.cohort_start:%-d %b %Y} · {row.cohort_size:,.0f}" for row in cohorts.itertuples()]
    rows = pd.concat([total, cohorts.assign(cohort=labels)], ignore_index=True)
    shown = rows[rows["period_number"] > 0][["cohort", "period_number", "retention_rate"]]
    order = list(dict.fromkeys(shown["cohort"]))
    dark = 0.6 * shown["retention_rate"].max() if len(shown) else 1
    across = alt.Axis(labelAngle=0, orient="top", domain=False, ticks=False)
    cells = alt.Chart(shown).encode(
        alt.X("period_number:O", title=f"{period.capitalize()}s after the first", axis=across),
        alt.Y("cohort:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False)),
    )
    scale = alt.Scale(scheme="blues", domainMin=0)
    colors = alt.Color("retention_rate:Q", scale=scale, legend=None)
    ink = alt.condition(alt.datum.retention_rate > dark, alt.value("white"), alt.value(charts.INK))
    number = cells.mark_text(fontSize=11).encode(alt.Text("retention_rate:Q", format=".1%"), color=ink)
    chart: alt.LayerChart = cells.mark_rect(stroke="white", strokeWidth=2).encode(colors) + number
    return chart.properties(height=26 * len(order))
