{% set hour = 'workspace_id, metric_hour' %}

with

activity as (
    select
        workspace_id,
        activity_hour as metric_hour,
        user_id
    from {{ affected(ref('user_activity')) }} as user_activity
),

runs as (
    select
        *,
        run_hour as metric_hour
    from {{ affected(ref('runs')) }} as runs
),

users as (
    select {{ hour }}, count(distinct user_id)::integer as active_users
    from (
        select {{ hour }}, user_id from activity
        union all
        select {{ hour }}, user_id from runs
    ) as users
    group by {{ hour }}
),

run_totals as (
    select
        {{ hour }},
        {{ run_counts() }},
        coalesce(sum(credits_consumed), 0) as total_credits_consumed,
        round(avg(runtime_seconds) * 1000)::bigint as avg_response_time_ms,
        round({{ runtime_percentile(95) }} * 1000)::bigint as p95_response_time_ms
    from runs
    group by {{ hour }}
),

final as (
    select
        {{ hour }},
        coalesce(users.active_users, 0) as active_users,
        coalesce(run_totals.total_runs, 0) as total_runs,
        coalesce(run_totals.successful_runs, 0) as successful_runs,
        coalesce(run_totals.failed_runs, 0) as failed_runs,
        coalesce(run_totals.total_credits_consumed, 0) as total_credits_consumed,
        run_totals.avg_response_time_ms,
        run_totals.p95_response_time_ms,
        now() as updated_at
    from users
    full join run_totals using ({{ hour }})
)

select * from final
