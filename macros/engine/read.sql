{#- What a model reads: everything in a full build, what is new or affected in an incremental one. -#}

{% macro arrived(relation) %}
    {#- Raw rows of finished transactions that this model has not read yet. -#}
    {% set horizon = current_horizon() if execute and model.resource_type == 'model' else none %}
    {% if horizon is none %}{{ return(relation) }}{% endif %}
    {% if not is_incremental() %}{{ return(with_carried_over_events(relation, horizon)) }}{% endif %}
    {% set latest = latest_build(model.name) %}
    {{ return('(select * from ' ~ relation ~ ' where ingest_xid >= ' ~ latest.horizon ~ ' and ingest_xid < ' ~ horizon
              ~ ' ' ~ build_marker(latest.build) ~ ')') }}
{% endmacro %}

{% macro build_marker(build) %}
    {#- Says in the compiled SQL which build it continues, so that a run that came second notices. -#}
    {{ return('/* continues build ' ~ build ~ ' */') }}
{% endmacro %}

{% macro affected(relation) %}
    {#- Rows of a source, one that when_changed names, whose keys are recomputed now. A lateral join, because few keys of a big
        table are wanted: each is looked up by an index whatever PostgreSQL expects of their number. -#}
    {% if not is_incremental() %}{{ return(relation) }}{% endif %}
    {% set recompute = recompute_config() %}
    {% set rename = recompute.when_changed[relation.identifier].get('rename', {}) %}
    {% set conditions = [] %}
    {% for column in recompute.by %}
        {% do conditions.append('source.' ~ rename.get(column, column) ~ ' = affected.' ~ column) %}
    {% endfor %}
    {{ return('(select looked_up.* from ' ~ affected_table() ~ ' as affected cross join lateral (select * from ' ~ relation
              ~ ' as source where ' ~ conditions | join(' and ') ~ ' offset 0) as looked_up)') }}
{% endmacro %}

{% macro affected_table() %}
    {{ return('pg_temp.affected_' ~ model.name) }}
{% endmacro %}
