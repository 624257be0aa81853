{% set series = ['workspace_id', 'provider', 'model', 'service_tier'] %}

with

prices as (
    select * from {{ ref('model_prices') }}
),

-- What decides between prices changes only when one begins to hold, at an hour of the day from which one holds, or when
-- Radar learns of one: between those moments every call takes the same.
call_times as (
    {{ stretches(series, 'calls', ['effective_date'], "timestamptz '-infinity'", "timestamptz 'infinity'") }}
),

hours as (
    {{ stretches(series, 'hours', ['daily_from', 'daily_until'], "time '00:00'", "time '24:00'") }}
),

receipts as (
    {{ stretches(series, 'received', ['recorded_at'], "timestamptz '-infinity'", "timestamptz 'infinity'") }}
),

final as (
    select
        periods.*,
        price.model_pricing_id,
        revised_price.model_pricing_id as revised_pricing_id
    from (
        select * from call_times
        inner join hours using ({{ series | join(', ') }})
        inner join receipts using ({{ series | join(', ') }})
    ) as periods
    -- The price in effect at the call, of those that were known when it came; a call that had none takes the first that
    -- was recorded for its time later. What somebody wrote goes before the list, and a tenant's own before everybody's.
    left join lateral (
        select known.model_pricing_id
        from prices as known
        cross join lateral (select known.recorded_at <= periods.received_from as was_known) as timing
        where
            {{ same(series, 'known', 'periods') }}
            and known.effective_date <= periods.calls_from
            and {{ holds_at('periods.hours_from', 'known') }}
        order by
            was_known desc,
            known.is_own desc,
            known.is_listed asc,
            known.daily_from is not null desc,
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
            {{ same(series, 'later', 'periods') }}
            and later.replaces_history
            and later.recorded_at > periods.received_from
            and later.effective_date <= periods.calls_from
            and {{ holds_at('periods.hours_from', 'later') }}
        order by
            later.is_own desc,
            later.is_listed asc,
            later.daily_from is not null desc,
            later.effective_date desc,
            later.recorded_at desc,
            later.model_pricing_id asc
        limit 1
    ) as revised_price on true
)

select * from final
