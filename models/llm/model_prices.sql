{#- The models that calls name are found by walking the index from one to the next, so that no history is read. -#}
{% set model = ['workspace_id', 'provider', 'model'] %}

with recursive

used_models as (
    (
        select
            workspace_id,
            provider,
            model
        from {{ ref('llm_usage') }}
        order by workspace_id, provider, model
        limit 1
    )
    union all
    select following.*
    from used_models
    cross join lateral (
        select
            calls.workspace_id,
            calls.provider,
            calls.model
        from {{ ref('llm_usage') }} as calls
        where
            (calls.workspace_id, calls.provider, calls.model)
            > (used_models.workspace_id, used_models.provider, used_models.model)
        order by calls.workspace_id, calls.provider, calls.model
        limit 1
    ) as following
),

priced_models as (
    select
        used_models.*,
        coalesce(aliases.priced_provider, used_models.provider) as priced_provider,
        coalesce(aliases.priced_model, used_models.model) as priced_model
    from used_models
    left join lateral (
        select
            aliases.priced_provider,
            aliases.priced_model
        from {{ ref('model_aliases') }} as aliases
        where
            aliases.provider = used_models.provider
            and aliases.alias = used_models.model
            and coalesce(aliases.workspace_id, used_models.workspace_id) = used_models.workspace_id
        order by aliases.workspace_id nulls last
        limit 1
    ) as aliases on true
),

final as (
    select
        priced_models.workspace_id,
        priced_models.provider,
        priced_models.model,
        prices.model_pricing_id,
        prices.workspace_id is not null as is_own,
        prices.price_source = 'genai-prices' as is_listed,
        prices.service_tier,
        prices.daily_from,
        prices.daily_until,
        prices.effective_date,
        prices.recorded_at,
        prices.replaces_history,
        {% for kind in ['input', 'output', 'cached', 'cache_write', 'cache_write_1h'] %}
        prices.{{ kind }}_price_per_1k,
        prices.long_{{ kind }}_price_per_1k,
        {% endfor %}
        prices.long_context_tokens,
        prices.priced_up_to_tokens,
        prices.request_price_usd,
        array_to_string(prices.priced_apart, ',') as priced_apart
    from priced_models
    inner join {{ ref('model_pricing') }} as prices
        on
            priced_models.priced_provider = prices.provider
            and priced_models.priced_model = prices.model
            and priced_models.workspace_id = coalesce(prices.workspace_id, priced_models.workspace_id)
)

select * from final
