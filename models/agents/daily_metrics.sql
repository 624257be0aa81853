{{ config(materialized='view') }}

with

days as (
    select * from {{ ref('workspace_days') }}
),

-- Every day from the first one with activity until today: one without any is a zero, not a gap.
calendar as (
    select
        workspace_id,
        {{ days_between('min(metric_date)', workspace_today()) }} as metric_date
    from days
    group by workspace_id
)

select
    workspace_id,
    metric_date,
    sum(coalesce(days.new_users, 0)) over (
        partition by workspace_id order by metric_date
    )::integer as total_users,
    {% for column in ['active_users', 'new_users', 'returning_users', 'total_sessions'] %}
    coalesce(days.{{ column }}, 0) as {{ column }},
    {% endfor %}
    days.avg_session_duration_seconds,
    days.bounce_rate,
    {% for column in ['total_runs', 'successful_runs', 'failed_runs', 'cancelled_runs'] %}
    coalesce(days.{{ column }}, 0) as {{ column }},
    {% endfor %}
    days.avg_runtime_seconds,
    days.median_runtime_seconds,
    days.p95_runtime_seconds,
    days.p99_runtime_seconds,
    coalesce(days.total_credits_consumed, 0) as total_credits_consumed,
    days.avg_credits_per_run,
    coalesce(days.credits_by_model, '{}') as credits_by_model,
    coalesce(days.unique_agents_run, 0) as unique_agents_run,
    coalesce(days.top_agents, '[]') as top_agents,
    coalesce(days.total_errors, 0) as total_errors,
    days.error_rate,
    coalesce(days.errors_by_type, '{}') as errors_by_type,
    days.updated_at
from calendar
left join days using (workspace_id, metric_date)
