with

sessions as (
    select * from {{ ref('sessions') }}
)

select
    workspace_id,
    project_id,
    session_id,
    anonymous_id,
    user_id,
    started_at,
    ended_at as last_event_at,
    now() - started_at as session_age,
    pageview_count,
    exit_path as current_path,
    channel
from sessions
where ended_at > now() - interval '{{ var("session_timeout_minutes") }} minutes'
