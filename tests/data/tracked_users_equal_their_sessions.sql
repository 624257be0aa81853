-- The list of users says how often each came: when this fails, it contradicts the sessions that it
-- links to.
with

recent_users as (
    select distinct
        workspace_id,
        project_id,
        user_id
    from {{ recent(ref('sessions'), 'session_date') }} as sessions
    where user_id is not null
),

expected as (
    select
        workspace_id,
        project_id,
        user_id,
        count(*) as total_sessions,
        sum(event_count) as total_events
    from recent_users
    inner join {{ ref('sessions') }} as sessions using (workspace_id, project_id, user_id)
    group by workspace_id, project_id, user_id
)

select
    workspace_id,
    project_id,
    user_id,
    tracked_users.total_sessions,
    expected.total_sessions as sessions_found
from expected
left join {{ ref('tracked_users') }} as tracked_users using (workspace_id, project_id, user_id)
where
    (tracked_users.total_sessions, tracked_users.total_events)
    is distinct from (expected.total_sessions, expected.total_events)
