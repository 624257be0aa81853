{{ config(materialized='view') }}

with

session_goals as (
    select * from {{ ref('session_goals') }}
),

sessions as (
    select * from {{ ref('sessions') }}
)

select
    workspace_id,
    project_id,
    md5(goal_id::text || session_goals.event_id::text)::uuid as goal_completion_id,
    goal_id,
    session_goals.goal_name,
    session_goals.event_id,
    session_id,
    sessions.anonymous_id,
    sessions.user_id,
    sessions.person_id,
    session_goals.session_date,
    session_goals.conversion_event,
    session_goals.value,
    session_goals.completed_at
from session_goals
inner join sessions using (workspace_id, project_id, session_id)
