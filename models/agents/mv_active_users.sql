{{ config(materialized='materialized_view') }}

with

user_days as (
    select * from {{ ref('workspace_user_days') }}
    where metric_date > {{ workspace_today() }} - {{ var('summary_days') }} - 30
),

-- Of the days that count for a date, a person's first one is that before which they were not active within the window.
calendar as (
    select workspace_id, generate_series(
        {{ workspace_today() }} - {{ var('summary_days') - 1 }}, {{ workspace_today() }}, interval '1 day'
    )::date as activity_date
    from user_days
    group by workspace_id
)

select
    calendar.workspace_id,
    calendar.activity_date,
    {% for name, days in {'daily': 1, 'weekly': 7, 'monthly': 30}.items() %}
    count(*) filter (
        where user_days.metric_date > calendar.activity_date - {{ days }}
        and (user_days.previous_date is null or user_days.previous_date <= calendar.activity_date - {{ days }})
    )::integer as {{ name }}_active_users{{ ',' if not loop.last }}
    {% endfor %}
from calendar
left join user_days
    on
        calendar.workspace_id = user_days.workspace_id
        and user_days.metric_date between calendar.activity_date - 29 and calendar.activity_date
group by calendar.workspace_id, calendar.activity_date
