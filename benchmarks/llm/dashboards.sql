-- What the others ask about: the busiest workspace, and an agent, a person, a trace and a run of it
select workspace_id, project_id, agent_id, calls.user_id, trace_id, calls.run_id
from analytics.llm_usage as calls
inner join analytics.runs using (workspace_id)
where
    workspace_id = (
        select workspace_id from analytics.cost_aggregates where period = 'day' group by workspace_id order by sum(call_count) desc limit 1
    )
    and calls.run_id is not null
limit 1;

-- Daily metrics of the workspace, 90 days
select * from analytics.daily_metrics where workspace_id = %(workspace_id)s and metric_date > current_date - 90 order by metric_date;

-- Hourly metrics, 2 days
select * from analytics.hourly_metrics where workspace_id = %(workspace_id)s and metric_hour > now() - interval '2 days' order by metric_hour;

-- Hourly metrics, all that are kept
select * from analytics.hourly_metrics where workspace_id = %(workspace_id)s order by metric_hour;

-- An agent, 30 days
select * from analytics.agent_performance
where workspace_id = %(workspace_id)s and agent_id = %(agent_id)s and metric_date > current_date - 30 order by metric_date;

-- All agents, 30 days
select agent_id, sum(total_runs), sum(failed_runs), sum(total_credits_consumed)
from analytics.agent_performance
where workspace_id = %(workspace_id)s and metric_date > current_date - 30
group by agent_id;

-- Active users
select * from analytics.active_users where workspace_id = %(workspace_id)s order by activity_date desc limit 90;

-- Top agents
select * from analytics.top_agents where workspace_id = %(workspace_id)s order by total_runs_30d desc limit 10;

-- Workspace summary
select * from analytics.workspace_summary where workspace_id = %(workspace_id)s;

-- Cohorts of users
select * from analytics.user_cohorts where workspace_id = %(workspace_id)s;

-- Cost by day, 90 days
select call_date, sum(total_cost_usd), sum(call_count)
from analytics.cost_aggregates
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and period = 'day' and call_date > current_date - 90
group by call_date order by call_date;

-- Cost by feature and model, 30 days
select feature, model, sum(total_cost_usd), sum(call_count), sum(total_tokens)
from analytics.cost_aggregates
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and period = 'day' and call_date > current_date - 30
group by feature, model order by 3 desc;

-- Cost by hour, 2 days
select period_start, sum(total_cost_usd)
from analytics.cost_aggregates
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and period = 'hour' and call_date > current_date - 2
group by period_start order by period_start;

-- The 50 most expensive people, 30 days
select user_id, sum(total_cost_usd) as total_cost_usd
from analytics.user_costs
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and call_date > current_date - 30
group by user_id order by total_cost_usd desc limit 50;

-- A person's cost
select call_date, model, total_cost_usd from analytics.user_costs
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and user_id = %(user_id)s order by call_date;

-- Cost of a trace
select * from analytics.trace_costs where workspace_id = %(workspace_id)s and project_id = %(project_id)s and trace_id = %(trace_id)s;

-- Cost of a run
select * from analytics.run_costs where workspace_id = %(workspace_id)s and project_id = %(project_id)s and run_id = %(run_id)s;

-- Calls of a trace
select * from analytics.llm_costs where workspace_id = %(workspace_id)s and project_id = %(project_id)s and trace_id = %(trace_id)s;

-- Estimated against verified, 90 days
select * from analytics.cost_reconciliation
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and call_date > current_date - 90;

-- Prompts by feature and model
select * from analytics.prompt_efficiency where workspace_id = %(workspace_id)s and project_id = %(project_id)s;

-- The 50 longest prompts of yesterday
select * from analytics.prompt_analysis
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and call_date = current_date - 1
order by prompt_tokens desc limit 50;
