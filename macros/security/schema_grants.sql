{#- Who may use which schema and call which function. Nothing is granted to public. -#}

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
    grant execute on function {{ radar }}.current_user_id(), {{ radar }}.current_workspaces(), {{ radar }}.local_date,
        {{ radar }}.path_pattern to {{ reader }};
    grant execute on function {{ radar }}.is_timezone, {{ radar }}.assert_goal, {{ radar }}.goal_problem,
        {{ radar }}.properties_problem, {{ radar }}.properties_match, {{ radar }}.try_numeric, {{ radar }}.ensure_month_partitions to {{ ingest }};
    grant execute on function {{ schema_name('ingest') }}.track to {{ ingest }}, {{ service }};
    grant execute on all functions in schema {{ radar }} to {{ service }};
{% endmacro %}
