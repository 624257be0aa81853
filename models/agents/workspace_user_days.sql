{% set columns = ['workspace_id', 'user_id', 'metric_date', 'revenue'] %}

with

activity as (
    select
        workspace_id,
        user_id,
        activity_date as metric_date,
        0 as revenue
    from {{ affected(ref('user_activity')) }} as user_activity
    union all
    select
        workspace_id,
        user_id,
        run_date as metric_date,
        0 as revenue
    from {{ affected(ref('runs')) }} as runs
    where user_id is not null
    union all
    select
        workspace_id,
        user_id,
        (started_at at time zone '{{ var("workspace_timezone") }}')::date as metric_date,
        conversion_value as revenue
    from {{ affected(ref('sessions'), where='conversion_value <> 0') }} as purchases
    where user_id is not null
),

-- A visit that retention removed, or events of it, may be up to two days later by the clock of the workspaces.
days as (
    select
        workspace_id,
        user_id,
        metric_date,
        sum(revenue) as revenue
    from activity
    where metric_date - 2 >= {{ first_open_day() }}
    group by workspace_id, user_id, metric_date
    {{ and_final_rows(columns, day='metric_date - 2') }}
),

final as (
    select
        {{ columns | join(', ') }},
        min(metric_date) over of_person as first_date,
        lag(metric_date) over of_person as previous_date,
        lead(metric_date) over of_person is null as is_last
    from days
    window of_person as (partition by workspace_id, user_id order by metric_date)
)

select * from final
