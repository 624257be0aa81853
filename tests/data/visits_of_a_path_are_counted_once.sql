-- Page performance adds up days and addresses: when this fails, a visit counts twice for a path, or
-- not at all.
with

views as (
    select
        *,
        {{ path_key('page_path') }} as path_key
    from {{ recent(ref('session_events'), 'session_date') }} as events
    where pageview_number is not null and has_visit
),

counted as (
    select
        workspace_id,
        project_id,
        session_date as metric_date,
        path_key as page_path,
        count(distinct session_id) as sessions
    from views
    group by workspace_id, project_id, session_date, path_key
),

summed as (
    select
        workspace_id,
        project_id,
        metric_date,
        page_path,
        sum(path_sessions) as sessions
    from {{ ref('page_analytics') }}
    group by workspace_id, project_id, metric_date, page_path
)

select
    workspace_id,
    project_id,
    metric_date as day,
    page_path,
    summed.sessions,
    counted.sessions as sessions_found
from counted
left join summed using (workspace_id, project_id, metric_date, page_path)
where summed.sessions is distinct from counted.sessions
