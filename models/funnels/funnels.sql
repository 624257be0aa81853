{{ config(materialized='view') }}

with

projects as (
    select distinct
        workspace_id,
        project_id
    from {{ ref('daily_funnels') }}
),

clocks as (
    select
        projects.workspace_id,
        projects.project_id,
        {{ data_clock(ref('sessions'), 'projects.workspace_id', 'projects.project_id') }} as data_until
    from projects
),

-- Lateral, so that the attempts of the last window are found by their index, however many PostgreSQL expects.
open_attempts as (
    select
        clocks.workspace_id,
        clocks.project_id,
        open_by_step.*
    from clocks
    cross join lateral (
        select
            journeys.funnel_name,
            journeys.start_date,
            journeys.channel,
            journeys.steps_reached as step,
            count(*) as open_attempts
        from {{ ref('funnel_journeys') }} as journeys
        where
            journeys.workspace_id = clocks.workspace_id
            and journeys.project_id = clocks.project_id
            and not journeys.is_converted
            and journeys.window_ends_at > clocks.data_until
        group by journeys.funnel_name, journeys.start_date, journeys.channel, journeys.steps_reached
    ) as open_by_step
)

select
    workspace_id,
    project_id,
    funnel_name,
    start_date,
    channel,
    step,
    days.step_name,
    funnels.window_hours,
    days.visitors,
    days.attempts,
    days.conversion_rate,
    days.step_conversion_rate,
    coalesce(open_attempts.open_attempts, 0) as open_attempts,
    days.stopped_attempts - coalesce(open_attempts.open_attempts, 0) as lost_attempts
from {{ ref('daily_funnels') }} as days
left join {{ declared_funnels_sql() }} using (funnel_name)
left join open_attempts using (workspace_id, project_id, funnel_name, start_date, channel, step)
