-- Who asks why an agent failed goes from its day to the runs: the day must count these and no others.
with

expected as (
    select
        workspace_id,
        agent_id,
        run_date,
        count(*) as total_runs,
        count(*) filter (where status = 'completed') as successful_runs,
        count(*) filter (where status = 'failed') as failed_runs,
        count(*) filter (where status = 'cancelled') as cancelled_runs,
        coalesce(sum(credits_consumed), 0) as total_credits_consumed,
        coalesce(sum(tokens_used), 0) as total_tokens_used,
        count(user_rating) as total_feedback_count
    from {{ ref('runs') }}
    group by workspace_id, agent_id, run_date
)

select
    workspace_id,
    agent_id,
    run_date,
    days.total_runs,
    expected.total_runs as runs_found
from expected
full join {{ ref('agent_days') }} as days using (workspace_id, agent_id, run_date)
where
    (
        days.total_runs, days.successful_runs, days.failed_runs, days.cancelled_runs, days.total_credits_consumed,
        days.total_tokens_used, days.total_feedback_count
    ) is distinct from (
        expected.total_runs, expected.successful_runs, expected.failed_runs, expected.cancelled_runs,
        expected.total_credits_consumed, expected.total_tokens_used, expected.total_feedback_count
    )
