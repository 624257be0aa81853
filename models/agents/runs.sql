with

agent_runs as (
    select * from {{ rewritten(app_table('agent_runs', versions=true)) }} as agent_runs
    where {{ is_possible_run() }}
),

final as (
    select
        workspace_id,
        run_id,
        agent_id,
        user_id::text as user_id,
        status,
        started_at,
        completed_at,
        coalesce(runtime_seconds, extract(epoch from completed_at - started_at)) as runtime_seconds,
        credits_consumed,
        model,
        tokens_used,
        error_type,
        error_message,
        user_rating,
        (started_at at time zone '{{ var("workspace_timezone") }}')::date as run_date,
        date_trunc('hour', started_at, '{{ var("workspace_timezone") }}') as run_hour
    from agent_runs
)

select * from final
