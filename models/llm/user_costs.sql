with

calls as (
    select * from {{ affected(ref('llm_costs')) }} as calls
    where user_id is not null
),

final as (
    select
        workspace_id,
        project_id,
        call_date,
        user_id,
        provider,
        model,
        count(*)::integer as call_count,
        count(*) filter (where unpriced_reason is not null)::integer as unpriced_call_count,
        coalesce(sum(total_tokens), 0)::bigint as total_tokens,
        sum(cost_usd) as total_cost_usd,
        now() as updated_at
    from calls
    group by workspace_id, project_id, call_date, user_id, provider, model
)

select * from final
{% if not is_incremental() %}
-- The people of a month are read together: days that lie together are a fifth of the pages. New days do so by themselves.
order by workspace_id, project_id, call_date
{% endif %}
