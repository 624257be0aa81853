{#- What a model has read so far. Written in the transaction of its rows, so that a crash leaves both or neither. -#}

{% macro engine_state() %}
    {#- {horizon, models}: the horizon of this run (none outside of one) and, of the model and of each that it reads, {build, horizon,
        last_full, seen}: its latest build, how far it has read raw rows, its last full build, and the build of it that this model
        has caught up with; each none when there is none. Of a run that began earlier and
        ended later than another the horizon is lower: what was read since the last full build counts, and nothing from before.
        A query that asks several times while it is compiled gets one answer. A model that had nothing to read when the run began,
        and of whose sources the run has built none since, gets the answer of then: each question takes a connection, which was a
        tenth of a short run. -#}
    {% if not execute or flags.WHICH not in ['run', 'build'] %}{{ return({'horizon': none, 'models': {}}) }}{% endif %}
    {% if model.name not in graph.engine.states %}
        {% set names, state = model_and_sources(), graph.engine.states_at_start.get(model.name) %}
        {% if reads_arrivals() or not state or state.models.keys() | sort != names | sort or sources_have_changed(state)
              or names | select('in', graph.engine.built) | list %}
            {% set state = read_states(pairs_of_model(names))[model.name] %}
        {% endif %}
        {% do graph.engine.states.update({model.name: state}) %}
    {% endif %}
    {{ return(graph.engine.states[model.name]) }}
{% endmacro %}

{% macro locked_engine_state() %}
    {#- The same, as it is once no other run builds the model: a second one waits here, and then finds what the first has done. -#}
    {% set lock = "select pg_advisory_xact_lock(hashtext('" ~ this ~ "'));" %}
    {% set state = read_states(pairs_of_model(model_and_sources()), lock)[model.name] %}
    {% do graph.engine.states.update({model.name: state}) %}
    {{ return(state) }}
{% endmacro %}

{% macro model_and_sources() %}
    {{ return([model.name] + recompute_config().get('when_changed', {}).keys() | list) }}
{% endmacro %}

{% macro pairs_of_model(names) %}
    {{ return("(select '" ~ model.name ~ "', unnest(array['" ~ names | join("', '") ~ "']))") }}
{% endmacro %}

{% macro remember_states() %}
    {#- What every model has read when the run begins. `graph` is the one thing that all nodes of a run share. -#}
    {% set watermarks = schema_name('radar') ~ '.watermarks' %}
    {% set states = read_states('(select model, source from ' ~ watermarks ~ ' union select model, model from ' ~ watermarks ~ ')') %}
    {% do graph.update({'engine': {'states': {}, 'states_at_start': states, 'built': []}}) %}
{% endmacro %}

{% macro read_states(names, lock='') %}
    {#- {model: its state} of a relation that lists each model with itself and with its sources, read when the lock is there. -#}
    {% set radar = schema_name('radar') %}
    {% set query %}
        select
            names.model, names.source, latest.build, latest.horizon, latest.last_full, watermarks.build as seen,
            (select horizon from {{ radar }}.runs where run_id = '{{ invocation_id }}') as run_horizon
        from {{ names }} as names (model, source)
        left join lateral (
            select max(build) as build, max(horizon) as horizon, min(build) as last_full
            from {{ radar }}.builds
            where
                builds.model = names.source
                and build >= (select max(build) from {{ radar }}.builds as full_builds where full_builds.model = names.source and is_full)
        ) as latest on true
        left join {{ radar }}.watermarks on watermarks.model = names.model and watermarks.source = names.source
    {% endset %}
    {% set states = {} %}
    {% for row in run_query(lock ~ query).rows %}
        {% do states.setdefault(row[0], {'horizon': row[6], 'models': {}}).models.update(
            {row[1]: {'build': row[2], 'horizon': row[3], 'last_full': row[4], 'seen': row[5]}}) %}
    {% endfor %}
    {{ return(states) }}
{% endmacro %}

{% macro latest_build(model_name) %}
    {#- {build, horizon} of any model, each none when it was never built: for commands beside the runs. -#}
    {% set builds = schema_name('radar') ~ '.builds where model = ' ~ quoted(model_name) %}
    {% set row = run_query(
        'select max(build), max(horizon) from ' ~ builds ~ ' and build >= (select max(build) from ' ~ builds ~ ' and is_full)').rows[0] %}
    {{ return({'build': row[0], 'horizon': row[1]}) }}
{% endmacro %}

{% macro record_build(state, is_full, condition='true') %}
    {#- Statements that record this build, if the condition holds, and that what the sources had changed until now is read. -#}
    {% set build = (state.models[model.name].build or 0) + 1 %}
    {% set horizon = state.horizon if reads_arrivals() else none %}
    {% do graph.engine.built.append(model.name) %}
    insert into {{ schema_name('radar') }}.builds (model, build, run_id, is_full, horizon)
    select '{{ model.name }}', {{ build }}, '{{ invocation_id }}', {{ is_full }}, {{ horizon if horizon is not none else 'null' }}
    where {{ condition }};
    {{ record_definition(is_full) }};
    {{ record_watermarks(state) }}
{% endmacro %}

{% macro record_watermarks(state) %}
    {#- Statements that record that what the sources had changed until now is read. -#}
    {% for source, known in state.models.items() if source != model.name %}
    insert into {{ schema_name('radar') }}.watermarks (model, source, build) values ('{{ model.name }}', '{{ source }}', {{ known.build or 0 }})
    on conflict (model, source) do update set build = excluded.build;
    {% endfor %}
{% endmacro %}

{% macro recompute_config() %}
    {#- The recompute entry of the model's contract, checked. -#}
    {% set recompute = model.config.get('meta', {}).get('table', {}).get('recompute') %}
    {% if recompute is none %}
        {% do exceptions.raise_compiler_error(model.name ~ ': incremental_by_key needs meta.table.recompute in its contract') %}
    {% endif %}
    {% do assert_known_keys(recompute, ['by', 'when_changed', 'arrivals', 'mirrors', 'mirrors_only', 'whole', 'changes', 'final_days', 'when_redefined'], model.name ~ ', meta.table.recompute') %}
    {{ return(recompute) }}
{% endmacro %}

{% macro reads_arrivals() %}
    {{ return('arrivals' in recompute_config() or 'mirrors' in recompute_config()) }}
{% endmacro %}
