with

user_days as (
    select
        *,
        first_date as cohort_date,
        metric_date as activity_date
    from {{ affected(ref('workspace_user_days')) }} as workspace_user_days
),

final as (
    select
        workspace_id,
        cohort_date,
        activity_date,
        count(*)::integer as users,
        count(*) filter (where is_last)::integer as last_seen,
        sum(revenue) as revenue,
        now() as updated_at
    from user_days
    group by workspace_id, cohort_date, activity_date
)

select * from final
