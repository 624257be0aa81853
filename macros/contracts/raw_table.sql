{% materialization raw_table, adapter='postgres' %}
    {#- A table that holds what people and trackers wrote: made and extended from its contract, never rebuilt or dropped. -#}
    {% set relation = this.incorporate(type='table') %}
    {% set contract = contract_of(model) if has_vectors() else without_vectors(contract_of(model)) %}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}

    {% if not reconcile_ddl(relation, contract, in_catalog(relation)) %}
        {{ return(unchanged(relation)) }}
    {% endif %}

    {#- Two runs at once would both find the table missing: the second waits, and then finds it. -#}
    {% do run_query("select pg_advisory_xact_lock(hashtext('" ~ relation ~ "'))") %}
    {% set ddl = reconcile_ddl(relation, contract, in_catalog(relation, fresh=true)) %}
    {% do changed_unless_in_use((ddl + [record_contract(relation, contract, table_objects(relation, contract))]) | join(';\n'), relation) %}
    {{ nothing_to_do() }}
    {% if contract.table.partition_by %}
        {% do make_partitions_ahead(relation, contract.table.partition_by) %}
    {% endif %}

    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% macro unchanged(relation) %}
    {#- What a materialization returns that has nothing to do. No statement was sent, so there is nothing to commit. -#}
    {% do store_raw_result('main', message='UNCHANGED', code='UNCHANGED', rows_affected='0') %}
    {{ return({'relations': [relation]}) }}
{% endmacro %}
