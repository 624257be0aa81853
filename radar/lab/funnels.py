"""Funnels of a site: a declared one by its name, or any steps. Both are counted by the same SQL."""

from dataclasses import dataclass

import pandas as pd

from radar.lab.data import LabError
from radar.lab.sites import Site
from radar.names import there_are

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
        """A row for each segment (a column of sessions; without one, all) and step: visitors, rates, open and lost.

        Raises LabError for a breakdown that is no column of sessions.
        """
        columns = self.site.query("select * from analytics.sessions where false").columns
        if breakdown and breakdown not in columns:
            raise LabError(f"sessions have no column {breakdown}; {there_are(sorted(columns), '')}")
        if self.name:
            return self.site.query(_COUNTS_BY_NAME, funnel=self.name, breakdown=breakdown)
        return self.site.query(_COUNTS_BY_STEPS, steps=self.steps, limit=self.limit, breakdown=breakdown)

    def minutes(self) -> pd.DataFrame:
        """How long each attempt that converted took: a row each, one column `minutes`."""
        if self.name:
            return self.site.query(_MINUTES_BY_NAME, funnel=self.name)
        return self.site.query(_MINUTES_BY_STEPS, steps=self.steps, limit=self.limit)


def funnel(site: Site, name: str | None = None, steps: list[str] | None = None, limit: str = "7 days") -> Funnel:
    """The declared funnel of this name, or, where steps are given, one of those within the limit.

    Without a name it is the site's first one, without steps when nobody has begun any. Raises LabError when the site
    has no attempts at a funnel of the name, and says which it has.
    """
    if steps:
        return Funnel(site, None, steps, limit)
    declared = site.query(_DECLARED)
    if name is None and declared.empty:
        return Funnel(site, None, [], limit)
    of_name = declared[declared["funnel_name"] == (name or declared["funnel_name"][0])]
    if of_name.empty:
        known = there_are(declared["funnel_name"].unique(), "name steps of your own instead")
        raise LabError(f"nobody of {site.slug} began the funnel {name}; {known}")
    hours = of_name["window_hours"].iloc[0]
    number, unit = (hours, "hour") if hours % 24 else (hours / 24, "day")
    window = f"{number:g} {unit}{'' if number == 1 else 's'}"
    return Funnel(site, of_name["funnel_name"].iloc[0], of_name["step_name"].tolist(), window)
