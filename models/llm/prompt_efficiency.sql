{{ config(materialized='view') }}

{% set is_recent = "call_date > (now() at time zone 'UTC')::date - 30" %}

with

usage as (
    select
        workspace_id,
        project_id,
        feature,
        provider,
        model,
        sum(call_count) as call_count,
        sum(input_tokens + cached_tokens + cache_write_tokens) as prompt_tokens,
        sum(cached_tokens) as cached_tokens,
        sum(output_tokens) as output_tokens,
        sum(total_cost_usd) as total_cost_usd
    from {{ ref('cost_aggregates') }}
    where period = 'day' and {{ is_recent }}
    group by workspace_id, project_id, feature, provider, model
),

similarities as (
    select
        workspace_id,
        project_id,
        feature,
        provider,
        model,
        count(redundancy_score) as compared_calls,
        count(*) filter (where redundancy_score >= {{ var('prompt_similarity') }}) as redundant_calls
    from {{ ref('prompt_similarities') }}
    where {{ is_recent }}
    group by workspace_id, project_id, feature, provider, model
),

measured as (
    select
        usage.*,
        prompt_tokens / call_count as prompt_tokens_per_call,
        {{ input_token_ratio('prompt_tokens', 'output_tokens') }} as input_token_ratio,
        {{ rate('cached_tokens', 'prompt_tokens') }} as cached_share,
        coalesce(compared_calls, 0) as compared_calls,
        {{ rate('redundant_calls', 'compared_calls') }} as redundant_share
    from usage
    left join similarities using (workspace_id, project_id, feature, provider, model)
)

select
    workspace_id,
    project_id,
    feature,
    provider,
    model,
    call_count,
    total_cost_usd,
    round(prompt_tokens_per_call) as prompt_tokens_per_call,
    input_token_ratio,
    cached_share,
    compared_calls,
    redundant_share,
    {{ prompt_suggestions('prompt_tokens_per_call', 'input_token_ratio', 'cached_share', 'redundant_share') }}
        as suggestions
from measured
