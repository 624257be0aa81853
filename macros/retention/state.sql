{#- What retention remembers, so that rows that are gone keep counting where they must. -#}

{% macro retention_tables_sql() %}
    {% set radar = schema_name('radar') %}
    create table if not exists {{ radar }}.retention (
        relation text primary key,
        cutoff timestamptz not null,
        applied_at timestamptz not null default now()
    );
    comment on table {{ radar }}.retention is
        'One row per relation that retention was applied to: rows before the cutoff are gone, or will be by the next time.';

    create table if not exists {{ radar }}.retired_visits (
        workspace_id uuid,
        project_id uuid,
        user_id text,
        first_seen_at timestamptz not null,
        last_seen_at timestamptz not null,
        total_sessions bigint not null,
        total_events bigint not null,
        primary key (workspace_id, project_id, user_id)
    );
    comment on table {{ radar }}.retired_visits is 'One row per known person: the visits that retention removed, added up.';

    create table if not exists {{ radar }}.retired_links (
        workspace_id uuid,
        project_id uuid,
        anonymous_id text,
        user_id text,
        link_source text not null,
        linked_at timestamptz not null,
        traits_at timestamptz,
        traits jsonb not null,
        primary key (workspace_id, project_id, anonymous_id, user_id)
    );
    alter table {{ radar }}.retired_links add column if not exists unlinked_at timestamptz,
        add column if not exists event_order bigint;
    comment on table {{ radar }}.retired_links is
        'One row per device and person: the link as it was when retention removed events of the device.';

    create table if not exists {{ radar }}.retired_handshakes (
        workspace_id uuid,
        project_id uuid,
        handshake_token text,
        session_id text,
        anonymous_id text,
        opened_at timestamptz,
        channel_type text,
        external_id text,
        thread_id text,
        sent_at timestamptz,
        linked_at timestamptz,
        user_id text,
        primary key (workspace_id, project_id, handshake_token)
    );
    comment on table {{ radar }}.retired_handshakes is
        'One row per handshake token: the link as it was when retention removed its visit.';

    {% for table in ['retention', 'retired_visits', 'retired_links', 'retired_handshakes'] %}
    alter table {{ radar }}.{{ table }} enable row level security;
    {% endfor %}
{% endmacro %}

{% macro retention_cutoff(model_name) %}
    {#- Time before which retention removed rows of the model, as text with its zone; none when it never did. -#}
    {% set rows = run_query(
        'select cutoff::text from ' ~ schema_name('radar') ~ ".retention where relation = '" ~ model_name ~ "'").rows %}
    {{ return(rows[0][0] if rows else none) }}
{% endmacro %}

{% macro record_cutoff(model_name, cutoff) %}
    insert into {{ schema_name('radar') }}.retention as recorded (relation, cutoff) values ('{{ model_name }}', {{ cutoff }})
    on conflict (relation) do update
    set cutoff = greatest(recorded.cutoff, excluded.cutoff), applied_at = excluded.applied_at
{% endmacro %}

{% macro retired(table_name) %}
    {#- Rows of a table of retired sums whose keys this model recomputes now: all in a full build. -#}
    {% set table = schema_name('radar') ~ '.' ~ table_name %}
    {% if not is_incremental() %}{{ return(table) }}{% endif %}
    {{ return('(select source.* from ' ~ affected_table() ~ ' as affected inner join ' ~ table ~ ' as source using ('
              ~ recompute_config().by | join(', ') ~ '))') }}
{% endmacro %}
