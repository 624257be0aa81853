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

{% macro affected(relation, rename={}) %}
    {#- Rows of the relation whose keys are recomputed now. `rename` maps our key column to the relation's where they differ. -#}
    {% if not is_incremental() %}{{ return(relation) }}{% endif %}
    {% set conditions = [] %}
    {% for column in recompute_config().by %}
        {% do conditions.append('affected.' ~ column ~ ' = source.' ~ rename.get(column, column)) %}
    {% endfor %}
    {{ return('(select source.* from ' ~ affected_table() ~ ' as affected inner join ' ~ relation ~ ' as source on '
              ~ conditions | join(' and ') ~ ')') }}
{% endmacro %}

{% macro affected_table() %}
    {{ return('pg_temp.affected_' ~ model.name) }}
{% endmacro %}
