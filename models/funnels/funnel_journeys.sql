{% set journey = 'workspace_id, project_id, person_id, funnel_name' %}

with

steps as (
    select * from {{ affected(ref('funnel_steps')) }} as funnel_steps
),

funnels as (
    select
        funnel_name,
        step_count,
        window_hours * interval '1 hour' as time_limit
    from {{ declared_funnels_sql() }}
),

paths as (
    select
        {{ journey }},
        array_agg(step order by occurred_at asc, event_order asc, event_id asc, step desc) as event_steps,
        array_agg(occurred_at order by occurred_at asc, event_order asc, event_id asc, step desc) as event_times
    from steps
    group by {{ journey }}
    having bool_or(step = 1)
),

attempts as (
    select
        {{ journey }},
        attempts.reached_at[1] as started_at,
        attempts.reached_at,
        cardinality(attempts.reached_at) as steps_reached,
        cardinality(attempts.reached_at) = funnels.step_count as is_converted,
        attempts.last_started_at + funnels.time_limit as window_ends_at
    from paths
    inner join funnels using (funnel_name)
    cross join lateral {{ schema_name('analytics') }}.funnel_walk(
        paths.event_steps, paths.event_times, funnels.step_count, funnels.time_limit
    ) as attempts
),

-- The visit in which the attempt began; of two at one moment, either would do, but always the same.
starts as (
    select distinct on ({{ journey }}, occurred_at)
        {{ journey }},
        occurred_at as started_at,
        session_date as start_date,
        session_id,
        channel,
        device_type,
        country_code
    from steps
    where step = 1
    order by {{ journey }}, occurred_at, event_order, event_id
),

final as (
    select
        {{ journey }},
        started_at,
        starts.start_date,
        starts.session_id,
        starts.channel,
        starts.device_type,
        starts.country_code,
        attempts.steps_reached,
        attempts.reached_at,
        attempts.is_converted,
        attempts.window_ends_at
    from attempts
    inner join starts using ({{ journey }}, started_at)
)

select * from final
