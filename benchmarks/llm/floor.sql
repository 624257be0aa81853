-- What somebody would write by hand who needs no keys, late calls, copies, aliases or corrected prices.
drop schema if exists floor cascade;
create schema floor;

create table floor.calls as
select
    calls.workspace_id, project_id, call_id, trace_id, run_id, feature, user_id, calls.provider, calls.model,
    input_tokens - cached_tokens as input_tokens, cached_tokens, output_tokens, latency_ms, verified_cost_usd, occurred_at,
    (occurred_at at time zone 'Europe/Berlin')::date as call_date,
    date_trunc('hour', occurred_at, 'Europe/Berlin') as call_hour
from ingest.llm_calls as calls;

analyze floor.calls;

create table floor.prices as
select
    provider, model, input_price_per_1k, output_price_per_1k, cached_price_per_1k, effective_date,
    lead(effective_date, 1, 'infinity') over (partition by provider, model order by effective_date) as until
from ingest.model_pricing;

create table floor.costs as
select
    workspace_id, project_id, call_date, call_hour, feature, provider, model, count(*) as calls,
    sum(input_tokens) as input_tokens, sum(cached_tokens) as cached_tokens, sum(output_tokens) as output_tokens,
    sum((input_tokens * input_price_per_1k + cached_tokens * cached_price_per_1k + output_tokens * output_price_per_1k) / 1000) as cost,
    sum(verified_cost_usd) as verified_cost, avg(latency_ms) as avg_latency,
    percentile_disc(0.5) within group (order by latency_ms) as p50,
    percentile_disc(0.95) within group (order by latency_ms) as p95
from floor.calls
left join floor.prices using (provider, model)
where occurred_at >= effective_date and occurred_at < until
group by grouping sets (
    (workspace_id, project_id, call_date, feature, provider, model, call_hour),
    (workspace_id, project_id, call_date, feature, provider, model)
);

create table floor.user_costs as
select
    workspace_id, project_id, call_date, user_id, provider, model, count(*) as calls,
    sum((input_tokens * input_price_per_1k + cached_tokens * cached_price_per_1k + output_tokens * output_price_per_1k) / 1000) as cost
from floor.calls
left join floor.prices using (provider, model)
where occurred_at >= effective_date and occurred_at < until
group by workspace_id, project_id, call_date, user_id, provider, model;

create table floor.runs as
select *, (started_at at time zone 'UTC')::date as run_date from app.agent_runs;

create table floor.agent_days as
select
    workspace_id, agent_id, run_date, count(*) as runs, count(*) filter (where status = 'completed') as successful,
    count(*) filter (where status = 'failed') as failed, avg(runtime_seconds) as avg_runtime,
    percentile_cont(array[0.5, 0.75, 0.95, 0.99]) within group (order by runtime_seconds) as percentiles,
    sum(credits_consumed) as credits, sum(tokens_used) as tokens, count(distinct user_id) as users
from floor.runs
group by workspace_id, agent_id, run_date;

drop schema floor cascade;
