{{ config(materialized='view', schema='radar') }}

with

-- How many people were active on a day, by the days since they had been before: 30 stands for more, and for never.
recency as (
    select
        workspace_id,
        metric_date,
        least(coalesce(metric_date - previous_date, 30), 30) as days_since,
        count(*) as users
    from {{ ref('workspace_user_days') }}
    where metric_date > {{ workspace_today() }} - {{ var('summary_days') }} - 30
    group by workspace_id, metric_date, days_since
),

calendar as (
    select
        workspace_id,
        {{ days_between(workspace_today() ~ ' - ' ~ (var('summary_days') - 1), workspace_today()) }} as activity_date
    from recency
    group by workspace_id
)

-- Of a person's days that count for a date, the first one is that before which they were not active within the window.
select
    calendar.workspace_id,
    calendar.activity_date,
    {% for name, days in {'daily': 1, 'weekly': 7, 'monthly': 30}.items() %}
    coalesce(sum(recency.users) filter (
        where
        recency.metric_date > calendar.activity_date - {{ days }}
        and recency.metric_date - recency.days_since <= calendar.activity_date - {{ days }}
    ), 0)::integer as {{ name }}_active_users{{ ',' if not loop.last }}
    {% endfor %}
from calendar
left join recency
    on
        calendar.workspace_id = recency.workspace_id
        and recency.metric_date between calendar.activity_date - 29 and calendar.activity_date
group by calendar.workspace_id, calendar.activity_date
