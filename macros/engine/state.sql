{#- What a model has read so far. Written in the transaction of its rows, so that a crash leaves both or neither. -#}

{% macro current_horizon() %}
    {#- The horizon of this run; none outside of a run (dbt show, compile, test). -#}
    {% set radar = schema_name('radar') %}
    {% if not run_query("select to_regclass('" ~ radar ~ ".runs') is not null").rows[0][0] %}{{ return(none) }}{% endif %}
    {% set rows = run_query("select horizon from " ~ radar ~ ".runs where run_id = '" ~ invocation_id ~ "'").rows %}
    {{ return(rows[0][0] if rows else none) }}
{% endmacro %}

{% macro latest_build(model_name) %}
    {#- {build, horizon, last_full} of the model, or none when it was never built. Of a run that began earlier and ended later
        than another the horizon is lower: what was read since the last full build counts, and nothing from before. -#}
    {% set builds = schema_name('radar') ~ '.builds where model = ' ~ quoted(model_name) %}
    {% set rows = run_query(
        'select max(build), max(horizon), min(build) from ' ~ builds ~ ' and build >= (select max(build) from ' ~ builds
        ~ ' and is_full) having count(*) > 0').rows %}
    {{ return({'build': rows[0][0], 'horizon': rows[0][1], 'last_full': rows[0][2]} if rows else none) }}
{% endmacro %}

{% macro watermark(model_name, source) %}
    {#- Build of the source that the model has caught up with, or none. -#}
    {% set rows = run_query(
        "select build from " ~ schema_name('radar') ~ ".watermarks where model = '" ~ model_name ~ "' and source = '" ~ source ~ "'"
    ).rows %}
    {{ return(rows[0][0] if rows else none) }}
{% endmacro %}

{% macro record_build(build, is_full, sources) %}
    {#- Statement that records this build and that the sources ({model: build}) are read. -#}
    {% set radar = schema_name('radar') %}
    {% set horizon = current_horizon() if reads_arrivals() else none %}
    insert into {{ radar }}.builds (model, build, run_id, is_full, horizon)
    values ('{{ model.name }}', {{ build }}, '{{ invocation_id }}', {{ is_full }}, {{ horizon if horizon is not none else 'null' }});
    {% for source, source_build in sources.items() %}
    insert into {{ radar }}.watermarks (model, source, build) values ('{{ model.name }}', '{{ source }}', {{ source_build }})
    on conflict (model, source) do update set build = excluded.build;
    {% endfor %}
{% endmacro %}

{% macro recompute_config() %}
    {#- The recompute entry of the model's contract, checked. -#}
    {% set recompute = model.config.get('meta', {}).get('table', {}).get('recompute') %}
    {% if recompute is none %}
        {% do exceptions.raise_compiler_error(model.name ~ ': incremental_by_key needs meta.table.recompute in its contract') %}
    {% endif %}
    {% do assert_known_keys(recompute, ['by', 'when_changed', 'arrivals', 'changes', 'final_days'], model.name ~ ', meta.table.recompute') %}
    {{ return(recompute) }}
{% endmacro %}

{% macro reads_arrivals() %}
    {{ return(recompute_config().get('arrivals', false)) }}
{% endmacro %}
