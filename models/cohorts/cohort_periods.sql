{% set cell = 'workspace_id, project_id, anchor, period, cohort_start, period_start' %}

with

cohort_days as (
    select * from {{ days_of_affected_periods(ref('cohort_days')) }} as cohort_days
),

final as (
    select
        {{ cell }},
        sum(case period when 'week' then first_of_week else first_of_month end)::integer as active_users,
        sum(last_seen)::integer as last_seen,
        sum(sessions)::bigint as sessions,
        sum(goals_completed)::bigint as goals_completed,
        sum(revenue) as revenue
    from cohort_days
    group by {{ cell }}
)

select * from final
