{#- Retention of sessions and their events: whole sessions, and only those whose raw events are gone, which a full build would
    bring back. What persons and devices did is added up before; the days that they counted in are final. -#}

{% macro retain_sessions(derived, raw, apply) %}
    {% set settings = derived | map(attribute='config.meta.table.retention') | list %}
    {% if derived | map(attribute='name') | list != ['session_events', 'sessions'] or settings[0] != settings[1] %}
        {% do exceptions.raise_compiler_error(
            'Of the tables that dbt builds, session_events and sessions can have retention, both with the same values.') %}
    {% endif %}
    {% set raw_days = raw | selectattr('name', 'equalto', 'events') | map(attribute='config.meta.table.retention.days') | list %}
    {#- Sessions stay at least as long as raw events. -#}
    {% set cutoff = utc_midnight([settings[0].days, raw_days[0]] | max) if raw_days else none %}
    {% set sessions, session_events = relation_of(derived[1]), relation_of(derived[0]) %}
    {% set expired = 'false' if cutoff is none else
        expired_sessions(quoted(cutoff) ~ '::timestamptz', quoted(utc_midnight(raw_days[0]))) %}
    {% set found = run_query(
        'select count(*), coalesce(sum(pg_column_size(stored.*)), 0)::bigint, min(session_date)::text, coalesce(sum(event_count), 0)::bigint from '
        ~ sessions ~ ' as stored where ' ~ expired).rows[0] %}
    {% if apply and found[0] %}
        {% do run_query('begin; ' ~ locks_of_models()) %}
        {% do refuse_models_behind() %}
        {% do run_query(record_cutoff('sessions', quoted(cutoff)) ~ '; commit') %}
        {% for batch in range((found[0] / (retention_batch_rows() / 10)) | round(0, 'ceil') | int) %}
            {% do run_query('begin; ' ~ locks_of_models()) %}
            {% do refuse_models_behind() %}
            {% do run_query(retire_sessions_sql(sessions, session_events, expired ~ ' limit ' ~ (retention_batch_rows() / 10) | int) ~ '; commit') %}
        {% endfor %}
    {% endif %}
    {% do report_retention('analytics.sessions', 0, found[0], found[1], found[2], cutoff) %}
    {% do print('%-26s %s rows of those sessions' | format('analytics.session_events', '{:,}'.format(found[3]))) %}
{% endmacro %}

{% macro relation_of(node) %}
    {{ return(api.Relation.create(schema=node.schema, identifier=node.alias).include(database=false)) }}
{% endmacro %}

{% macro refuse_models_behind() %}
    {#- A model that has not read the last changes of sessions would read them without the sessions. -#}
    {% set behind = run_query(models_behind_sql()).rows[0][0] %}
    {% if behind %}
        {% do exceptions.raise_compiler_error(
            behind ~ ' did not finish the last run. No session was removed: complete it with dbt run, then apply retention again.') %}
    {% endif %}
{% endmacro %}

{% macro models_behind_sql() %}
    {#- A model that is no more never reads on: it holds nothing back. -#}
    select string_agg(distinct model, ', ') from {{ schema_name('radar') }}.watermarks as seen
    where
        build < (select max(build) from {{ schema_name('radar') }}.builds as builds where builds.model = seen.source)
        and model in (
            {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized == 'incremental_by_key' %}
            '{{ node.name }}'{{ ',' if not loop.last }}
            {%- endfor %}
        )
{% endmacro %}

{% macro expired_sessions(cutoff, raw_cutoff) -%}
    session_date < ({{ cutoff }} at time zone 'UTC')::date and ended_at < {{ raw_cutoff }}
{%- endmacro %}

{% macro retire_sessions_sql(sessions, session_events, expired) %}
    {#- Nothing of this goes to the journal: models downstream would take the sessions out of days and totals. -#}
    {% set radar = schema_name('radar') %}
    with gone as (
        delete from {{ sessions }}
        where ctid = any(array(select ctid from {{ sessions }} where {{ expired }}))
        returning *
    ),
    gone_events as (
        delete from {{ session_events }} as events using gone
        where
            events.workspace_id = gone.workspace_id
            and events.project_id = gone.project_id
            and events.session_id = gone.session_id
        returning events.workspace_id, events.project_id, events.anonymous_id
    ),
    {% for table in ['session_goals', 'user_activity'] %}
    gone_{{ table }} as (
        delete from {{ schema_name('analytics') }}.{{ table }} as rows using gone
        where {{ same(['workspace_id', 'project_id', 'session_id'], 'rows', 'gone') }}
    ),
    {% endfor %}
    visits as (
        insert into {{ radar }}.retired_visits as kept
        select workspace_id, project_id, user_id, min(started_at), max(ended_at), count(*), sum(event_count)
        from gone
        where user_id is not null
        group by workspace_id, project_id, user_id
        on conflict (workspace_id, project_id, user_id) do update set
            first_seen_at = least(kept.first_seen_at, excluded.first_seen_at),
            last_seen_at = greatest(kept.last_seen_at, excluded.last_seen_at),
            total_sessions = kept.total_sessions + excluded.total_sessions,
            total_events = kept.total_events + excluded.total_events
    ),
    handshakes as (
        insert into {{ radar }}.retired_handshakes
        select handshakes.*
        from {{ schema_name('analytics') }}.handshakes
        inner join gone using (workspace_id, project_id, session_id)
        on conflict do nothing
    )
    insert into {{ radar }}.retired_links
    select workspace_id, project_id, anonymous_id, user_id, link_source, linked_at, traits_at, traits, unlinked_at, event_order
    from {{ schema_name('analytics') }}.identities
    inner join (select distinct workspace_id, project_id, anonymous_id from gone_events) as devices
        using (workspace_id, project_id, anonymous_id)
    on conflict (workspace_id, project_id, anonymous_id, user_id) do update set
        link_source = excluded.link_source, linked_at = excluded.linked_at, unlinked_at = excluded.unlinked_at,
        traits_at = excluded.traits_at, traits = excluded.traits, event_order = excluded.event_order
{% endmacro %}
