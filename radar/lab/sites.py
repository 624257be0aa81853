"""Projects by their slug, and the days of theirs that a notebook looks at."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, LiteralString
from uuid import UUID

import pandas as pd

from radar.lab.data import LabError, query
from radar.names import there_are

Data = Literal["visits", "conversations", "calls", "runs"]

_OF_PROJECT = "(workspace_id, project_id) = (projects.workspace_id, projects.project_id)"
_DATA: dict[Data, LiteralString] = {
    "visits": "null::timestamptz, null::timestamptz",
    "conversations": f"min(started_at), max(ended_at) from analytics.conversations where {_OF_PROJECT}",
    "calls": f"min(occurred_at), max(occurred_at) from analytics.llm_usage where {_OF_PROJECT}",
    # An agent belongs to a workspace.
    "runs": "min(started_at), max(started_at) from analytics.runs where workspace_id = projects.workspace_id",
}
"""Beside visits, which tell the end of a day on which nobody called a model, say."""
# The last day is whole when the data goes on past it, or ends in its last half hour: a chart must not end in a drop
# that is only the time of the last load. Where no day is whole, the one that there is must do; without any data it is
# yesterday. An event of tomorrow's (a wrong clock) does not count.
_SITES = """
    select
        projects.workspace_id, projects.project_id, projects.slug, projects.name, projects.timezone,
        first_date, greatest((whole.until at time zone projects.timezone)::date - 1, first_date) as last_date
    from staging.stg_projects as projects
    cross join lateral (
        select min(started_at), max(ended_at)
        from analytics.sessions
        where (workspace_id, project_id) = (projects.workspace_id, projects.project_id)
    ) as visits (since, until)
    cross join lateral (select {data}) as data (since, until)
    cross join lateral (
        select
            (coalesce(data.since, visits.since) at time zone projects.timezone)::date as first_date,
            case
                when coalesce(data.until, visits.until) is null then now()
                else least(greatest(data.until, visits.until), now()) + interval '30 minutes'
            end as until
    ) as whole
    where (%(workspace_id)s::uuid is null or projects.workspace_id = %(workspace_id)s::uuid)
        and projects.slug = any(%(slugs)s)
"""
_KNOWN = """
    select distinct slug
    from staging.stg_projects
    where (%(workspace_id)s::uuid is null or workspace_id = %(workspace_id)s::uuid)
    order by slug
"""
_BUSIEST = """
    select projects.slug
    from analytics.daily_site_metrics
    inner join staging.stg_projects as projects using (workspace_id, project_id)
    where metric_date between %(first_date)s and %(last_date)s
        and (%(within)s::uuid is null or workspace_id = %(within)s::uuid)
    group by projects.slug
    having count(distinct project_id) = 1 and max(project_id::text) <> %(project_id)s::text
        and max(metric_date) >= %(last_date)s::date - 1
    order by sum(total_sessions) desc, projects.slug
    limit 3
"""


@dataclass(frozen=True)
class Site:
    """A project, and the days of its own time zone that a notebook looks at."""

    workspace_id: UUID
    project_id: UUID
    slug: str
    name: str
    timezone: str
    first_date: dt.date
    last_date: dt.date

    @property
    def days(self) -> int:
        """How many days these are, from the first to the last one, both included."""
        return (self.last_date - self.first_date).days + 1

    def query(self, statement: LiteralString, **parameters: object) -> pd.DataFrame:
        """Like `query`, with the site's own fields as parameters too, such as %(project_id)s and %(first_date)s."""
        return query(statement, **vars(self), **parameters)


def site(slug: str, days: int, workspace_id: str | None = None, data: Data = "visits") -> Site:
    """The project with this slug and the last whole days of its data, at most so many.

    Raises LabError when there is none, or several have it.
    """
    return _sites([slug], days, workspace_id, data)[0]


def sites(slug: str, others: Sequence[str] | None, days: int, workspace_id: str | None = None) -> list[Site]:
    """The project with this slug and others, each once, over the days that are whole in all of them.

    The others are slugs; None stands for the three with most visits on these days. Names are told apart where several
    are the same. Raises LabError when one is not there, or when several workspaces have one.
    """
    if others is None:
        others = site(slug, days, workspace_id).query(_BUSIEST, within=workspace_id)["slug"].tolist()
    return _sites([slug, *others], days, workspace_id, "visits")


def query_each(sites: Sequence[Site], statement: LiteralString) -> pd.DataFrame:
    """The rows of a query for several sites, one after another; the column `site` names them."""
    return pd.concat([site.query(statement).assign(site=site.name) for site in sites], ignore_index=True)


def _sites(slugs: Sequence[str], days: int, workspace_id: str | None, data: Data) -> list[Site]:
    if days < 1:
        raise LabError(f"DAYS is {days}: it takes one day at least")
    rows = _rows(slugs, workspace_id, data)
    last_date = min(row["last_date"] for row in rows).date()
    first_date = last_date - dt.timedelta(days=days - 1)
    begun = [row["first_date"].date() for row in rows if not pd.isna(row["first_date"])]
    if begun and min(begun) <= last_date:
        first_date = max(first_date, min(begun))
    return _told_apart([Site(**{**row, "first_date": first_date, "last_date": last_date}) for row in rows])


def _rows(slugs: Sequence[str], workspace_id: str | None, data: Data) -> list[dict[str, Any]]:
    found = query(_SITES.format(data=_DATA[data]), slugs=list(slugs), workspace_id=workspace_id)
    records: list[dict[str, Any]] = found.to_dict("records")  # type: ignore[assignment]
    by_slug = {str(row["slug"]): row for row in records}
    for slug in slugs:
        if slug not in by_slug:
            raise LabError(f"no project {slug}; {_known(workspace_id)}")
    if len(found) > len(by_slug):
        raise LabError(f"several workspaces have a project {' or '.join(by_slug)}: name the workspace_id too")
    return [by_slug[slug] for slug in dict.fromkeys(slugs)]


def _known(workspace_id: str | None) -> str:
    names = query(_KNOWN, workspace_id=workspace_id)["slug"]
    return there_are(names, "insert one into ingest.projects, and load events")


def _told_apart(sites: list[Site]) -> list[Site]:
    number = Counter(site.name for site in sites)
    return [replace(site, name=f"{site.name} ({site.slug})") if number[site.name] > 1 else site for site in sites]
