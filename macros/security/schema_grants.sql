{#- Who may use which schema and call which function. Nothing is granted to public, nor to anybody but the roles of the var. -#}

{% macro schema_users() %}
    {#- {schema: the roles that may use it}, beside the service role, which may use them all. -#}
    {% set users = {'analytics': ['reader'], 'radar': ['reader', 'ingest'], 'ingest': ['ingest'], 'staging': []} %}
    {% if var('standalone') %}{% do users.update({'app': []}) %}{% endif %}
    {{ return(users) }}
{% endmacro %}

{% macro function_users() %}
    {#- {schema: {function: the role that may call it, none for nobody}}, beside the service role, which may call them all. Of radar's
        own schema, those that are not named are the service role's alone. -#}
    {{ return({
        'analytics': {
            'funnel': 'reader', 'named_funnel': 'reader', 'funnel_walk': 'reader', 'funnel_attempts': 'reader', 'nearest_prompts': 'reader',
            'refresh_all_materialized_views': none, 'calculate_percentiles': none, 'cleanup_old_data': none, 'update_updated_at': none},
        'ingest': {'track': 'ingest'},
        'radar': {
            'current_user_id': 'reader', 'current_workspaces': 'reader', 'local_date': 'reader', 'path_pattern': 'reader', 'nearest_calls': 'reader',
            'nearest_own_calls': 'reader', 'assert_timezone': 'ingest', 'assert_goal': 'ingest', 'goal_problem': 'ingest',
            'properties_problem': 'ingest', 'properties_match': 'ingest', 'try_numeric': 'ingest', 'ensure_month_partitions': 'ingest',
            'assert_bot_class': 'ingest', 'bot_classes': 'ingest'}}) }}
{% endmacro %}
