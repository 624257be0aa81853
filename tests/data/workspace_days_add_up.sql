-- A day of a workspace is the sum of its agents' days and of its sites', and knows the people who have a row of it.
with

parts as (
    select
        workspace_id,
        run_date as metric_date,
        total_runs,
        total_credits_consumed,
        failed_runs,
        0 as active_users,
        0 as total_sessions
    from {{ ref('agent_days') }}
    union all
    select
        workspace_id,
        metric_date,
        0 as total_runs,
        0 as total_credits_consumed,
        0 as failed_runs,
        1 as active_users,
        0 as total_sessions
    from {{ ref('workspace_user_days') }}
    union all
    select
        workspace_id,
        metric_date,
        0 as total_runs,
        0 as total_credits_consumed,
        0 as failed_runs,
        0 as active_users,
        total_sessions
    from {{ ref('daily_site_metrics') }}
),

expected as (
    select
        workspace_id,
        metric_date,
        sum(total_runs) as total_runs,
        sum(total_credits_consumed) as total_credits_consumed,
        sum(failed_runs) as failed_runs,
        sum(active_users) as active_users,
        sum(total_sessions) as total_sessions
    from parts
    group by workspace_id, metric_date
)

select
    workspace_id,
    metric_date,
    days.total_runs,
    expected.total_runs as runs_found
from expected
full join {{ ref('workspace_days') }} as days using (workspace_id, metric_date)
where
    (days.total_runs, days.total_credits_consumed, days.total_errors, days.active_users, days.total_sessions)
    is distinct from (
        expected.total_runs, expected.total_credits_consumed, expected.failed_runs, expected.active_users,
        expected.total_sessions
    )
