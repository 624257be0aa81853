{% set columns = ['workspace_id', 'user_id', 'metric_date'] %}

with

activity_days as (
    select workspace_id, user_id, activity_date as metric_date
    from {{ affected(ref('user_activity')) }} as user_activity
    union
    select workspace_id, user_id, run_date as metric_date
    from {{ affected(ref('runs')) }} as runs
    where user_id is not null
),

days as (
    select {{ columns | join(', ') }}
    from activity_days
    where metric_date >= {{ first_open_day() }}
    {{ and_final_rows(columns, day='metric_date') }}
),

final as (
    select
        *,
        lag(metric_date) over (partition by workspace_id, user_id order by metric_date) as previous_date
    from days
)

select * from final
