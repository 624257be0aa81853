{#- Radar's own schema: state of the engine and helper functions. Installed at the start of a run, when its text has changed. -#}

{% macro install() %}
    {#- Returns the statements of what is installed. -#}
    {% set sql = installation_sql() %}
    {% set fingerprint = local_md5(sql) %}
    {% set radar = schema_name('radar') %}
    {% set is_installed = run_query("select to_regclass('" ~ radar ~ ".installation') is not null").rows[0][0] %}
    {% if is_installed and run_query('select fingerprint from ' ~ radar ~ '.installation').rows[0][0] == fingerprint %}
        {% do refuse_replaced_past() %}
        {% do restore_rights() %}
        {{ return(sql) }}
    {% endif %}
    {#- Two first runs at once would create the same objects: the second waits. -#}
    {% do run_query("select pg_advisory_xact_lock(hashtext('radar.install'))") %}
    {% do run_query(briefly_locked(sql, radar ~ '.builds')) %}
    {% do refuse_replaced_past() %}
    {% do restore_rights(is_new=true) %}
    {% do run_query("update " ~ radar ~ ".installation set fingerprint = '" ~ fingerprint ~ "', installed_at = now(); " ~ written_by_us() ~ '; commit') %}
    {{ return(sql) }}
{% endmacro %}

{% macro installation_sql() %}
    {#- Function bodies name tables that the raw layer creates later in the same run. -#}
    set local check_function_bodies = off;
    {{ create_roles_and_schemas() }}
    {{ state_tables_sql() }}
    {{ retention_tables_sql() }}
    {{ update_updated_at_function() }}
    {{ arrive_now_function() }}
    {{ project_gone_function() }}
    {{ arrive_again_function() }}
    {{ embed_again_function() }}
    {{ ensure_month_partitions_function() }}
    {{ arrivals_function() }}
    {{ safe_cast_functions() }}
    {{ timezone_function() }}
    {{ properties_match_function() }}
    {{ path_pattern_function() }}
    {{ goal_problem_function() }}
    {{ url_decode_function() }}
    {{ security_functions() }}
    {{ horizon_function() }}
    {{ past_problem_function() }}
    {{ local_date_function() }}
    {{ loading_functions() }}
    {{ markov_function() }}
    {{ shapley_functions() }}
    {{ missing_vectors_function() }}
    {{ service_functions() }}
    {{ funnel_functions() }}
    {{ nearest_prompts_functions() }}
    {{ wrong_rights_view() }}
    {{ restore_rights_function() }}
    {% for name in schema_users() %}
    revoke all on all functions in schema {{ schema_name(name) }} from public;
    {% endfor %}
    {{ drop_materialized_views() }}
{% endmacro %}

{% macro drop_materialized_views() %}
    {#- Summaries were these once. They have no row security; the run that finds them makes tables of the same names. -#}
    do $do$
    declare
        summary text;
    begin
        for summary in
            select relation from {{ schema_name('radar') }}.contracts
            inner join pg_class on oid = to_regclass(relation) and relkind = 'm'
        loop
            execute format('drop materialized view %s cascade', summary);
            delete from {{ schema_name('radar') }}.contracts where relation = summary;
        end loop;
    end
    $do$;
{% endmacro %}

{% macro create_roles_and_schemas() %}
    {#- What is missing; a role that may not create it says what an administrator has to run. -#}
    {% set schemas = [] %}
    {% for name in schema_users() %}{% do schemas.append(schema_name(name)) %}{% endfor %}
    do $do$
    declare
        missing text[];
        statement text;
    begin
        select array_agg(sql) into missing
        from (
            select format('create role %I nologin', name) as sql
            from unnest('{{ "{" ~ var("roles").values() | join(",") ~ "}" }}'::text[]) as name
            where not exists (select from pg_roles where rolname = name)
            union all
            select format('create schema %I authorization %I', name, current_user)
            from unnest('{{ "{" ~ schemas | join(",") ~ "}" }}'::text[]) as name
            where to_regnamespace(quote_ident(name)) is null
        ) as statements;
        foreach statement in array coalesce(missing, '{}') loop
            begin
                execute statement;
            exception
                when duplicate_object or duplicate_schema or unique_violation then null;  -- somebody else was quicker
                when insufficient_privilege then
                    raise insufficient_privilege using message = format(
                        'The role %s may not create what Radar needs. Ask an administrator to run, in this database: %s;',
                        current_user, array_to_string(missing, '; '));
            end;
        end loop;
    end
    $do$;
{% endmacro %}

{% macro postgres__create_schema(relation) %}
    {#- dbt makes schemas before any hook of ours runs: what is missing for good must be said here. -#}
    {% call statement('create_schema') %}
        {{ create_roles_and_schemas() }}
        create schema if not exists {{ relation.without_identifier().include(database=False) }}
    {% endcall %}
{% endmacro %}
