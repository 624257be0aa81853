{{ config(materialized='view') }}

with

hours as (
    select * from {{ ref('workspace_hours') }}
    where metric_hour > now() - interval '{{ var("hourly_metrics_days") }} days'
),

calendar as (
    select
        workspace_id,
        generate_series(
            date_trunc('hour', now()) - interval '{{ var("hourly_metrics_days") }} days', now(), interval '1 hour'
        ) as metric_hour
    from {{ ref('workspace_days') }}
    group by workspace_id
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
