"""What no single row can tell: whether the feeds are fresh, whole, and as they were in the weeks before.

Every query returns one row for each thing that is wrong, with project, day and detail. Projects are never pooled, and
the days that a day is compared with do not contain it. A project's last day still goes on: those before are whole.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class FeedCheck:
    """A query over {batch}, the rows of `model`, that returns what is wrong."""

    name: str
    model: str
    meaning: str
    query: str


def feed_checks(variables: dict[str, Any], as_of: datetime) -> list[FeedCheck]:
    """The checks with the limits of dbt_project.yml, as of a moment."""
    limits = {name: value for name, value in variables.items() if isinstance(value, int | float)}
    moment = f"timestamptz '{as_of.isoformat()}'"
    return [
        FeedCheck(name, model, meaning.format(**limits), _filled(query, limits | {"moment": moment}))
        for name, model, meaning, query in (
            ("freshness", "sessions", "Every project has had an event in the last {freshness_hours} hours.", FRESHNESS),
            ("missing_day", "daily_site_metrics", "No day is missing among the last {tested_days}.", MISSING_DAY),
            (
                "volume",
                "daily_site_metrics",
                "The last whole day has at least {volume_drop_share} of the sessions of its weekday.",
                VOLUME,
            ),
            (
                "distribution",
                "daily_site_metrics",
                "The last whole day's rates are within {distribution_deviations} deviations of the four weeks before.",
                DISTRIBUTION,
            ),
        )
    ]


def _filled(query: str, values: dict[str, Any]) -> str:
    for name, value in values.items():
        query = query.replace(f"<{name}>", str(value))
    return query


FRESHNESS = """
select
    workspace_id, project_id, max(session_date) as day,
    'last event ' || to_char(max(ended_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') as detail
from {batch}
group by workspace_id, project_id
having max(ended_at) < <moment> - interval '<freshness_hours> hours'
and max(ended_at) > <moment> - interval '<retired_days> days'
"""

_EXPECTED = """
with
days as (select * from {batch}),
feeds as (
    select workspace_id, project_id, min(metric_date) as first_day, max(metric_date) as last_day
    from days group by workspace_id, project_id
),
expected as (
    select
        feeds.workspace_id, feeds.project_id, whole.day as day,
        (
            select percentile_cont(0.5) within group (order by coalesce(same_weekday.total_sessions, 0))
            from generate_series(1, 4) as weeks
            left join days as same_weekday
                on same_weekday.workspace_id = feeds.workspace_id and same_weekday.project_id = feeds.project_id
                and same_weekday.metric_date = whole.day - 7 * weeks
            where whole.day - 7 * weeks >= feeds.first_day
        ) as sessions
    from feeds
    cross join lateral generate_series(
        1, least(feeds.last_day - feeds.first_day, <tested_days>)
    ) as days_before
    cross join lateral (select feeds.last_day - days_before as day) as whole
)
"""

MISSING_DAY = f"""{_EXPECTED}
select workspace_id, project_id, day, 'no session, expected ' || round(sessions) as detail
from expected
where sessions >= <volume_minimum_sessions> and not exists (
    select from days
    where days.workspace_id = expected.workspace_id and days.project_id = expected.project_id
    and days.metric_date = expected.day
)
"""

VOLUME = f"""{_EXPECTED}
select
    workspace_id, project_id, day,
    days.total_sessions || ' sessions, expected ' || round(expected.sessions) as detail
from expected
inner join feeds using (workspace_id, project_id)
inner join days using (workspace_id, project_id)
where day = feeds.last_day - 1 and days.metric_date = day and expected.sessions >= <volume_minimum_sessions>
and days.total_sessions < <volume_drop_share> * expected.sessions
"""

DISTRIBUTION = """
with
days as (
    select
        workspace_id, project_id, metric_date, total_sessions, rates.name, rates.rate,
        max(metric_date) over (partition by workspace_id, project_id) - 1 as whole_day
    from {batch}
    cross join lateral (
        values ('bounce_rate', bounce_rate), ('conversion_rate', conversion_rate),
        ('direct_share', direct_sessions::numeric / total_sessions)
    ) as rates (name, rate)
),
usual as (
    select workspace_id, project_id, name, avg(rate) as mean, coalesce(stddev_samp(rate), 0) as deviation
    from days
    where metric_date between whole_day - 28 and whole_day - 1 and total_sessions >= <volume_minimum_sessions>
    group by workspace_id, project_id, name
    having count(*) >= 7
)
select
    workspace_id, project_id, metric_date as day,
    name || ' ' || round(rate, 3) || ', usually ' || round(mean, 3) as detail
from days
inner join usual using (workspace_id, project_id, name)
where metric_date = whole_day and total_sessions >= <volume_minimum_sessions>
and abs(rate - mean) > <distribution_deviations> * greatest(deviation, sqrt(mean * (1 - mean) / total_sessions))
"""
