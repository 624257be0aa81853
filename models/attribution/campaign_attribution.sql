{{ config(materialized='view') }}

{% set key = 'workspace_id, project_id, goal_id, attribution_date, model, channel, source, medium, campaign' %}

with

credits as (
    select {{ key }}, conversions, revenue, 0::numeric as cost
    from {{ ref('attribution_days') }}
    cross join lateral (
        values
        {% for name in path_models() %}
        ('{{ name }}', {{ name }}_conversions, {{ name }}_revenue){{ ',' if not loop.last }}
        {% endfor %}
    ) as models (model, conversions, revenue)
),

goals as (
    select distinct
        workspace_id,
        project_id,
        goal_id
    from {{ ref('attribution_months') }}
),

-- Spend has no goal and no model: each of them is compared with all of it.
spend as (
    select
        workspace_id,
        project_id,
        goal_id,
        spend_date as attribution_date,
        model,
        channel,
        source,
        medium,
        campaign,
        0::numeric as conversions,
        0::numeric as revenue,
        cost
    from {{ ref('channel_spend') }}
    inner join goals using (workspace_id, project_id)
    cross join unnest(array['{{ path_models() | join("', '") }}']) as models (model)
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
