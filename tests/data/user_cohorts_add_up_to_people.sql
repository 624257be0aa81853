-- Everybody is in one cohort, was last seen on one day, and each of their days is in one cell.
with

people as (
    select
        workspace_id,
        count(*) as days,
        count(distinct user_id) as people,
        sum(revenue) as revenue
    from {{ ref('workspace_user_days') }}
    group by workspace_id
),

cohorts as (
    select
        workspace_id,
        sum(users) as days,
        sum(users) filter (where activity_date = cohort_date) as people,
        sum(last_seen) as last_seen,
        sum(revenue) as revenue
    from {{ ref('user_cohort_days') }}
    group by workspace_id
)

select
    workspace_id,
    people.people,
    cohorts.people as in_cohorts
from people
full join cohorts using (workspace_id)
where
    (people.days, people.people, people.people, people.revenue)
    is distinct from (cohorts.days, cohorts.people, cohorts.last_seen, cohorts.revenue)
