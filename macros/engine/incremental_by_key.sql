{% materialization incremental_by_key, adapter='postgres' %}
    {#- A table that a query defines and that follows its sources: whole keys are recomputed and only what differs is written.
        Configured by meta.table.recompute in the contract:
          by            columns of the key that is recomputed as a whole (none: each row by itself)
          when_changed  {model: {}} whose journal tells which keys; `rename` {our column: theirs}; `through` the columns that
                        lead to the keys by way of the rows that this table has now, or the model `of`; a list when there are several ways
          arrivals      a raw table: reads its new rows, by arrived()
          mirrors       a table of the application that changes as it likes: reads what was written, by rewritten()
          mirrors_only  the macro of a condition: its other rows count as deleted
          whole         true: a small table that every run computes anew, of sources that keep no journal
          changes       columns to journal for the models that read this one
          when_redefined  rebuild: an edit of the model, or of what it goes through, builds it anew at the next run; keep (without it): the
                        run tells that rows of before are kept
          final_days    the column of the day, in a table by days: retention of sessions leaves the days that it reaches as they are -#}
    {% set relation = this.incorporate(type='table') %}
    {% set contract = contract_of(model) %}
    {% set recompute = recompute_config() %}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}

    {% if is_incremental() and not needs_changes(relation, contract) and not has_news(recompute, engine_state()) %}
        {{ return(unchanged(relation)) }}
    {% endif %}

    {% set state = locked_engine_state() %}

    {% if is_incremental(state) %}
        {#- A new index, check or comment reaches a table that is not rebuilt, too. -#}
        {% do reconcile_built_table(relation, contract) %}
        {% do update_by_key(contract, recompute, state) %}
    {% else %}
        {% if recompute.get('arrivals') and retention_marker(retention_cutoff('events')) not in sql %}
            {% do exceptions.raise_compiler_error('Retention removed raw events while ' ~ model.name ~ ' waited. Nothing was changed: run again.') %}
        {% endif %}
        {% do get_assert_columns_equivalent(sql) %}
        {% do build_table(contract) %}
        {% do run_query((create_journal(contract, recompute) + [record_contract(relation, contract, table_objects(relation, contract)),
                         record_build(state, true)]) | join(';\n')) %}
    {% endif %}

    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% macro update_by_key(contract, recompute, state) %}
    {#- Few requests of many statements: between two of them dbt may be busy with other models, and the locks are held. -#}
    {% set recomputed = 'pg_temp.recomputed_' ~ model.name %}
    {% set own = state.models[model.name] %}
    {% if recompute.get('arrivals') and build_marker(own.build) not in sql %}
        {% do exceptions.raise_compiler_error('Another run built ' ~ model.name ~ ' at the same time. Nothing was changed: run again.') %}
    {% endif %}
    {% if recompute.get('when_changed') %}
        {% if not sources_have_changed(state) %}{{ return(nothing_to_do()) }}{% endif %}
        {% set keys = run_query(create_affected_table(recompute, state) ~ '; select exists (select from ' ~ affected_table() ~ ')') %}
        {% if not keys.rows[0][0] %}{{ return(nothing_to_do(record_watermarks(state))) }}{% endif %}
    {% endif %}
    {% call statement('main') %}
        {{ hash_joins_only() }};
        create temporary table {{ recomputed.split('.')[1] }} on commit drop as {{ sql }};
        -- A key that comes twice is a mistake, and must not pass for a row that is there already.
        create unique index on {{ recomputed }} ({{ contract.primary_key | join(', ') }});
        analyze {{ recomputed }} ({{ contract.primary_key | join(', ') }});
        reset enable_nestloop;
        reset enable_mergejoin;
        {{ journaled(delete_stale_rows(contract, recompute, recomputed), recompute, own.build + 1) }};
        {{ journaled(insert_new_rows(contract, recomputed), recompute, own.build + 1) }}
    {% endcall %}
    {#- After the insert: what is gone is noticed by the number of rows. -#}
    {% set delete_vanished = journaled(delete_vanished_rows(contract, recompute), recompute, own.build + 1) if recompute.get('mirrors') %}
    {% do run_query([delete_vanished, analyze_if_outgrown(recomputed), record_update(recompute, state)] | select | join(';\n')) %}
{% endmacro %}

{% macro record_update(recompute, state) %}
    {#- Statements. Who reads this table needs not hear of a build that changed nothing; raw rows that were read are always recorded. -#}
    {% set changes = changes_table(model.name) %}
    {% set has_changed = 'exists (select from ' ~ changes ~ ' where build = ' ~ (state.models[model.name].build + 1) ~ ')' %}
    {{ record_build(state, false, 'true' if reads_arrivals() or not recompute.get('changes') else has_changed) }}
    {{ prune_journal() if recompute.get('changes') }}
{% endmacro %}

{% macro hash_joins_only() %}
    {#- A model's query reads whole tables, or the few rows that it looked up: hashing is always right. Estimates of what
        expressions and common table expressions keep are not, and by one of them PostgreSQL would choose nested loops that
        take hours, or sort wide rows to merge them. Where a query wants an index for each row, it says so with a lateral join. -#}
    set local enable_nestloop = off; set local enable_mergejoin = off;
    {{ memory_for_whole_tables() }}
{% endmacro %}

{% macro memory_for_whole_tables() %}
    {#- PostgreSQL's default of 4 MB is meant for a hundred clients: a model that hashes and sorts a table with it writes the table to disk
        several times. A run is a few connections, and what a server takes for its cache is a measure of what it has: a quarter of that,
        up to 64 MB. More that somebody has set stays. -#}
    select set_config('work_mem', greatest(own.setting::bigint, least(65536, cache.setting::bigint * current_setting('block_size')::bigint / 1024 / 4)) || 'kB', true)
    from pg_settings as own, pg_settings as cache
    where own.name = 'work_mem' and cache.name = 'shared_buffers'
{% endmacro %}

{% macro analyze_if_outgrown(recomputed) %}
    {#- The models downstream read this table at once, long before autovacuum looks at it: planned with the statistics of an
        empty table, the first 20,000 events took minutes. -#}
    do $do$
    begin
        if (select count(*) from {{ recomputed }})
            > (select 1000 + 0.1 * greatest(reltuples, 0) from pg_class where oid = {{ quoted(this.include(database=false) | string) }}::regclass)
        then
            analyze {{ this }};
        end if;
    end
    $do$
{% endmacro %}
