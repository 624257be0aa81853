{{ config(materialized='view') }}

with

days as (
    select * from {{ ref('cost_aggregates') }}
    where period = 'day'
)

select
    workspace_id,
    project_id,
    call_date,
    provider,
    model,
    sum(call_count) as call_count,
    sum(unpriced_call_count) as unpriced_call_count,
    sum(verified_cost_usd) as verified_cost_usd,
    sum(estimated_cost_of_verified_usd) as estimated_cost_usd,
    sum(estimated_cost_of_verified_usd) - sum(verified_cost_usd) as difference_usd
from days
where verified_cost_usd is not null
group by workspace_id, project_id, call_date, provider, model
