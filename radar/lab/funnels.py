"""Funnels of a site: a declared one by its name, or any steps. Both are counted by the same SQL."""

from dataclasses import dataclass

import pandas as pd

from radar.lab.data import LabError, Site

_DECLARED = """
    select distinct funnel_name, step, step_name, window_hours
    from analytics.funnels
    where workspace_id = %(workspace_id)s and project_id = %(project_id)s
    order by funnel_name, step
"""
_COUNTS_BY_NAME = """
    select * from analytics.named_funnel(
        %(workspace_id)s, %(project_id)s, %(funnel)s, %(first_date)s, %(last_date)s, %(breakdown)s
    )
"""
_COUNTS_BY_STEPS = """
    select * from analytics.funnel(
        %(workspace_id)s, %(project_id)s, %(steps)s, %(first_date)s, %(last_date)s, %(limit)s, %(breakdown)s
    )
"""
_MINUTES_BY_NAME = """
    select extract(epoch from reached_at[steps_reached] - started_at)::double precision / 60 as minutes
    from analytics.funnel_journeys
    where
        workspace_id = %(workspace_id)s and project_id = %(project_id)s and funnel_name = %(funnel)s
        and start_date between %(first_date)s and %(last_date)s and is_converted
"""
_MINUTES_BY_STEPS = """
    select extract(epoch from reached_at[steps_reached] - started_at)::double precision / 60 as minutes
    from analytics.funnel_attempts(
        %(workspace_id)s, %(project_id)s, %(steps)s, %(first_date)s, %(last_date)s, %(limit)s
    )
    where is_converted
"""


@dataclass(frozen=True)
class Funnel:
    """A funnel of a site; `name` is None for one that is not declared, `limit` the time from the first step."""

    site: Site
    name: str | None
    steps: list[str]
    limit: str

    def counts(self, breakdown: str | None = None) -> pd.DataFrame:
        """A row for each segment (a column of sessions; without one, all) and step: visitors, rates, open and lost."""
        if self.name:
            return self.site.query(_COUNTS_BY_NAME, funnel=self.name, breakdown=breakdown)
        return self.site.query(_COUNTS_BY_STEPS, steps=self.steps, limit=self.limit, breakdown=breakdown)

    def minutes(self) -> pd.DataFrame:
        """How long each attempt that converted took: a row each, one column `minutes`."""
        if self.name:
            return self.site.query(_MINUTES_BY_NAME, funnel=self.name)
        return self.site.query(_MINUTES_BY_STEPS, steps=self.steps, limit=self.limit)


def funnel(site: Site, name: str, steps: list[str] | None = None, limit: str = "7 days") -> Funnel:
    """The declared funnel of this name, or, where steps are given, one of those within the limit.

    Raises LabError when the site has no attempts at a funnel of the name, and says which it has.
    """
    if steps:
        return Funnel(site, None, steps, limit)
    declared = site.query(_DECLARED)
    of_name = declared[declared["funnel_name"] == name]
    if of_name.empty:
        known = ", ".join(declared["funnel_name"].unique()) or "none"
        raise LabError(f"nobody of {site.slug} began the funnel {name}; known there: {known}")
    hours = of_name["window_hours"].iloc[0]
    window = f"{hours:g} hours" if hours % 24 else f"{hours / 24:g} days"
    return Funnel(site, name, of_name["step_name"].tolist(), window)
