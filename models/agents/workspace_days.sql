{% set day = 'workspace_id, metric_date' %}

with

user_days as (
    select * from {{ affected(ref('workspace_user_days')) }} as workspace_user_days
),

runs as (
    select *, run_date as metric_date from {{ affected(ref('runs')) }} as runs
),

visits as (
    select * from {{ affected(ref('daily_traffic_sources')) }} as daily_traffic_sources
),

users as (
    select
        {{ day }},
        count(*)::integer as active_users,
        count(*) filter (where previous_date is null)::integer as new_users,
        count(*) filter (where previous_date is not null)::integer as returning_users
    from user_days
    group by {{ day }}
),

sessions as (
    select
        {{ day }},
        sum(sessions)::integer as total_sessions,
        round(sum(duration_seconds) / sum(sessions), 2) as avg_session_duration_seconds,
        {{ rate('sum(bounces)', 'sum(sessions)') }} as bounce_rate
    from visits
    group by {{ day }}
),

run_totals as (
    select
        {{ day }},
        {{ run_counts() }},
        round(avg(runtime_seconds), 2) as avg_runtime_seconds,
        {{ runtime_percentile(50) }} as median_runtime_seconds,
        {{ runtime_percentile(95) }} as p95_runtime_seconds,
        {{ runtime_percentile(99) }} as p99_runtime_seconds,
        coalesce(sum(credits_consumed), 0) as total_credits_consumed,
        round(avg(credits_consumed), 4) as avg_credits_per_run,
        count(distinct agent_id)::integer as unique_agents_run,
        count(*) filter (where status = 'failed')::integer as total_errors,
        {{ rate("count(*) filter (where status = 'failed')", 'count(*)') }} as error_rate
    from runs
    group by {{ day }}
),

{{ counted_by('runs', day, "coalesce(model, '(not set)')", 'coalesce(sum(credits_consumed), 0)', as='credits_by_model') }},
{{ counted_by('runs', day, "coalesce(error_type, 'unknown')", 'count(*)', as='errors_by_type', where="status = 'failed'") }},

top_agents as (
    select
        {{ day }},
        jsonb_agg(
            jsonb_build_object('agent_id', agent_id, 'runs', runs, 'credits', credits) order by runs desc, agent_id
        ) as top_agents
    from (
        select
            {{ day }},
            agent_id,
            count(*) as runs,
            coalesce(sum(credits_consumed), 0) as credits,
            row_number() over (partition by {{ day }} order by count(*) desc, agent_id) as place
        from runs
        group by {{ day }}, agent_id
    ) as ranked
    where place <= 5
    group by {{ day }}
),

final as (
    select
        {{ day }},
        {% for column in ['active_users', 'new_users', 'returning_users', 'total_sessions'] %}
        coalesce({{ column }}, 0) as {{ column }},
        {% endfor %}
        avg_session_duration_seconds,
        bounce_rate,
        {% for column in ['total_runs', 'successful_runs', 'failed_runs', 'cancelled_runs'] %}
        coalesce({{ column }}, 0) as {{ column }},
        {% endfor %}
        avg_runtime_seconds,
        median_runtime_seconds,
        p95_runtime_seconds,
        p99_runtime_seconds,
        coalesce(total_credits_consumed, 0) as total_credits_consumed,
        avg_credits_per_run,
        coalesce(credits_by_model, '{}') as credits_by_model,
        coalesce(unique_agents_run, 0) as unique_agents_run,
        coalesce(top_agents, '[]') as top_agents,
        coalesce(total_errors, 0) as total_errors,
        error_rate,
        coalesce(errors_by_type, '{}') as errors_by_type,
        now() as updated_at
    from users
    full join sessions using ({{ day }})
    full join run_totals using ({{ day }})
    left join credits_by_model using ({{ day }})
    left join errors_by_type using ({{ day }})
    left join top_agents using ({{ day }})
)

select * from final
