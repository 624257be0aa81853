{% set segment = 'workspace_id, project_id, funnel_name, start_date, channel' %}

with

journeys as (
    select * from {{ affected(ref('funnel_journeys')) }} as funnel_journeys
),

steps as (
    select * from {{ declared_steps_sql() }}
),

counts as (
    select
        {{ segment }},
        steps.step,
        steps.step_name,
        count(*) filter (where steps_reached >= steps.step)::integer as attempts,
        count(distinct person_id) filter (where steps_reached >= steps.step)::integer as visitors,
        count(*) filter (where steps_reached = steps.step and not is_converted)::integer as stopped_attempts
    from journeys
    inner join steps using (funnel_name)
    group by {{ segment }}, steps.step, steps.step_name
),

final as (
    select
        {{ segment }},
        step,
        step_name,
        attempts,
        visitors,
        {{ rate('attempts', 'first_value(attempts) over of_segment') }} as conversion_rate,
        {{ rate('attempts', 'lag(attempts) over of_segment') }} as step_conversion_rate,
        stopped_attempts
    from counts
    window of_segment as (partition by {{ segment }} order by step)
)

select * from final
