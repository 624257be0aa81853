{% set model = ['workspace_id', 'provider', 'model'] %}

with

prices as (
    select * from {{ ref('model_prices') }}
),

-- What decides between prices changes only when one begins to hold, or when Radar learns of one: between those moments
-- every call takes the same.
call_times as (
    select
        {{ model | join(', ') }},
        starts_at as calls_from,
        lead(starts_at, 1, 'infinity') over (partition by {{ model | join(', ') }} order by starts_at) as calls_until
    from (
        select {{ model | join(', ') }}, effective_date as starts_at from prices
        union
        select {{ model | join(', ') }}, '-infinity' as starts_at from prices
    ) as starts
),

receipts as (
    select
        {{ model | join(', ') }},
        starts_at as received_from,
        lead(starts_at, 1, 'infinity') over (partition by {{ model | join(', ') }} order by starts_at) as received_until
    from (
        select {{ model | join(', ') }}, recorded_at as starts_at from prices
        union
        select {{ model | join(', ') }}, '-infinity' as starts_at from prices
    ) as starts
),

final as (
    select
        periods.*,
        price.model_pricing_id,
        revised_price.model_pricing_id as revised_pricing_id
    from (
        select * from call_times
        inner join receipts using ({{ model | join(', ') }})
    ) as periods
    -- The price in effect at the call, of those that were known when it came; a call that had none takes the first that
    -- was recorded for its time later. What somebody wrote goes before the list, and a tenant's own before everybody's.
    left join lateral (
        select known.model_pricing_id
        from prices as known
        cross join lateral (select known.recorded_at <= periods.received_from as was_known) as timing
        where
            {{ same(model, 'known', 'periods') }}
            and known.effective_date <= periods.calls_from
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
        select later.model_pricing_id
        from prices as later
        where
            {{ same(model, 'later', 'periods') }}
            and later.replaces_history
            and later.recorded_at > periods.received_from
            and later.effective_date <= periods.calls_from
        order by
            later.is_own desc,
            later.is_listed asc,
            later.effective_date desc,
            later.recorded_at desc,
            later.model_pricing_id asc
        limit 1
    ) as revised_price on true
)

select * from final
