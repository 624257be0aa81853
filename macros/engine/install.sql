{#- Radar's own schema: state of the engine and helper functions. Installed at the start of a run, when its text has changed. -#}

{% macro install() %}
    {% set sql = installation_sql() %}
    {% set fingerprint = local_md5(sql) %}
    {% set radar = schema_name('radar') %}
    {% set is_installed = run_query("select to_regclass('" ~ radar ~ ".installation') is not null").rows[0][0] %}
    {% if is_installed and run_query('select fingerprint from ' ~ radar ~ '.installation').rows[0][0] == fingerprint %}
        {{ return('') }}
    {% endif %}
    {#- Two first runs at once would create the same objects: the second waits. -#}
    {% do run_query("select pg_advisory_xact_lock(hashtext('radar.install'))") %}
    {% do run_query(sql) %}
    {% do run_query("update " ~ radar ~ ".installation set fingerprint = '" ~ fingerprint ~ "', installed_at = now(); commit") %}
{% endmacro %}

{% macro installation_sql() %}
    {#- Function bodies name tables that the raw layer creates later in the same run. -#}
    set local check_function_bodies = off;
    {{ create_roles_and_schemas() }}
    {{ state_tables_sql() }}
    {{ retention_tables_sql() }}
    {{ update_updated_at_function() }}
    {{ ensure_month_partitions_function() }}
    {{ safe_cast_functions() }}
    {{ is_timezone_function() }}
    {{ url_decode_function() }}
    {{ create_bot_class() }}
    {{ security_functions() }}
    {{ horizon_function() }}
    {{ loading_functions() }}
    {{ schema_grants_sql() }}
    {{ funnel_functions() }}
{% endmacro %}

{% macro create_roles_and_schemas() %}
    {#- What is missing; a role that may not create it says what an administrator has to run. -#}
    {% set schemas = [] %}
    {% for name in ['app', 'ingest', 'staging', 'analytics', 'radar'] if name != 'app' or var('standalone') %}
        {% do schemas.append(schema_name(name)) %}
    {% endfor %}
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

{% macro state_tables_sql() %}
    {% set radar = schema_name('radar') %}
    create table if not exists {{ radar }}.installation (
        only_row boolean primary key default true check (only_row),
        system_identifier bigint not null,
        fingerprint text,
        installed_at timestamptz not null default now()
    );
    comment on table {{ radar }}.installation is 'One row: the cluster that this database lives in and the version of its functions.';
    insert into {{ radar }}.installation (system_identifier)
    select system_identifier from pg_control_system() on conflict do nothing;

    create table if not exists {{ radar }}.contracts (relation text primary key, fingerprint text not null);
    alter table {{ radar }}.contracts
        add column if not exists objects jsonb not null default '[]', add column if not exists generated jsonb not null default '{}';
    comment on table {{ radar }}.contracts is 'One row per raw table: the contract that was last applied to it.';

    create table if not exists {{ radar }}.runs (
        run_id uuid primary key,
        horizon bigint not null,
        started_at timestamptz not null default now()
    );
    comment on table {{ radar }}.runs is
        'One row per run: every transaction below the horizon was finished when it began, and it reads no row above.';

    create table if not exists {{ radar }}.builds (
        model text not null,
        build bigint not null,
        run_id uuid not null,
        is_full boolean not null,
        horizon bigint,
        built_at timestamptz not null default clock_timestamp(),
        primary key (model, build)
    );
    comment on table {{ radar }}.builds is
        'One row per model and time that it was written, in the same transaction as its rows. Horizon: the raw rows below are in it.';

    create table if not exists {{ radar }}.watermarks (
        model text not null,
        source text not null,
        build bigint not null,
        primary key (model, source)
    );
    comment on table {{ radar }}.watermarks is 'One row per model and model that it reads: the build of the source that it has caught up with.';

    {% for table in ['installation', 'contracts', 'runs', 'builds', 'watermarks'] %}
    alter table {{ radar }}.{{ table }} enable row level security;
    {% endfor %}
    {#- stg_events says when a row was processed: who reads it needs to see the builds. -#}
    drop policy if exists builds_service on {{ radar }}.builds;
    create policy builds_service on {{ radar }}.builds for select to {{ role_name('service') }} using (true);
    grant select on {{ radar }}.builds to {{ role_name('service') }};
{% endmacro %}

{% macro schema_grants_sql() %}
    {% set reader, ingest, service = role_name('reader'), role_name('ingest'), role_name('service') %}
    {% set radar = schema_name('radar') %}
    grant usage on schema {{ schema_name('analytics') }}, {{ radar }} to {{ reader }}, {{ service }};
    grant usage on schema {{ schema_name('ingest') }} to {{ ingest }}, {{ service }};
    grant usage on schema {{ radar }} to {{ ingest }};
    grant usage on schema {{ schema_name('staging') }}{{ ', ' ~ schema_name('app') if var('standalone') }} to {{ service }};
    {% for name in ['ingest', 'staging', 'analytics', 'radar'] %}
    revoke all on all functions in schema {{ schema_name(name) }} from public;
    {% endfor %}
    grant execute on function {{ radar }}.current_user_id(), {{ radar }}.current_workspaces() to {{ reader }};
    grant execute on function {{ radar }}.is_timezone, {{ radar }}.ensure_month_partitions to {{ ingest }};
    grant execute on function {{ schema_name('ingest') }}.track to {{ ingest }}, {{ service }};
    grant execute on all functions in schema {{ radar }} to {{ service }};
{% endmacro %}
