-- Dashboards read days, people drill down into sessions: when this fails, the two contradict each
-- other.
with

sessions as (
    select * from {{ recent(ref('sessions'), 'session_date') }} as sessions
),

days as (
    select * from {{ recent(ref('daily_site_metrics'), 'metric_date') }} as days
),

expected as (
    select
        workspace_id,
        project_id,
        session_date as metric_date,
        count(*) as total_sessions,
        sum(pageview_count) as total_pageviews,
        sum(event_count) as total_events,
        sum(goals_completed) as goals_completed,
        count(distinct anonymous_id) as unique_visitors
    from sessions
    group by workspace_id, project_id, session_date
)

select
    workspace_id,
    project_id,
    metric_date as day,
    days.total_sessions,
    expected.total_sessions as sessions_found
from expected
full join days using (workspace_id, project_id, metric_date)
where
    (
        days.total_sessions, days.total_pageviews, days.total_events, days.goals_completed,
        days.unique_visitors
    ) is distinct from (
        expected.total_sessions, expected.total_pageviews, expected.total_events,
        expected.goals_completed, expected.unique_visitors
    )
