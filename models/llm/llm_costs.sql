{{ config(materialized='view') }}
{% set model = ['workspace_id', 'provider', 'model'] %}
{% set series = model + ['service_tier'] %}

with

calls as (
    select * from {{ ref('llm_usage') }}
),

periods as (
    select * from {{ ref('price_periods') }}
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
        when price.model_pricing_id is not null and {{ not_priced('calls', 'price') }} is null then null
        when revised_price.model_pricing_id is not null then {{ not_priced('calls', 'revised_price') }}
        when price.model_pricing_id is not null then {{ not_priced('calls', 'price') }}
        when periods.model is not null then 'no_price_at_the_time'
        when calls.service_tier <> 'standard' then 'no_price_of_tier'
        else 'unknown_model'
    end as unpriced_reason
from calls
left join periods
    on
        {{ same(series, 'periods', 'calls') }}
        and calls.occurred_at >= periods.calls_from
        and calls.occurred_at < periods.calls_until
        and (calls.occurred_at at time zone 'UTC')::time >= periods.hours_from
        and (calls.occurred_at at time zone 'UTC')::time < periods.hours_until
        and calls.received_at >= periods.received_from
        and calls.received_at < periods.received_until
left join prices as price
    on
        {{ same(model, 'price', 'periods') }}
        and periods.model_pricing_id = price.model_pricing_id
left join prices as revised_price
    on
        {{ same(model, 'revised_price', 'periods') }}
        and periods.revised_pricing_id = revised_price.model_pricing_id
