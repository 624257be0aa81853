{#- Tables in which the engine remembers what it has done. Their comments say what a row is. -#}

{% macro state_tables_sql() %}
    {% set radar = schema_name('radar') %}
    create table if not exists {{ radar }}.installation (
        only_row boolean primary key default true check (only_row),
        system_identifier bigint not null,
        fingerprint text,
        installed_at timestamptz not null default now()
    );
    alter table {{ radar }}.installation
        add column if not exists run_vars jsonb not null default '{}', add column if not exists run_target text,
        add column if not exists is_standalone boolean, add column if not exists app_schema text;
    comment on table {{ radar }}.installation is
        'One row: the cluster that this database lives in, the version of its functions, and the vars and target that the last run was given.';

    create table if not exists {{ radar }}.past (written_by bigint not null);
    comment on table {{ radar }}.past is 'One row: the transaction that wrote it, by which a restored dump is told.';
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
    alter table {{ radar }}.runs add column if not exists given_up bigint;
    comment on table {{ radar }}.runs is
        'One row per run: every transaction below the horizon was finished when it began, and it reads no row above. Given up: a later
transaction, which it rolled back; where that shows as committed, its id came a second time.';

    create table if not exists {{ radar }}.builds (
        model text not null,
        build bigint not null,
        run_id uuid not null,
        is_full boolean not null,
        horizon bigint,
        built_at timestamptz not null default clock_timestamp(),
        primary key (model, build)
    );
    alter table {{ radar }}.builds drop column if exists definition;
    comment on table {{ radar }}.builds is
        'One row per model and time that it was written, in the same transaction as its rows. Horizon: the raw rows below are in it.';

    create table if not exists {{ radar }}.models (model text primary key, definition text not null, built_with jsonb not null);
    comment on table {{ radar }}.models is 'One row per table and view that dbt builds: hash of its definition at the last run, and of those
that its rows were made with: another one among them means rows of before an edit.';

    create table if not exists {{ radar }}.watermarks (
        model text not null,
        source text not null,
        build bigint not null,
        primary key (model, source)
    );
    comment on table {{ radar }}.watermarks is 'One row per model and model that it reads: the build of the source that it has caught up with.';

    create table if not exists {{ radar }}.gone_projects (workspace_id uuid not null, project_id uuid not null);
    comment on table {{ radar }}.gone_projects is 'One row per project that was deleted since the last run, which recomputes what followed from it.';

    {% for table in ['past', 'gone_projects', 'installation', 'contracts', 'runs', 'builds', 'models', 'watermarks'] %}
    alter table {{ radar }}.{{ table }} enable row level security;
    {% endfor %}
    {#- stg_events says when a row was processed: who reads it needs to see the builds. -#}
    drop policy if exists builds_service on {{ radar }}.builds;
    create policy builds_service on {{ radar }}.builds for select to {{ role_name('service') }} using (true);
{% endmacro %}
