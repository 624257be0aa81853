{{ config(materialized='view') }}
{#- Without common table expressions PostgreSQL merges a view into the query of a reader: suggestions are made only for
    the calls that their limit leaves. -#}

select
    calls.workspace_id,
    calls.project_id,
    calls.call_id,
    calls.call_date,
    calls.feature,
    calls.provider,
    calls.model,
    prompt_tokens,
    calls.output_tokens,
    input_token_ratio,
    cached_share,
    similarities.redundancy_score,
    case
        when calls.is_cache_hit then '[]'
        else {{ prompt_suggestions('prompt_tokens', 'input_token_ratio', 'cached_share', 'is_redundant') }}
    end as suggestions,
    calls.occurred_at
from {{ ref('llm_usage') }} as calls
left join {{ ref('prompt_similarities') }} as similarities
    on
        calls.workspace_id = similarities.workspace_id
        and calls.project_id = similarities.project_id
        and calls.call_date = similarities.call_date
        and calls.call_id = similarities.call_id
cross join lateral (
    select calls.input_tokens + calls.cached_tokens + calls.cache_write_tokens as prompt_tokens
) as prompts
cross join lateral (
    select
        {{ input_token_ratio('prompt_tokens', 'calls.output_tokens') }} as input_token_ratio,
        {{ rate('calls.cached_tokens', 'prompt_tokens') }} as cached_share,
        (similarities.redundancy_score >= {{ var('prompt_similarity') }})::integer as is_redundant
) as judged
