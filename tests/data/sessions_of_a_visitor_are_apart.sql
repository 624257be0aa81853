-- Sessions that Radar makes end after a pause: when two of a visitor are closer, one visit counts
-- as two and bounces rise.
with

sessions as (
    select * from {{ recent(ref('sessions'), 'session_date') }} as sessions
    where starts_with(session_id, 'auto-')
),

paused as (
    select
        *,
        started_at - lag(ended_at) over (
            partition by workspace_id, project_id, anonymous_id order by started_at
        ) as pause
    from sessions
)

select
    workspace_id,
    project_id,
    session_id,
    session_date as day,
    pause
from paused
where pause <= interval '{{ var("session_timeout_minutes") }} minutes'
