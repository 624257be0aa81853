-- The table of pages stands below the day's totals on every dashboard: when this fails, its rows
-- do not add up to them.
with

pages as (
    select
        workspace_id,
        project_id,
        metric_date,
        sum(views) as views,
        sum(entries) as entries,
        sum(exits) as exits
    from {{ recent(ref('page_analytics'), 'metric_date') }} as pages
    group by workspace_id, project_id, metric_date
),

viewing_sessions as (
    select
        workspace_id,
        project_id,
        session_date as metric_date,
        sum(pageview_count) as views,
        count(*) as sessions
    from {{ recent(ref('sessions'), 'session_date') }} as sessions
    where pageview_count > 0
    group by workspace_id, project_id, session_date
)

select
    workspace_id,
    project_id,
    metric_date as day,
    pages.views,
    viewing_sessions.views as views_found,
    pages.entries,
    pages.exits,
    viewing_sessions.sessions as sessions_found
from viewing_sessions
-- A project's last days with pageviews may be older than those with sessions: not looked at here.
left join pages using (workspace_id, project_id, metric_date)
where
    (pages.views, pages.entries, pages.exits)
    is distinct from (viewing_sessions.views, viewing_sessions.sessions, viewing_sessions.sessions)
