{#- What a model reads: everything in a full build, what is new or affected in an incremental one. -#}

{% macro arrived(relation) %}
    {#- Raw rows of finished transactions that this model has not read yet. -#}
    {% if not execute or model.resource_type != 'model' %}{{ return(relation) }}{% endif %}
    {% set state = engine_state() %}
    {% if state.horizon is none %}{{ return(relation) }}{% endif %}
    {% set own = state.models[model.name] %}
    {% if not is_incremental(state) %}{{ return(with_carried_over_events(relation, state.horizon, own.horizon or 0)) }}{% endif %}
    {{ return('(select * from ' ~ relation ~ ' where ' ~ arrived_condition(own.horizon, state.horizon) ~ ' ' ~ build_marker(own.build) ~ ')') }}
{% endmacro %}

{% macro arrived_condition(read_until, horizon) %}
    {{- return('ingest_xid >= ' ~ read_until ~ ' and ingest_xid < ' ~ horizon) -}}
{% endmacro %}

{% macro rewritten(relation) %}
    {#- Rows of the application's own table that were written since the run before this model's last build: the version of a row says
        which transaction wrote it, so a change is found whatever updated_at says, and one that was committed late is found by
        the run that follows. Rows that this model has read already may come again, which changes nothing. -#}
    {% set state = engine_state() if execute and model.resource_type == 'model' else none %}
    {% if not state or state.horizon is none or not is_incremental(state) %}{{ return(relation) }}{% endif %}
    {#- age() counts transactions back from now, as 32-bit ids that wrap allow. -#}
    {{ return('(select * from ' ~ relation ~ " as stored where age(stored.xmin) <= age('"
              ~ (state.models[model.name].horizon % 4294967296) ~ "'::xid))") }}
{% endmacro %}

{% macro build_marker(build) %}
    {#- Says in the compiled SQL which build it continues, so that a run that came second notices. -#}
    {{ return('/* continues build ' ~ build ~ ' */') }}
{% endmacro %}

{% macro affected(relation, way=0, where=none) %}
    {#- Rows of a source, one that when_changed names, whose keys are recomputed now; of several ways there, the one to look them
        up by. A lateral join, because few keys of a big table are wanted: each is looked up by an index whatever PostgreSQL
        expects of their number. `where` is for an index that has only such rows. -#}
    {% if not is_incremental() %}{{ return('(select * from ' ~ relation ~ ' where ' ~ where ~ ')' if where else relation) }}{% endif %}
    {% set recompute = recompute_config() %}
    {% set rename = ways_from(recompute, relation.identifier)[way].get('rename', {}) %}
    {% set conditions = [where] if where else [] %}
    {% for column in recompute.by %}
        {% do conditions.append('source.' ~ rename.get(column, column) ~ ' = affected.' ~ column) %}
    {% endfor %}
    {{ return('(select looked_up.* from ' ~ affected_table() ~ ' as affected cross join lateral (select * from ' ~ relation
              ~ ' as source where ' ~ conditions | join(' and ') ~ ' offset 0) as looked_up)') }}
{% endmacro %}

{% macro affected_table() %}
    {{ return('pg_temp.affected_' ~ model.name) }}
{% endmacro %}
