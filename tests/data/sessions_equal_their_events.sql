-- Every metric counts sessions: when this fails, a session missed an event that it has, or kept
-- one that it lost.
with

events as (
    select * from {{ recent(ref('session_events'), 'session_date') }} as events
    where has_visit
),

sessions as (
    select * from {{ recent(ref('sessions'), 'session_date') }} as sessions
),

expected as (
    select
        workspace_id,
        project_id,
        session_id,
        min(session_date) as session_date,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        count(*) as event_count,
        count(pageview_number) as pageview_count,
        count(*) filter (where is_session_start) as start_count
    from events
    group by workspace_id, project_id, session_id
)

select
    workspace_id,
    project_id,
    session_id,
    coalesce(sessions.session_date, expected.session_date) as day,
    sessions.event_count,
    expected.event_count as events_found,
    expected.start_count
from expected
full join sessions using (workspace_id, project_id, session_id)
where
    (
        sessions.session_date, sessions.started_at, sessions.ended_at, sessions.event_count,
        sessions.pageview_count, 1
    ) is distinct from (
        expected.session_date, expected.started_at, expected.ended_at, expected.event_count,
        expected.pageview_count, expected.start_count
    )
