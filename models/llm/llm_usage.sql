with

arrived_calls as (
    select *
    from {{ arrived(ref('stg_llm_calls')) }} as arrived
    where is_accepted
),

-- A call sent again with another time is the same call: the earliest time wins, whatever arrives first.
earliest_copies as (
    select distinct on (workspace_id, call_id) *
    from arrived_calls
    order by workspace_id, call_id, occurred_at
),

final as (
    select
        workspace_id,
        project_id,
        call_id,
        trace_id,
        span_id,
        parent_span_id,
        run_id,
        feature,
        user_id,
        session_id,
        provider,
        model,
        case when unmeasured_reason is null then input_tokens end as input_tokens,
        cached_tokens,
        cache_write_tokens,
        cache_write_1h_tokens,
        output_tokens,
        case when unmeasured_reason is null then total_tokens end as total_tokens,
        unmeasured_reason,
        service_tier,
        special_uses,
        latency_ms,
        is_cache_hit,
        sender_cost_usd,
        verified_cost_usd,
        (occurred_at at time zone coalesce(stg_projects.timezone, 'UTC'))::date as call_date,
        date_trunc('hour', occurred_at, coalesce(stg_projects.timezone, 'UTC')) as call_hour,
        occurred_at,
        received_at
    from earliest_copies
    left join {{ ref('stg_projects') }} as stg_projects using (workspace_id, project_id)
    {% if is_incremental() %}
    left join lateral (
        select this.occurred_at as known_at
        from {{ this }} as this
        where this.workspace_id = earliest_copies.workspace_id and this.call_id = earliest_copies.call_id
        order by this.call_id
        limit 1
    ) as known on true
    where known_at is null or occurred_at <= known_at
    {% endif %}
)

select * from final
