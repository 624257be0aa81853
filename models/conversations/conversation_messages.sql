{{ config(materialized='view') }}

with

events as (
    select * from {{ ref('conversation_events') }}
)

select
    workspace_id,
    project_id,
    event_id,
    conversation_id,
    channel_type,
    external_id,
    user_id,
    occurred_at,
    sender,
    state,
    handshake_token
from events
where event_type = 'message'
