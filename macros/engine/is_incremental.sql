{% macro is_incremental(state=none) %}
    {#- Whether this build only follows what is new. Not when the table is missing or was never recorded, not with --full-refresh,
        not when its definition has changed and the contract says that it is built anew then, and not when a model that it reads was rebuilt since: then nobody knows
        what changed there. -#}
    {% if not execute or model.resource_type != 'model' or model.config.materialized != 'incremental_by_key' %}{{ return(false) }}{% endif %}
    {% if load_cached_relation(this) is none or should_full_refresh() %}{{ return(false) }}{% endif %}
    {% set state = state or engine_state() %}
    {% if state.horizon is none or state.models[model.name].build is none %}{{ return(false) }}{% endif %}
    {% if is_redefined() %}{{ return(false) }}{% endif %}
    {% for name, source in state.models.items() if name != model.name %}
        {% if source.seen is none or source.build is none or source.last_full > source.seen %}{{ return(false) }}{% endif %}
    {% endfor %}
    {{ return(true) }}
{% endmacro %}
