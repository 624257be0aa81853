{{ config(materialized='view', schema='radar') }}

-- Each is counted by itself before they meet: members times runs would multiply both.
with

members as (
    select
        workspace_id,
        count(distinct user_id)::integer as total_members
    from {{ app_table('workspace_members') }} as workspace_members
    group by workspace_id
),

agents as (
    select
        workspace_id,
        count(*)::integer as total_agents
    from {{ app_table('agents') }} as agents
    group by workspace_id
),

runs as (
    select
        workspace_id,
        count(*)::integer as total_runs,
        sum(credits_consumed) as total_credits,
        round(avg(runtime_seconds), 2) as avg_runtime_seconds,
        count(distinct user_id)::integer as active_users
    from {{ ref('runs') }}
    where run_date > {{ workspace_today() }} - 30
    group by workspace_id
)

select
    workspace_id,
    workspaces.name as workspace_name,
    coalesce(members.total_members, 0) as total_members,
    coalesce(agents.total_agents, 0) as total_agents,
    coalesce(runs.total_runs, 0) as total_runs_30d,
    coalesce(runs.total_credits, 0) as total_credits_30d,
    runs.avg_runtime_seconds as avg_runtime_seconds_30d,
    coalesce(runs.active_users, 0) as active_users_30d
from {{ app_table('workspaces') }} as workspaces
left join members using (workspace_id)
left join agents using (workspace_id)
left join runs using (workspace_id)
