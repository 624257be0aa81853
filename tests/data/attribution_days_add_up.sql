-- Every conversion is given to somebody, once: when this fails, a channel is praised for orders that
-- nobody placed, or orders have no source.
with

goals as (
    select
        workspace_id,
        project_id,
        goal_id,
        session_date as attribution_date,
        count(*) as conversions,
        coalesce(sum(value), 0) as revenue
    from {{ recent(ref('session_goals'), 'session_date') }} as goals
    group by workspace_id, project_id, goal_id, session_date
),

credits as (
    select
        workspace_id,
        project_id,
        goal_id,
        attribution_date
        {%- for name in path_models() %},
        sum({{ name }}_conversions) as {{ name }}_conversions,
        sum({{ name }}_revenue) as {{ name }}_revenue
        {%- endfor %}
    from {{ recent(ref('attribution_days'), 'attribution_date') }} as days
    group by workspace_id, project_id, goal_id, attribution_date
)

select
    workspace_id,
    project_id,
    goal_id,
    attribution_date as day,
    goals.conversions,
    credits.linear_conversions
from goals
full join credits using (workspace_id, project_id, goal_id, attribution_date)
where
    {%- for name in path_models() %}
    (conversions, revenue) is distinct from ({{ name }}_conversions, {{ name }}_revenue)
    {{ 'or' if not loop.last }}
    {%- endfor %}
