-- Dashboards read the funnels by day, people look at single attempts: when this fails, the two
-- contradict each other.
with

attempts as (
    select
        workspace_id,
        project_id,
        funnel_name,
        start_date,
        channel,
        count(*) as attempts,
        count(distinct person_id) as visitors,
        count(*) filter (where not is_converted) as stopped_attempts,
        sum(steps_reached) as steps_reached
    from {{ recent(ref('funnel_journeys'), 'start_date') }} as journeys
    group by workspace_id, project_id, funnel_name, start_date, channel
),

days as (
    select
        workspace_id,
        project_id,
        funnel_name,
        start_date,
        channel,
        max(attempts) as attempts,
        max(visitors) as visitors,
        sum(stopped_attempts) as stopped_attempts,
        sum(attempts) as steps_reached
    from {{ recent(ref('daily_funnels'), 'start_date') }} as days
    group by workspace_id, project_id, funnel_name, start_date, channel
)

select
    workspace_id,
    project_id,
    start_date as day,
    funnel_name,
    channel,
    attempts.attempts as attempts_found,
    days.attempts
from attempts
full join days using (workspace_id, project_id, funnel_name, start_date, channel)
where
    (attempts.attempts, attempts.visitors, attempts.stopped_attempts, attempts.steps_reached)
    is distinct from (days.attempts, days.visitors, days.stopped_attempts, days.steps_reached)
