-- Every rate divides by the size of the cohort, which everybody belongs to on the first day and leaves
-- on one last day: when this fails, retention on day 0 is not 1, or people vanish or never leave.
with

-- Of the cohorts of days only the last: the others were tested when they were written.
anchors as materialized (
    select
        workspace_id,
        project_id,
        anchor,
        max(period_start) - {{ var('tested_days') }} as day_before
    from {{ ref('cohort_periods') }}
    where period = 'week'
    group by workspace_id, project_id, anchor
),

cohorts as (
    select
        anchors.*,
        days.cohort_date as cohort_start,
        'day' as period,
        days.cohort_size,
        days.people_who_left
    from anchors
    cross join lateral (
        select
            cohort_days.cohort_date,
            sum(cohort_days.persons) filter (
                where cohort_days.activity_date = cohort_days.cohort_date
            ) as cohort_size,
            sum(cohort_days.last_seen) as people_who_left
        from {{ ref('cohort_days') }} as cohort_days
        where
            cohort_days.workspace_id = anchors.workspace_id
            and cohort_days.project_id = anchors.project_id
            and cohort_days.anchor = anchors.anchor
            and cohort_days.cohort_date > anchors.day_before
        group by cohort_days.cohort_date
    ) as days
    union all
    select
        workspace_id,
        project_id,
        anchor,
        null as day_before,
        cohort_start,
        period,
        sum(active_users) filter (where period_start = cohort_start) as cohort_size,
        sum(last_seen) as people_who_left
    from {{ ref('cohort_periods') }}
    group by workspace_id, project_id, anchor, cohort_start, period
),

people as (
    select
        anchors.*,
        acquired.cohort_start,
        acquired.people
    from anchors
    cross join lateral (
        select
            activity.cohort_date as cohort_start,
            count(distinct activity.person_id) as people
        from {{ ref('cohort_activity') }} as activity
        where
            activity.workspace_id = anchors.workspace_id
            and activity.project_id = anchors.project_id
            and activity.anchor = anchors.anchor
            and activity.cohort_date > anchors.day_before
        group by activity.cohort_date
    ) as acquired
)

select
    workspace_id,
    project_id,
    cohort_start as day,
    anchor,
    period,
    cohorts.cohort_size,
    cohorts.people_who_left,
    people.people
from cohorts
left join people using (workspace_id, project_id, anchor, cohort_start)
where
    cohorts.cohort_size is distinct from cohorts.people_who_left
    or (cohorts.period = 'day' and cohorts.cohort_size is distinct from people.people)
