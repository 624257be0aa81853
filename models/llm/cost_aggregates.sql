with

calls as (
    select
        *,
        (call_date::timestamp at time zone coalesce(stg_projects.timezone, 'UTC')) as day_start
    from {{ affected(ref('llm_costs')) }} as calls
    left join {{ ref('stg_projects') }} as stg_projects using (workspace_id, project_id)
),

final as (
    select
        workspace_id,
        project_id,
        call_date,
        feature,
        provider,
        model,
        case when grouping(call_hour) = 0 then 'hour' else 'day' end as period,
        coalesce(call_hour, min(day_start)) as period_start,
        count(*)::integer as call_count,
        count(*) filter (where unpriced_reason is not null)::integer as unpriced_call_count,
        count(*) filter (where is_cache_hit)::integer as cache_hit_count,
        coalesce(sum(input_tokens), 0)::bigint as input_tokens,
        coalesce(sum(cached_tokens), 0)::bigint as cached_tokens,
        coalesce(sum(cache_write_tokens), 0)::bigint as cache_write_tokens,
        coalesce(sum(output_tokens), 0)::bigint as output_tokens,
        coalesce(sum(total_tokens), 0)::bigint as total_tokens,
        sum(cost_usd) as total_cost_usd,
        sum(estimated_cost_usd) as estimated_cost_usd,
        sum(verified_cost_usd) as verified_cost_usd,
        sum(estimated_cost_usd) filter (where verified_cost_usd is not null) as estimated_cost_of_verified_usd,
        round(avg(latency_ms), 2) as avg_latency_ms,
        percentile_disc(0.5) within group (order by latency_ms) as p50_latency_ms,
        percentile_disc(0.95) within group (order by latency_ms) as p95_latency_ms,
        now() as updated_at
    from calls
    group by grouping sets (
        (workspace_id, project_id, call_date, feature, provider, model, call_hour),
        (workspace_id, project_id, call_date, feature, provider, model)
    )
)

select * from final
