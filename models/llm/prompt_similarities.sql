{#- Its journal tells which embeddings are new; the embeddings themselves are in ingest alone. -#}
-- depends_on: {{ ref('embedded_prompts') }}

with

embedded_calls as (
    select
        calls.workspace_id,
        calls.project_id,
        calls.call_date,
        calls.call_id,
        calls.feature,
        calls.provider,
        calls.model,
        calls.occurred_at,
        embedding
    from {{ affected(ref('llm_usage')) }} as calls
    {% if is_incremental() %}
    cross join lateral (
        select stored.embedding
        from {{ ref('prompt_embeddings') }} as stored
        where stored.workspace_id = calls.workspace_id and stored.call_id = calls.call_id
        order by stored.call_id
        limit 1
    ) as prompts
    {% else %}
    inner join {{ ref('prompt_embeddings') }} as prompts
        on calls.workspace_id = prompts.workspace_id and calls.call_id = prompts.call_id
    {% endif %}
),

numbered_calls as (
    select
        *,
        row_number() over (
            partition by workspace_id, project_id, call_date, feature
            order by occurred_at, call_id
        ) as call_number
    from embedded_calls
),

-- Unpacked and scaled to length 1 once: to compare two is then one product of what lies in memory.
prompts as materialized (
    select
        workspace_id,
        project_id,
        call_date,
        call_id,
        feature,
        provider,
        model,
        {{ vectors_schema() ~ '.l2_normalize(embedding)' if has_vectors() else 'null' }} as direction
    from numbered_calls
    where call_number <= {{ var('prompt_comparisons') }}
),

final as (
    select
        prompts.workspace_id,
        prompts.project_id,
        prompts.call_date,
        prompts.call_id,
        prompts.feature,
        prompts.provider,
        prompts.model,
        {% if has_vectors() %}
        round(max({{ vectors_schema() }}.inner_product(prompts.direction, others.direction))::numeric, 4)
            as redundancy_score,
        {% else %}
        null::numeric as redundancy_score,
        {% endif %}
        now() as updated_at
    from prompts
    {% if has_vectors() %}
    left join prompts as others
        on
            prompts.workspace_id = others.workspace_id
            and prompts.project_id = others.project_id
            and prompts.call_date = others.call_date
            and prompts.feature = others.feature
            and prompts.call_id <> others.call_id
    {% endif %}
    group by
        prompts.workspace_id,
        prompts.project_id,
        prompts.call_date,
        prompts.call_id,
        prompts.feature,
        prompts.provider,
        prompts.model
)

select * from final
