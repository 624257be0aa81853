{% set cached_part = "case when input_includes_cached then cached_tokens + cache_write_tokens else 0 end" %}

with

llm_calls as (
    select * from {{ ref('llm_calls') }}
)

select
    workspace_id,
    project_id,
    call_id,
    ingest_xid,
    trace_id,
    span_id,
    parent_span_id,
    run_id,
    -- Cut to what an index takes; nobody names a feature in more.
    coalesce(nullif(left(feature, 200), ''), '(not set)') as feature,
    nullif(left(user_id, 200), '') as user_id,
    nullif(session_id, '') as session_id,
    {{ lowered('left(provider, 100)') }} as provider,
    left(model, 200) as model,
    input_tokens - {{ cached_part }} as input_tokens,
    cached_tokens,
    cache_write_tokens,
    cache_write_1h_tokens,
    output_tokens,
    -- Embeddings have no answer, and senders no number for it.
    input_tokens - {{ cached_part }} + cached_tokens + cache_write_tokens + coalesce(output_tokens, 0) as total_tokens,
    case
        when input_tokens is null then 'no_tokens'
        when input_tokens < {{ cached_part }} then 'inconsistent_tokens'
    end as unmeasured_reason,
    case
        when {{ lowered('service_tier') }} in ('', 'auto', 'default', 'on_demand') then 'standard'
        else coalesce({{ lowered('left(service_tier, 100)') }}, 'standard')
    end as service_tier,
    array_to_string(special_uses, ',') as special_uses,
    latency_ms,
    is_cache_hit,
    estimated_cost_usd as sender_cost_usd,
    verified_cost_usd,
    metadata,
    occurred_at,
    received_at,
    occurred_at >= '1970-01-01'
    and occurred_at < '9999-01-01'
    and occurred_at - interval '{{ var("future_tolerance_hours") }} hours' <= received_at as is_accepted
from llm_calls
