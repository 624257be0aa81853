{{ config(materialized='view') }}

with

events as (
    select * from {{ ref('conversation_events') }}
),

changes as (
    select
        *,
        lag(state) over (
            partition by workspace_id, project_id, conversation_id order by occurred_at, event_order, event_id
        ) as last_state
    from events
)

select
    workspace_id,
    project_id,
    conversation_id,
    event_id,
    state,
    occurred_at as began_at,
    lead(occurred_at) over (
        partition by workspace_id, project_id, conversation_id order by occurred_at, event_order, event_id
    ) as ended_at
from changes
where last_state is distinct from state
