{#- `radar erase`: everything of a workspace, or of one of its projects, is removed: raw rows, rejected ones, prices, derived tables and
    what the engine remembers, in one transaction. -#}

{% macro erase(workspace=none, project=none, apply=false) %}
    {#- Without `apply` it only tells what would go. Tables of a workspace that do not know its projects follow in the next run, by the
        journals; of a whole workspace nothing is left to follow. -#}
    {% set scope = scope_to_erase(workspace, project) %}
    {% do run_query('begin; ' ~ (locks_of_models() if apply else '')) %}
    {% if apply %}{% do refuse_unread_changes() %}{% endif %}
    {% do run_query('create temporary table erased_calls on commit drop as ' ~ calls_to_erase(scope)) %}
    {% do print(('Erased of ' if apply else 'Nothing is erased without --apply. What would go of ') ~ scope.told ~ ':') %}
    {% set total = [0] %}
    {% for table in people_to_erase(scope) + run_query(tables_to_erase(scope)).rows | list %}
        {% set rows = run_query(erase_sql(table, scope) if apply else 'select count(*) from ' ~ table.name ~ ' where ' ~ table.condition).rows[0][0] %}
        {% if rows %}{% do print('%-36s %12s rows' | format(table.name | replace('"', ''), '{:,}'.format(rows))) %}{% endif %}
        {% do total.append(total.pop() + rows) %}
    {% endfor %}
    {% do print('{:,}'.format(total[0]) ~ ' rows') %}
    {% do run_query('commit' if apply else 'rollback') %}
{% endmacro %}

{% macro scope_to_erase(workspace, project) %}
    {#- {workspace_id, project_id (none: all of the workspace), told}. A workspace that the application has erased is known by its id. -#}
    {% set is_id = modules.re.fullmatch('[0-9a-fA-F-]{36}', workspace or '') %}
    {% if project %}
        {% set found = run_query('select workspace_id, project_id from (' ~ projects_in_scope(workspace, project) ~ ') as projects').rows %}
    {% else %}
        {% set known = run_query(workspaces_in_scope(workspace)).rows %}
        {% if known and not var('standalone') %}
            {% do exceptions.raise_compiler_error('The application still has the workspace ' ~ workspace ~ ', and would bring its runs back: erase it there first. Nothing was changed.') %}
        {% endif %}
        {% set found = known or ([[workspace, none]] if is_id else []) %}
    {% endif %}
    {% if found | length != 1 %}
        {% do exceptions.raise_compiler_error(
            ('No' if not found else 'More than one') ~ (' project has the slug ' ~ project if project else ' workspace has the slug or id ' ~ workspace)
            ~ (': say which with --workspace' if found and not workspace) ~ '. Nothing was changed.') %}
    {% endif %}
    {{ return({'workspace_id': found[0][0], 'project_id': found[0][1] if project else none,
               'told': ('project ' ~ project if project else 'workspace ' ~ workspace)}) }}
{% endmacro %}

{% macro refuse_unread_changes() %}
    {#- Changes that a model has not followed yet name rows of the project: it would not hear of them any more. -#}
    {% set behind = run_query(models_behind_sql()).rows[0][0] %}
    {% if behind %}
        {% do exceptions.raise_compiler_error(behind ~ ' did not finish the last run. Nothing was erased: complete it with dbt run first.') %}
    {% endif %}
{% endmacro %}

{% macro of_scope(scope) -%}
    workspace_id = '{{ scope.workspace_id }}'{{ " and project_id = '" ~ scope.project_id ~ "'" if scope.project_id }}
{%- endmacro %}

{% macro calls_to_erase(scope) %}
    {#- Tables that know calls and not their projects are found by these. -#}
    select workspace_id, call_id from {{ schema_name('ingest') }}.llm_calls where {{ of_scope(scope) }}
    union
    select workspace_id, call_id from {{ schema_name('analytics') }}.llm_usage where {{ of_scope(scope) }}
{% endmacro %}

{% macro people_to_erase(scope) %}
    {#- Radar's own stand-in for the application knows people apart from their workspaces: who is in no other goes too. -#}
    {% if scope.project_id or not var('standalone') %}{{ return([]) }}{% endif %}
    {% set app = schema_name('app') %}
    {{ return([{'name': app ~ '.users', 'model': 'users', 'condition': 'user_id in (select user_id from ' ~ app
                ~ ".workspace_members group by user_id having bool_and(" ~ of_scope(scope) ~ '))'}]) }}
{% endmacro %}

{% macro tables_to_erase(scope) %}
    {#- (name, model, condition): every table of Radar's that holds rows of the scope, as the catalog has it, so that none is forgotten. -#}
    select format('%I.%I', nspname, relname) as name, relname as model, case
        when {{ 'true' if not scope.project_id else "'project_id' = any(columns)" }} then {{ quoted(of_scope(scope)) }}
        else '(workspace_id, call_id) in (select workspace_id, call_id from pg_temp.erased_calls)'
    end as condition
    from (
        select class.oid, nspname, relname, array(
            select attname from pg_attribute where attrelid = class.oid and attnum > 0 and not attisdropped) as columns
        from pg_class as class inner join pg_namespace as namespace on namespace.oid = relnamespace
        where relkind in ('r', 'p') and not relispartition and nspname = any({{ names_array(schema_users()) }})
    ) as tables
    where
        'workspace_id' = any(columns)
        {{ "and columns && '{project_id,call_id}'" if scope.project_id }}
        and (nspname = '{{ schema_name('radar') }}' or exists (
            select from {{ schema_name('radar') }}.contracts where relation = format('"%s"."%s"', nspname, relname)))
    -- Journals first: what goes from the others is then told in them.
    order by nspname = '{{ schema_name('radar') }}' desc, 1
{% endmacro %}

{% macro erase_sql(table, scope) %}
    {#- Statements that delete the rows, and tell the journal which keys went, for the tables that count them and know no project. -#}
    {% set columns = journaled_columns(table.model) if scope.project_id and table.name.split('.')[0] | replace('"', '') == schema_name('analytics') else none %}
    {% if not columns %}
        {{ return('with gone as (delete from ' ~ table.name ~ ' where ' ~ table.condition ~ ' returning 1) select count(*) from gone') }}
    {% endif %}
    {% set build = (latest_build(table.model).build or 0) + 1 %}
    with gone as (delete from {{ table.name }} where {{ table.condition }} returning {{ columns | join(', ') }}),
    told as (
        insert into {{ changes_table(table.model) }} (build, {{ columns | join(', ') }})
        select distinct {{ build }}, {{ columns | join(', ') }} from gone
    ),
    recorded as (
        insert into {{ schema_name('radar') }}.builds (model, build, run_id, is_full)
        select '{{ table.model }}', {{ build }}, '{{ invocation_id }}', false where exists (select from gone)
    )
    select count(*) from gone
{% endmacro %}

{% macro journaled_columns(model_name) %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model_name %}
        {{ return(node.config.get('meta', {}).get('table', {}).get('recompute', {}).get('changes')) }}
    {% endfor %}
    {{ return(none) }}
{% endmacro %}
