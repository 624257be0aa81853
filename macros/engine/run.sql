{#- A run begins: the installation is up to date, the database is the one we know, and the horizon is drawn. -#}

{% macro start_run() %}
    {% if not execute or flags.WHICH not in ['run', 'build'] %}{{ return('') }}{% endif %}
    {% do refuse_partial_reads() %}
    {% do refuse_unfit_application() %}
    {% do create_vectors() %}
    {% set installed = install() %}
    {% do tell_missing_vectors() %}
    {% do remember_run() %}
    {#- Every transaction below the horizon is finished, so no row can appear below it later: what this run does not see, the
        next one will. -#}
    {% set drawn = run_query('begin; select pg_snapshot_xmin(pg_current_snapshot()), pg_current_xact_id()').rows[0] %}
    {% do run_query('rollback') %}
    {% do run_query('insert into ' ~ schema_name('radar') ~ ".runs (run_id, horizon, given_up) values ('" ~ invocation_id ~ "', '" ~ drawn[0]
                    ~ "', '" ~ drawn[1] ~ "');" ~ prune_history() ~ '; commit') %}
    {% do remember_catalog() %}
    {% for table in partitioned_tables() if (in_catalog(table.relation) or {}).partition_key %}
        {% do make_partitions_ahead(table.relation, table.partition_by) %}
    {% endfor %}
    {% do run_query('commit') %}
    {% do forget_gone_models() %}
    {% do recompute_gone_projects() %}
    {% do remember_states() %}
    {% do remember_definitions(installed) %}
{% endmacro %}

{% macro remember_run() %}
    {#- For the commands beside the runs, which compute as the last run did. -#}
    {% set given = invocation_args_dict.get('vars', {}) %}
    {% set values = (quoted(tojson(given if given is mapping else fromyaml(given))), quoted(target.name), var('standalone'), quoted(var('app_schema'))) %}
    {% do run_query('update ' ~ schema_name('radar') ~ '.installation set (run_vars, run_target, is_standalone, app_schema) = (' ~ values | join(', ')
                    ~ ') where (run_vars, run_target, is_standalone, app_schema) is distinct from (' ~ values | join(', ') ~ '); commit') %}
{% endmacro %}

{% macro prune_history() %}
    {#- Statements that forget runs and builds of which nothing is asked any more: after a week only the last full build of a model, its
        latest, and the one that has read the furthest since. processed_at of an event asks for builds of session_events: of each
        day before, the last one stays, so that it is exact for a week and to the day after that. -#}
    {% set radar, old = schema_name('radar'), "now() - interval '7 days'" %}
    delete from {{ radar }}.runs where started_at < {{ old }};
    delete from {{ radar }}.builds
    using (
        select
            model,
            array[min(build), max(build), (array_agg(build order by horizon desc nulls last))[1]] as needed,
            array(
                select max(of_day.build) from {{ radar }}.builds as of_day
                where of_day.model = builds.model and of_day.model = 'session_events'
                group by of_day.built_at::date
            ) as needed_for_times
        from {{ radar }}.builds
        inner join (
            select model, max(build) filter (where is_full) as last_full from {{ radar }}.builds group by model
        ) as full_builds using (model)
        where build >= last_full
        group by model
    ) as models
    where
        builds.model = models.model
        and builds.built_at < {{ old }}
        and builds.build <> all(needed || needed_for_times)
{% endmacro %}

{% macro refuse_partial_reads() %}
    {#- A run records that it has read what there was. One that is told to read less, or something else, would record it too: a view that
        --empty made would lose events for whoever reads it next, without a word. -#}
    {% set reasons = {
        'empty': 'reads no rows: it would empty views that the next run reads. On a database without events dbt run builds every relation empty',
        'sample': 'reads a part of the rows, and would count the others as read. Use a database with few events',
        'defer': "reads another environment's rows, and would count this one's as read. Build what the models read, too (-s +model)"} %}
    {% for option, reason in reasons.items() if invocation_args_dict.get(option) %}
        {% do exceptions.raise_compiler_error('--' ~ option ~ ' ' ~ reason ~ '. Nothing was changed.') %}
    {% endfor %}
{% endmacro %}
