{#- `radar recompute`: days of the past as the goals, domains and time zones of now say, without a full refresh. It tells the journals
    that the sessions, calls and runs have changed; the next run then recomputes what follows from them and writes what differs. -#}

{% macro recompute(workspace=none, project=none, first_date=none, last_date=none) %}
    {#- Of one workspace or project (its slug, or slug of several workspaces) or all: sessions that start, calls and runs of agents
        on the days (ends included; none: no limit). Runs belong to no project: who names one leaves them out. -#}
    {% set projects = projects_in_scope(workspace, project) %}
    {% do refuse_unknown_scope(workspace, project, projects) %}
    {% do recompute_sessions(projects, first_date, last_date) %}
    {% do recompute_conversations(projects, first_date, last_date) %}
    {% do recompute_calls(projects, first_date, last_date) %}
    {% if not project %}{% do recompute_runs(workspace, first_date, last_date) %}{% endif %}
{% endmacro %}

{% macro recompute_sessions(projects, first_date, last_date) %}
    {% set session_events = relation_named('session_events').include(database=false) %}
    {% set contract = contract_named('session_events') %}
    {% set columns = contract.recompute.changes | join(', ') %}
    {% set build = begin_recompute('session_events') %}
    {% do run_query('create temporary table recomputed_sessions on commit drop as ' ~ sessions_in_scope(session_events, projects, first_date, last_date)
                    ~ '; create unique index on recomputed_sessions (workspace_id, project_id, session_id); analyze recomputed_sessions') %}
    {% do run_query(journal_scope_sql(session_events, columns, build)) %}
    {#- A session's day is the one thing that session_events takes from its project. -#}
    {% do run_query(move_days_sql(session_events)) %}
    {% do run_query(journal_scope_sql(session_events, columns, build)) %}
    {% set count = run_query('select count(*) from recomputed_sessions').rows[0][0] %}
    {% do end_recompute('session_events', build) %}
    {% do print('{:,}'.format(count) ~ ' sessions to recompute') %}
{% endmacro %}

{% macro recompute_conversations(projects, first_date, last_date) %}
    {#- The day of a conversation follows from its project; the messages in it do not. -#}
    {% set build = begin_recompute('conversation_events') %}
    {% do run_query('insert into ' ~ changes_table('conversation_events') ~ ' (build, workspace_id, project_id, anonymous_id) select distinct ' ~ build
                    ~ ', workspace_id, project_id, anonymous_id from ' ~ relation_named('conversations') ~ ' inner join (' ~ projects
                    ~ ') as projects using (workspace_id, project_id) cross join lateral (select (started_at at time zone project_timezone)::date'
                    ~ ' as new_date) as dated where true ' ~ within_days('conversation_date', 'new_date', first_date, last_date)) %}
    {% do end_recompute('conversation_events', build) %}
{% endmacro %}

{% macro recompute_calls(projects, first_date, last_date) %}
    {#- The day and hour of a call are what llm_usage takes from its project. The day that it leaves is recomputed too. -#}
    {% set calls = relation_named('llm_usage').include(database=false) %}
    {% set build = begin_recompute('llm_usage') %}
    {% do run_query('create temporary table recomputed_calls on commit drop as ' ~ calls_in_scope(calls, projects, first_date, last_date)) %}
    {% do run_query('insert into ' ~ changes_table('llm_usage') ~ ' (build, workspace_id, project_id, call_date) select distinct ' ~ build
                    ~ ', workspace_id, project_id, day from recomputed_calls cross join lateral (values (call_date), (new_date)) as days (day)') %}
    {% do run_query('update ' ~ calls ~ ' as calls set call_date = new_date, call_hour = new_hour from recomputed_calls as moved where '
                    ~ same(['workspace_id', 'call_id'], 'calls', 'moved') ~ ' and (calls.call_date, calls.call_hour) <> (new_date, new_hour)') %}
    {% set count = run_query('select count(*) from recomputed_calls').rows[0][0] %}
    {% do end_recompute('llm_usage', build) %}
    {% do print('{:,}'.format(count) ~ ' calls to recompute') %}
{% endmacro %}

{% macro recompute_runs(workspace, first_date, last_date) %}
    {% set columns = contract_named('runs').recompute.changes | join(', ') %}
    {% set build = begin_recompute('runs') %}
    {% do run_query('insert into ' ~ changes_table('runs') ~ ' (build, ' ~ columns ~ ') select ' ~ build ~ ', ' ~ columns ~ ' from ' ~ relation_named('runs')
                    ~ ' where ' ~ ('workspace_id in (' ~ workspaces_in_scope(workspace) ~ ')' if workspace else 'true')
                    ~ within_days('run_date', 'run_date', first_date, last_date)) %}
    {% set count = run_query('select count(*) from ' ~ changes_table('runs') ~ ' where build = ' ~ build).rows[0][0] %}
    {% do end_recompute('runs', build) %}
    {% do print('{:,}'.format(count) ~ ' runs to recompute') %}
{% endmacro %}

{% macro begin_recompute(model_name) %}
    {#- Waits until nobody builds the model, and begins the build, whose number it returns, that is nothing but its journal. -#}
    {% do run_query("begin; select pg_advisory_xact_lock(hashtext('" ~ relation_named(model_name) ~ "'))") %}
    {% set build = latest_build(model_name).build %}
    {% if build is none %}{% do exceptions.raise_compiler_error('Nothing is built yet, so nothing can be recomputed. Run dbt first.') %}{% endif %}
    {{ return(build + 1) }}
{% endmacro %}

{% macro end_recompute(model_name, build) %}
    {% do run_query("insert into " ~ schema_name('radar') ~ ".builds (model, build, run_id, is_full) values ('" ~ model_name ~ "', "
                    ~ build ~ ", '" ~ invocation_id ~ "', false); commit") %}
{% endmacro %}

{% macro refuse_unknown_scope(workspace, project, projects) %}
    {% if workspace and not run_query(workspaces_in_scope(workspace)).rows %}
        {% do exceptions.raise_compiler_error('No workspace has the slug or id ' ~ workspace ~ '. Nothing was changed.') %}
    {% endif %}
    {% if project and not run_query(projects).rows %}
        {% do exceptions.raise_compiler_error('No project has the slug ' ~ project ~ '. Nothing was changed.') %}
    {% endif %}
{% endmacro %}

{% macro recompute_gone_projects() %}
    {#- A project that was deleted has no time zone, domain or goals: what follows from it is computed as for one that never had any. -#}
    {% set gone = schema_name('radar') ~ '.gone_projects' %}
    {% if run_query('select exists (select from ' ~ gone ~ ')').rows[0][0] and latest_build('session_events').build and latest_build('llm_usage').build
       and latest_build('conversations').build %}
        {% set projects = "select workspace_id, project_id, 'UTC' as project_timezone from " ~ gone %}
        {% do print('Projects were deleted: what they named is recomputed without them.') %}
        {% do recompute_sessions(projects, none, none) %}
        {% do recompute_conversations(projects, none, none) %}
        {% do recompute_calls(projects, none, none) %}
        {% do run_query('delete from ' ~ gone ~ '; commit') %}
    {% endif %}
{% endmacro %}

{% macro project_gone_function() %}
create or replace function {{ schema_name('radar') }}.project_gone()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $function$
begin
    insert into {{ schema_name('radar') }}.gone_projects (workspace_id, project_id) values (old.workspace_id, old.project_id);
    return old;
end
$function$;
{% endmacro %}

{% macro relation_named(model_name) %}
    {#- A model's relation for commands beside the runs, and before them, where dbt allows no ref. -#}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model_name %}
        {{ return(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias)) }}
    {% endfor %}
{% endmacro %}

{% macro contract_named(model_name) %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model_name %}
        {{ return(node.config.meta.table) }}
    {% endfor %}
{% endmacro %}

{% macro workspaces_in_scope(workspace) %}
    select workspace_id from {{ schema_name('radar') }}.workspaces() where {{ quoted(workspace) }} in (slug, workspace_id::text)
{% endmacro %}

{% macro projects_in_scope(workspace, project) %}
    select workspace_id, project_id, coalesce(settings ->> 'timezone', 'UTC') as project_timezone from {{ relation_named('projects') }}
    where true
    {{ 'and slug = ' ~ quoted(project) if project }}
    {{ 'and workspace_id in (' ~ workspaces_in_scope(workspace) ~ ')' if workspace }}
{% endmacro %}

{% macro within_days(old_day, new_day, first_date, last_date) %}
    {#- A row counts on the day that it has now and on the one that it will have. -#}
    {%- for bound, sign in [(first_date, '>='), (last_date, '<=')] if bound %}
    and {{ 'greatest' if sign == '>=' else 'least' }}({{ old_day }}, {{ new_day }}) {{ sign }} {{ quoted(bound) }}::date
    {%- endfor %}
{% endmacro %}

{% macro calls_in_scope(calls, projects, first_date, last_date) %}
    select workspace_id, project_id, call_id, call_date, new_date, date_trunc('hour', occurred_at, project_timezone) as new_hour
    from {{ calls }}
    inner join ({{ projects }}) as projects using (workspace_id, project_id)
    cross join lateral (select (occurred_at at time zone project_timezone)::date as new_date) as dated
    where true {{ within_days('call_date', 'new_date', first_date, last_date) }}
{% endmacro %}

{% macro sessions_in_scope(session_events, projects, first_date, last_date) %}
    select workspace_id, project_id, session_id, new_date
    from {{ session_events }}
    inner join ({{ projects }}) as projects using (workspace_id, project_id)
    cross join lateral (select (occurred_at at time zone project_timezone)::date as new_date) as dated
    where is_session_start {{ within_days('session_date', 'new_date', first_date, last_date) }}
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
