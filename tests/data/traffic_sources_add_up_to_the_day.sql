-- Summaries read the day's sources, drill-downs read the day: when this fails, the two contradict
-- each other.
with

sources as (
    select
        workspace_id,
        project_id,
        metric_date,
        sum(sessions) as sessions,
        sum(pageviews) as pageviews,
        sum(goals_completed) as goals_completed,
        {{ rate('sum(bounces)', 'sum(sessions)') }} as bounce_rate,
        {{ rate('sum(converted_sessions)', 'sum(sessions)') }} as conversion_rate,
        round(sum(duration_seconds) / sum(sessions), 2) as avg_session_duration_seconds
    from {{ recent(ref('daily_traffic_sources'), 'metric_date') }} as sources
    group by workspace_id, project_id, metric_date
),

days as (
    select * from {{ recent(ref('daily_site_metrics'), 'metric_date') }} as days
)

select
    workspace_id,
    project_id,
    metric_date as day,
    sources.sessions,
    days.total_sessions
from days
full join sources using (workspace_id, project_id, metric_date)
where
    (
        sources.sessions, sources.pageviews, sources.goals_completed, sources.bounce_rate,
        sources.conversion_rate, sources.avg_session_duration_seconds
    ) is distinct from (
        days.total_sessions, days.total_pageviews, days.goals_completed, days.bounce_rate,
        days.conversion_rate, days.avg_session_duration_seconds
    )
