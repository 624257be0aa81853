{% macro is_incremental() %}
    {#- Whether this build only follows what is new. Not when the table is missing or was never recorded, not with --full-refresh,
        and not when a model that it reads was rebuilt since: then nobody knows what changed there. -#}
    {% if not execute or model.resource_type != 'model' or model.config.materialized != 'incremental_by_key' %}{{ return(false) }}{% endif %}
    {% if load_cached_relation(this) is none or should_full_refresh() or current_horizon() is none %}{{ return(false) }}{% endif %}
    {% if latest_build(model.name) is none %}{{ return(false) }}{% endif %}
    {% for source in recompute_config().get('when_changed', {}) %}
        {% set seen = watermark(model.name, source) %}
        {% set now = latest_build(source) %}
        {% if seen is none or now is none or now.last_full > seen %}{{ return(false) }}{% endif %}
    {% endfor %}
    {{ return(true) }}
{% endmacro %}
