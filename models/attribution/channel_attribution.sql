{{ config(materialized='view') }}

{% set key = 'workspace_id, project_id, goal_id, month, model, channel' %}

with

credits as (
    select {{ key }}, conversions, revenue, 0::numeric as cost
    from {{ ref('attribution_months') }}
),

monthly_spend as (
    select workspace_id, project_id, {{ month_of('spend_date') }} as month, channel, sum(cost) as cost
    from {{ ref('channel_spend') }}
    group by workspace_id, project_id, {{ month_of('spend_date') }}, channel
),

goals as (
    select distinct
        workspace_id,
        project_id,
        goal_id,
        model
    from {{ ref('attribution_months') }}
),

-- Spend has no goal and no model: each of them is compared with all of it.
spend as (
    select {{ key }}, 0::numeric as conversions, 0::numeric as revenue, cost
    from monthly_spend
    inner join goals using (workspace_id, project_id)
),

both_sides as (
    select * from credits
    union all
    select * from spend
)

select
    {{ key }},
    sum(conversions) as conversions,
    sum(revenue) as revenue,
    sum(cost) as cost,
    round(sum(cost) / nullif(sum(conversions), 0), 2) as cost_per_acquisition,
    round(sum(revenue) / nullif(sum(cost), 0), 4) as return_on_ad_spend
from both_sides
group by {{ key }}
