{{ config(materialized='view', schema='radar') }}

with

agents as (
    select * from {{ app_table('agents') }} as agents
),

runs as (
    select * from {{ ref('runs') }}
    where run_date > {{ workspace_today() }} - 30
),

totals as (
    select
        workspace_id,
        agent_id,
        count(*)::integer as total_runs,
        count(*) filter (where status = 'completed')::integer as successful_runs,
        round(avg(runtime_seconds), 2) as avg_runtime_seconds,
        {{ runtime_percentile(50) }} as median_runtime_seconds,
        sum(credits_consumed) as total_credits,
        count(distinct user_id)::integer as unique_users,
        max(started_at) as last_run_at
    from runs
    group by workspace_id, agent_id
)

-- An agent without runs stays, with zeros.
select
    agents.workspace_id,
    agents.agent_id,
    agents.name as agent_name,
    coalesce(totals.total_runs, 0) as total_runs_30d,
    coalesce(totals.successful_runs, 0) as successful_runs_30d,
    {{ rate('totals.successful_runs', 'totals.total_runs') }} as success_rate,
    totals.avg_runtime_seconds,
    totals.median_runtime_seconds,
    coalesce(totals.total_credits, 0) as total_credits_30d,
    coalesce(totals.unique_users, 0) as unique_users_30d,
    totals.last_run_at
from agents
left join totals using (workspace_id, agent_id)
