-- The models are compared month by month: when this fails, they share out different numbers of
-- conversions, and the comparison says nothing.
with

days as (
    select
        workspace_id,
        project_id,
        goal_id,
        {{ month_of('attribution_date') }} as month,
        sum(linear_conversions) as conversions,
        sum(linear_revenue) as revenue
    from {{ ref('attribution_days') }}
    group by workspace_id, project_id, goal_id, {{ month_of('attribution_date') }}
),

months as (
    select
        workspace_id,
        project_id,
        goal_id,
        month,
        model,
        sum(conversions) as conversions,
        sum(revenue) as revenue
    from {{ ref('attribution_months') }}
    group by workspace_id, project_id, goal_id, month, model
),

expected as (
    select
        days.*,
        models.model
    from days
    cross join (
        values
        {% for name in path_models() %}
        ('{{ name }}'),
        {% endfor %}
        ('markov'),
        ('shapley')
    ) as models (model)
)

select
    workspace_id,
    project_id,
    goal_id,
    month as day,
    model,
    expected.conversions,
    months.conversions as conversions_found
from expected
full join months using (workspace_id, project_id, goal_id, month, model)
where (expected.conversions, expected.revenue) is distinct from (months.conversions, months.revenue)
