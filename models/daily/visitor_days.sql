{% set columns = ['workspace_id', 'project_id', 'anonymous_id', 'metric_date', 'referrer_type'] %}
{% set visitor = 'workspace_id, project_id, anonymous_id' %}

with

sessions as (
    select * from {{ affected(ref('sessions')) }} as sessions
),

days as (
    select distinct
        {{ visitor }},
        session_date as metric_date,
        referrer_type
    from sessions
    where session_date >= {{ first_open_day() }}
    {{ and_final_rows(columns, day='metric_date') }}
),

final as (
    select
        {{ columns | join(', ') }},
        lag(metric_date) over (
            partition by {{ visitor }} order by metric_date, referrer_type
        ) as previous_date,
        lag(metric_date) over (
            partition by {{ visitor }}, referrer_type order by metric_date
        ) as previous_date_of_type
    from days
)

select * from final
