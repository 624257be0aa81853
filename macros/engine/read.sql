{#- What a model reads: everything in a full build, what is new or affected in an incremental one. -#}

{% macro arrived(relation) %}
    {#- Raw rows of finished transactions that this model has not read yet. -#}
    {% set horizon = current_horizon() if execute and model.resource_type == 'model' else none %}
    {% if horizon is none %}{{ return(relation) }}{% endif %}
    {% if not is_incremental() %}{{ return('(select * from ' ~ relation ~ ' where ingest_xid < ' ~ horizon ~ ')') }}{% endif %}
    {% set latest = latest_build(model.name) %}
    {{ return('(select * from ' ~ relation ~ ' where ingest_xid >= ' ~ latest.horizon ~ ' and ingest_xid < ' ~ horizon
              ~ ' ' ~ build_marker(latest.build) ~ ')') }}
{% endmacro %}

{% macro build_marker(build) %}
    {#- Says in the compiled SQL which build it continues, so that a run that came second notices. -#}
    {{ return('/* continues build ' ~ build ~ ' */') }}
{% endmacro %}

{% macro affected(relation) %}
    {#- Rows of a source, one that when_changed names, whose keys are recomputed now: a small table that the materialization has
        filled and analyzed, so that what reads it is planned by what is in it. -#}
    {{ return(affected_rows(relation.identifier) if is_incremental() else relation) }}
{% endmacro %}

{% macro affected_rows(source) %}
    {{ return(affected_table() ~ '_' ~ source) }}
{% endmacro %}

{% macro affected_table() %}
    {{ return('pg_temp.affected_' ~ model.name) }}
{% endmacro %}
