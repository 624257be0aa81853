{% set agent_day = 'workspace_id, agent_id, run_date' %}

with

runs as (
    select * from {{ affected(ref('runs')) }} as runs
),

failure_reasons as (
    select
        {{ agent_day }},
        coalesce(error_type, 'unknown') as error_type,
        coalesce(nullif(left(error_message, 200), ''), '(no message)') as reason,
        count(*) as failures
    from runs
    where status = 'failed'
    group by {{ agent_day }}, 4, 5
),

{{ counted_by('runs', agent_day, "coalesce(error_type, 'unknown')", 'count(*)', as='error_types', where="status = 'failed'") }},

common_failure_reasons as (
    select
        {{ agent_day }},
        jsonb_agg(
            jsonb_build_object('reason', reason, 'error_type', error_type, 'count', failures)
            order by failures desc, reason, error_type
        ) as common_failure_reasons
    from (
        select
            *,
            row_number() over (partition by {{ agent_day }} order by failures desc, reason, error_type) as place
        from failure_reasons
    ) as ranked
    where place <= 5
    group by {{ agent_day }}
),

totals as (
    select
        {{ agent_day }},
        {{ run_counts() }},
        round(avg(runtime_seconds), 2) as avg_runtime_seconds,
        min(runtime_seconds) as min_runtime_seconds,
        max(runtime_seconds) as max_runtime_seconds,
        {% for percent in [50, 75, 95, 99] %}
        {{ runtime_percentile(percent) }} as p{{ percent }}_runtime_seconds,
        {% endfor %}
        coalesce(sum(credits_consumed), 0) as total_credits_consumed,
        round(avg(credits_consumed), 4) as avg_credits_per_run,
        coalesce(sum(tokens_used), 0)::bigint as total_tokens_used,
        round(avg(tokens_used), 2) as avg_tokens_per_run,
        count(distinct user_id)::integer as unique_users,
        round(avg(user_rating), 2) as avg_user_rating,
        count(user_rating)::integer as total_feedback_count
    from runs
    group by {{ agent_day }}
),

final as (
    select
        totals.*,
        coalesce(error_types.error_types, '{}') as error_types,
        coalesce(common_failure_reasons.common_failure_reasons, '[]') as common_failure_reasons,
        now() as updated_at
    from totals
    left join error_types using ({{ agent_day }})
    left join common_failure_reasons using ({{ agent_day }})
)

select * from final
