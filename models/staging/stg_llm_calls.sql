{#- What no sum, key or index of a model could take: such a row would stop the run for everybody. -#}
{% set is_possible %}
    (
        greatest(input_tokens, output_tokens, cached_tokens, cache_write_tokens, cache_write_1h_tokens) <= {{ most_tokens() }}
        and greatest(estimated_cost_usd, verified_cost_usd, 0) <= 1000000000
        and greatest(
            octet_length(trace_id), octet_length(span_id), octet_length(parent_span_id), octet_length(session_id), 0
        ) <= 512
    )
{%- endset %}
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
    {% for column in ['trace_id', 'span_id', 'parent_span_id', 'session_id'] %}
    {{ schema_name('radar') }}.real_id({{ column }}) as {{ column }},
    {% endfor %}
    run_id,
    -- Cut to what an index takes; nobody names a feature in more.
    coalesce(nullif(left(feature, 200), ''), '(not set)') as feature,
    {{ schema_name('radar') }}.real_id(left(user_id, 200)) as user_id,
    {{ lowered('left(provider, 100)') }} as provider,
    left(model, 200) as model,
    case when {{ is_possible }} then input_tokens - {{ cached_part }} end as input_tokens,
    cached_tokens,
    cache_write_tokens,
    cache_write_1h_tokens,
    output_tokens,
    -- Embeddings have no answer, and senders no number for it.
    case
        when {{ is_possible }}
            then input_tokens - {{ cached_part }} + cached_tokens + cache_write_tokens + coalesce(output_tokens, 0)
    end as total_tokens,
    case
        when input_tokens is null then 'no_tokens'
        when {{ is_possible }} and input_tokens < {{ cached_part }} then 'inconsistent_tokens'
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
    and occurred_at < {{ end_of_time() }}
    and occurred_at - interval '{{ var("future_tolerance_hours") }} hours' <= received_at
    and {{ is_possible }} as is_accepted,
    case
        when not {{ is_possible }} then 'invalid'
        when occurred_at < '1970-01-01' then 'no_time'
        when
            occurred_at >= {{ end_of_time() }}
            or occurred_at - interval '{{ var("future_tolerance_hours") }} hours' > received_at
            then 'future'
    end as rejection_reason
from llm_calls
