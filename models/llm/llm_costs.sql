{{ config(materialized='view') }}

with

calls as (
    select * from {{ ref('llm_usage') }}
),

prices as (
    select * from {{ ref('model_prices') }}
)

select
    calls.*,
    price.model_pricing_id,
    case
        when calls.is_cache_hit then 0
        else {{ call_cost('calls', 'price') }}
    end as estimated_cost_usd,
    case
        when calls.is_cache_hit then null
        else {{ call_cost('calls', 'revised_price') }}
    end as repriced_cost_usd,
    coalesce(
        calls.verified_cost_usd,
        case when calls.is_cache_hit then 0 end,
        {{ call_cost('calls', 'revised_price') }},
        {{ call_cost('calls', 'price') }}
    ) as cost_usd,
    case
        when calls.is_cache_hit or calls.verified_cost_usd is not null then null
        when calls.unmeasured_reason is not null then calls.unmeasured_reason
        when coalesce(price.model_pricing_id, revised_price.model_pricing_id) is not null then null
        when exists (
            select from prices as known
            where
                known.workspace_id = calls.workspace_id
                and known.provider = calls.provider
                and known.model = calls.model
        ) then 'no_price_at_the_time'
        else 'unknown_model'
    end as unpriced_reason
from calls
-- The price in effect at the call, of those that were known when it came; a call that had none takes the first that was
-- recorded for its time later.
left join lateral (
    select known.*
    from prices as known
    cross join lateral (select known.recorded_at <= calls.received_at as was_known) as timing
    where
        known.workspace_id = calls.workspace_id
        and known.provider = calls.provider
        and known.model = calls.model
        and known.effective_date <= calls.occurred_at
    order by
        was_known desc,
        known.is_own desc,
        known.is_listed asc,
        case when not was_known then known.recorded_at end asc,
        known.effective_date desc,
        known.recorded_at desc,
        known.model_pricing_id asc
    limit 1
) as price on true
-- A later price that says that it holds for the past too.
left join lateral (
    select later.*
    from prices as later
    where
        later.replaces_history
        and later.recorded_at > calls.received_at
        and later.workspace_id = calls.workspace_id
        and later.provider = calls.provider
        and later.model = calls.model
        and later.effective_date <= calls.occurred_at
    order by
        later.is_own desc,
        later.is_listed asc,
        later.effective_date desc,
        later.recorded_at desc,
        later.model_pricing_id asc
    limit 1
) as revised_price on true
