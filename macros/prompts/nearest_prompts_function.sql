{#- Search for prompts that resemble one. Readers may not read the raw table, so a function with its owner's rights looks for them, and
    only in workspaces that are theirs. -#}

{% macro nearest_prompts_functions() %}
{% if has_vectors() %}
{% set radar = schema_name('radar') %}
{% set vectors = vectors_schema() %}
{{ nearest_calls_function(vectors) }}
{{ nearest_own_calls_function(vectors) }}
{{ nearest_prompts_function(vectors) }}
{#- Days that were built before there were vectors have nothing to show: the next run builds them again. -#}
delete from {{ radar }}.builds where model = 'prompt_similarities';
{% endif %}
{% endmacro %}

{% macro nearest_calls_function(vectors) %}
{% set prompts = schema_name('ingest') ~ '.prompt_embeddings' %}
{#- The plan follows the workspace: of a small one all prompts are read, of a large one the index. Within the index the search goes
    on until enough prompts are the workspace's (from pgvector 0.8 on). -#}
{% set goes_on = run_query("select string_to_array(extversion, '.')::int[] >= '{0,8}' from pg_extension where extname = 'vector'").rows[0][0] %}
create or replace function {{ schema_name('radar') }}.nearest_calls(
    of_workspace_id uuid, of_call_id uuid, prompt {{ vectors }}.vector, minimum_similarity numeric, maximum_rows integer
) returns table (call_id uuid, similarity numeric)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
{{ 'set hnsw.iterative_scan = strict_order' if goes_on }}
as $function$
declare
    wanted {{ vectors }}.vector := coalesce(prompt, (
        select stored.embedding from {{ prompts }} as stored
        where stored.workspace_id = of_workspace_id and stored.call_id = of_call_id));
begin
    if wanted is null then
        return;
    end if;
    return query
    select found.call_id, round((1 - found.distance)::numeric, 4)
    from (
        select stored.call_id, nullif(stored.embedding operator({{ vectors }}.<=>) wanted, 'NaN') as distance
        from {{ prompts }} as stored
        where stored.workspace_id = of_workspace_id and stored.call_id is distinct from of_call_id
        order by stored.embedding operator({{ vectors }}.<=>) wanted
        limit maximum_rows
    ) as found
    where 1 - found.distance >= minimum_similarity
    order by found.distance, found.call_id;
end
$function$;
comment on function {{ schema_name('radar') }}.nearest_calls is
    'Calls of a workspace whose prompts resemble a call''s, or a given one, with the rights of whoever asks.';
{% endmacro %}

{% macro nearest_own_calls_function(vectors) %}
create or replace function {{ schema_name('radar') }}.nearest_own_calls(
    of_workspace_id uuid, of_call_id uuid, prompt {{ vectors }}.vector, minimum_similarity numeric, maximum_rows integer
) returns table (call_id uuid, similarity numeric)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $function$
    select found.call_id, found.similarity
    from {{ schema_name('radar') }}.nearest_calls(of_workspace_id, of_call_id, prompt, minimum_similarity, maximum_rows) as found
    where of_workspace_id = any({{ schema_name('radar') }}.current_workspaces())
$function$;
comment on function {{ schema_name('radar') }}.nearest_own_calls is 'The same for readers, who may not read the raw table: in their own workspaces alone.';
{% endmacro %}

{% macro nearest_prompts_function(vectors) %}
{% set radar = schema_name('radar') %}
{% set found = '(nearest_prompts.workspace_id, nearest_prompts.call_id, prompt, minimum_similarity, maximum_rows)' %}
create or replace function {{ schema_name('analytics') }}.nearest_prompts(
    workspace_id uuid,
    call_id uuid default null,
    prompt {{ vectors }}.vector default null,
    minimum_similarity numeric default {{ var('prompt_similarity') }},
    maximum_rows integer default 10
) returns table (
    nearest_call_id uuid, similarity numeric, project_id uuid, feature text, provider text, model text, occurred_at timestamptz
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $function$
    select calls.call_id, found.similarity, calls.project_id, calls.feature, calls.provider, calls.model, calls.occurred_at
    from (
        select * from {{ radar }}.nearest_calls{{ found }} where has_schema_privilege('{{ schema_name('ingest') }}', 'usage')
        union all
        select * from {{ radar }}.nearest_own_calls{{ found }} where not has_schema_privilege('{{ schema_name('ingest') }}', 'usage')
    ) as found
    inner join {{ schema_name('analytics') }}.llm_usage as calls
        on calls.workspace_id = nearest_prompts.workspace_id and calls.call_id = found.call_id
    order by found.similarity desc, calls.call_id
$function$;
comment on function {{ schema_name('analytics') }}.nearest_prompts is
    'Calls of a workspace whose prompts resemble that of a call (call_id), or any (prompt, an embedding), most alike first: cosine similarity,
1 for the same, from minimum_similarity on. By an approximate index, which may miss one.';
{% endmacro %}
