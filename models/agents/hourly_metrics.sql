{{ config(materialized='view') }}
{% set window = "interval '" ~ var('hourly_metrics_days') * 24 ~ " hours'" %}

with

hours as (
    select * from {{ ref('workspace_hours') }}
    where metric_hour > now() - {{ window }}
),

calendar as (
    select
        workspace_id,
        date_trunc('hour', half_hour, '{{ var("workspace_timezone") }}') as metric_hour
    from {{ ref('workspace_days') }}
    cross join generate_series(now() - {{ window }}, now(), interval '30 minutes') as half_hour
    group by workspace_id, metric_hour
)

select
    workspace_id,
    metric_hour,
    {% for column in ['active_users', 'total_runs', 'successful_runs', 'failed_runs', 'total_credits_consumed'] %}
    coalesce(hours.{{ column }}, 0) as {{ column }},
    {% endfor %}
    hours.avg_response_time_ms,
    hours.p95_response_time_ms,
    hours.updated_at
from calendar
left join hours using (workspace_id, metric_hour)
