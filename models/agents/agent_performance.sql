{{ config(materialized='view') }}

with

days as (
    select * from {{ ref('agent_days') }}
),

-- Every day from the agent's first run until today: one without any is a zero, not a gap.
calendar as (
    select
        workspace_id,
        agent_id,
        {{ days_between('min(run_date)', workspace_today()) }} as metric_date
    from days
    group by workspace_id, agent_id
)

select
    calendar.workspace_id,
    calendar.agent_id,
    calendar.metric_date,
    {% for column in ['total_runs', 'successful_runs', 'failed_runs', 'cancelled_runs'] %}
    coalesce(days.{{ column }}, 0) as {{ column }},
    {% endfor %}
    days.avg_runtime_seconds,
    days.min_runtime_seconds,
    days.max_runtime_seconds,
    days.p50_runtime_seconds,
    days.p75_runtime_seconds,
    days.p95_runtime_seconds,
    days.p99_runtime_seconds,
    coalesce(days.total_credits_consumed, 0) as total_credits_consumed,
    days.avg_credits_per_run,
    coalesce(days.total_tokens_used, 0) as total_tokens_used,
    days.avg_tokens_per_run,
    coalesce(days.unique_users, 0) as unique_users,
    days.avg_user_rating,
    coalesce(days.total_feedback_count, 0) as total_feedback_count,
    coalesce(days.error_types, '{}') as error_types,
    coalesce(days.common_failure_reasons, '[]') as common_failure_reasons,
    days.updated_at
from calendar
left join days
    on
        calendar.workspace_id = days.workspace_id
        and calendar.agent_id = days.agent_id
        and calendar.metric_date = days.run_date
