-- Retention and lifetime value count these days: when this fails, somebody who came or paid is missing
-- in their cohort, or has two first days.
with

visits as (
    select
        workspace_id,
        project_id,
        person_id,
        session_date as activity_date,
        count(*) as sessions,
        sum(goals_completed) as goals_completed,
        coalesce(sum(conversion_value), 0) as revenue
    from {{ recent(ref('sessions'), 'session_date') }} as sessions
    group by workspace_id, project_id, person_id, session_date
)

select
    workspace_id,
    project_id,
    activity_date as day,
    person_id,
    visits.sessions,
    activity.sessions as sessions_found
from visits
left join lateral (
    select
        days.sessions,
        days.goals_completed,
        days.revenue,
        days.cohort_date,
        days.is_first_of_week and days.is_first_of_month as is_first,
        min(days.activity_date) over () as first_date
    from {{ ref('cohort_activity') }} as days
    where
        days.workspace_id = visits.workspace_id
        and days.project_id = visits.project_id
        and days.person_id = visits.person_id
        and days.anchor = 'first_activity'
        and days.activity_date <= visits.activity_date
    order by days.activity_date desc
    limit 1
) as activity on true
where
    (visits.sessions, visits.goals_completed, visits.revenue)
    is distinct from (activity.sessions, activity.goals_completed, activity.revenue)
    or activity.cohort_date is distinct from activity.first_date
    or (visits.activity_date = activity.cohort_date and not activity.is_first)
