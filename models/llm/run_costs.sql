{{ config(materialized='view') }}

with

calls as (
    select * from {{ ref('llm_costs') }}
    where run_id is not null
)

select
    workspace_id,
    project_id,
    run_id,
    min(occurred_at) as started_at,
    count(*) as call_count,
    count(*) filter (where unpriced_reason is not null) as unpriced_call_count,
    sum(total_tokens) as total_tokens,
    sum(cost_usd) as total_cost_usd
from calls
group by workspace_id, project_id, run_id
