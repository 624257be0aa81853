{% set cell = 'workspace_id, project_id, anchor, cohort_date, activity_date' %}

with

cohort_activity as (
    select * from {{ affected(ref('cohort_activity')) }} as cohort_activity
),

final as (
    select
        {{ cell }},
        count(*)::integer as persons,
        count(*) filter (where is_first_of_week)::integer as first_of_week,
        count(*) filter (where is_first_of_month)::integer as first_of_month,
        count(*) filter (where is_last)::integer as last_seen,
        sum(sessions)::bigint as sessions,
        sum(goals_completed)::bigint as goals_completed,
        sum(revenue) as revenue
    from cohort_activity
    group by {{ cell }}
)

select * from final
