{#- `radar recompute`: days of the past as the goals, domains and time zones of now say, without a full refresh. It tells the journal
    that the sessions have changed; the next run then recomputes what follows from them and writes what differs. -#}

{% macro recompute(project=none, first_date=none, last_date=none) %}
    {#- Sessions of one project (its slug, or slug of several workspaces) or all, that start on the days (ends included; none: no limit). -#}
    {% set session_events = ref('session_events').include(database=false) %}
    {% set contract = contract_named('session_events') %}
    {% set columns = contract.recompute.changes | join(', ') %}
    {% set build = latest_build('session_events').build %}
    {% if build is none %}{% do exceptions.raise_compiler_error('Nothing is built yet, so nothing can be recomputed. Run dbt first.') %}{% endif %}
    {% if project and not run_query(projects_in_scope(project)).rows %}
        {% do exceptions.raise_compiler_error('No project has the slug ' ~ project ~ '. Nothing was changed.') %}
    {% endif %}
    {% do run_query("begin; select pg_advisory_xact_lock(hashtext('" ~ ref('session_events') ~ "'))") %}
    {% do run_query('create temporary table recomputed_sessions on commit drop as ' ~ sessions_in_scope(session_events, project, first_date, last_date)
                    ~ '; create unique index on recomputed_sessions (workspace_id, project_id, session_id); analyze recomputed_sessions') %}
    {% do run_query(journal_scope_sql(session_events, columns, build + 1)) %}
    {#- A session's day is the one thing that session_events takes from its project. -#}
    {% do run_query(move_days_sql(session_events)) %}
    {% do run_query(journal_scope_sql(session_events, columns, build + 1)) %}
    {% set count = run_query('select count(*) from recomputed_sessions').rows[0][0] %}
    {% do run_query("insert into " ~ schema_name('radar') ~ ".builds (model, build, run_id, is_full) values ('session_events', "
                    ~ (build + 1) ~ ", '" ~ invocation_id ~ "', false); commit") %}
    {% do print('{:,}'.format(count) ~ ' sessions to recompute') %}
{% endmacro %}

{% macro contract_named(model_name) %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model_name %}
        {{ return(node.config.meta.table) }}
    {% endfor %}
{% endmacro %}

{% macro projects_in_scope(project) %}
    select workspace_id, project_id, coalesce(settings ->> 'timezone', 'UTC') as project_timezone from {{ ref('projects') }}
    {{ 'where slug = ' ~ quoted(project) if project }}
{% endmacro %}

{% macro sessions_in_scope(session_events, project, first_date, last_date) %}
    {#- A session keeps its first event on either side of a change of day, so the days are those that it has now or will have. -#}
    select workspace_id, project_id, session_id, new_date
    from {{ session_events }}
    inner join ({{ projects_in_scope(project) }}) as projects using (workspace_id, project_id)
    cross join lateral (select (occurred_at at time zone project_timezone)::date as new_date) as dated
    where
        is_session_start
        {%- for bound, sign in [(first_date, '>='), (last_date, '<=')] if bound %}
        and {{ 'greatest' if sign == '>=' else 'least' }}(session_date, new_date) {{ sign }} {{ quoted(bound) }}::date
        {%- endfor %}
{% endmacro %}

{% macro journal_scope_sql(session_events, columns, build) %}
    insert into {{ changes_table('session_events') }} (build, {{ columns }})
    select distinct {{ build }}, {{ columns }}
    from {{ session_events }}
    inner join recomputed_sessions using (workspace_id, project_id, session_id)
{% endmacro %}

{% macro move_days_sql(session_events) %}
    update {{ session_events }} as events
    set session_date = new_date
    from recomputed_sessions as moved
    where {{ same(['workspace_id', 'project_id', 'session_id'], 'events', 'moved') }} and session_date <> new_date
{% endmacro %}
