"""Queries of a notebook: one connection, parameters that name a site and its days, a pandas frame back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, LiteralString
from uuid import UUID

import pandas as pd
import psycopg
from psycopg.rows import dict_row
from psycopg.types.numeric import FloatLoader

from radar import settings
from radar.connection import open_connection, transaction
from radar.errors import RadarError, ServerError

# The last day is whole when the data goes on past it, or ends in its last half hour: a chart must not end in a drop
# that is only the time of the last load. An event of tomorrow's (a wrong clock) does not count.
_SITES = """
    select
        projects.workspace_id, projects.project_id, projects.slug, projects.name, projects.timezone,
        ((data.until + interval '30 minutes') at time zone projects.timezone)::date - 1 as last_date
    from staging.stg_projects as projects
    cross join lateral (
        select least(max(sessions.ended_at), now()) as until
        from analytics.sessions
        where sessions.workspace_id = projects.workspace_id and sessions.project_id = projects.project_id
    ) as data
    where projects.slug = any(%(slugs)s) and (%(workspace_id)s::uuid is null or workspace_id = %(workspace_id)s::uuid)
"""


_DAY = "datetime64[s]"
_DTYPES = {
    psycopg.adapters.types[name].oid: dtype
    for name, dtype in {
        "date": _DAY,
        "int4": "int64",
        "int8": "int64",
        "float8": "float64",
        "numeric": "float64",
    }.items()
}


class LabError(RadarError):
    """A notebook asks for what is not there."""


@dataclass(frozen=True)
class Site:
    """A project, and the whole days of its own time zone that a notebook looks at."""

    workspace_id: UUID
    project_id: UUID
    slug: str
    name: str
    timezone: str
    first_date: dt.date
    last_date: dt.date

    def query(self, statement: LiteralString, **parameters: object) -> pd.DataFrame:
        """Like `query`, with the site's own fields as parameters too, such as %(project_id)s and %(first_date)s."""
        return query(statement, **vars(self), **parameters)


@cache
def connect() -> psycopg.Connection[dict[str, Any]]:
    """The notebook's connection to the server of `radar dsn`. Raises LabError when it is down."""
    try:
        connection = open_connection(settings.dsn(), name="radar lab", row_factory=dict_row)
    except ServerError as error:
        raise LabError(str(error)) from error
    connection.adapters.register_loader("numeric", FloatLoader)
    return connection


def query(statement: LiteralString, **parameters: object) -> pd.DataFrame:
    """The rows of a query as a frame: numbers as floats, dates as days without a time zone, times in UTC.

    Parameters are written %(name)s, a percent sign then %%. Raises LabError when Radar's tables are not there yet.
    """
    try:
        with transaction(connect()) as connection:
            connection.execute("set transaction read only")
            cursor = connection.execute(statement, parameters)
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName) as error:
        raise LabError("the tables are not there yet: run `radar build`") from error
    frame = pd.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description or []])
    # Said by the database, so that a query without rows has columns of the same types as one with many.
    types = {
        column.name: _DTYPES[column.type_code] for column in cursor.description or [] if column.type_code in _DTYPES
    }
    return frame.astype({name: dtype for name, dtype in types.items() if frame.empty or dtype == _DAY})


def site(slug: str, days: int, workspace_id: str | None = None) -> Site:
    """The project with this slug and its last whole days. Raises LabError when there is none, or several have it."""
    return sites([slug], days, workspace_id)[0]


def sites(slugs: Sequence[str], days: int, workspace_id: str | None = None) -> list[Site]:
    """The projects with these slugs, in this order, over the days that are whole in all of them.

    Raises LabError when one is not there or has no visits yet, or when several workspaces have one.
    """
    rows: list[dict[str, Any]] = query(_SITES, slugs=list(slugs), workspace_id=workspace_id).to_dict("records")  # type: ignore[assignment]
    by_slug: dict[str, dict[str, Any]] = {str(row["slug"]): row for row in rows if not pd.isna(row["last_date"])}
    if missing := [slug for slug in slugs if slug not in by_slug]:
        raise LabError(f"no project {missing[0]} with visits: load events and run `radar build`, or name another one")
    if len(rows) > len(set(slugs)):
        raise LabError(f"several workspaces have a project {' or '.join(by_slug)}: name the workspace_id too")
    last_date = min(by_slug[slug]["last_date"] for slug in slugs).date()
    first_date = last_date - dt.timedelta(days=days - 1)
    return [Site(**{**by_slug[slug], "first_date": first_date, "last_date": last_date}) for slug in slugs]


def query_each(sites: Sequence[Site], statement: LiteralString) -> pd.DataFrame:
    """The rows of a query for several sites, one after another; the column `site` names them."""
    return pd.concat([site.query(statement).assign(site=site.name) for site in sites], ignore_index=True)
