{{ config(materialized='view') }}

with

events as (
    select * from {{ ref('session_events') }}
)

select
    workspace_id,
    project_id,
    event_id,
    user_id,
    anonymous_id,
    session_date,
    occurred_at as told_at,
    properties as traits
from events
where event_type = 'identify' and user_id is not null
