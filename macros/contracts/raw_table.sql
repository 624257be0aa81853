{% materialization raw_table, adapter='postgres' %}
    {#- A table that holds what people and trackers wrote: made and extended from its contract, never rebuilt or dropped. -#}
    {% set relation = this.incorporate(type='table') %}
    {% set contract = contract_of(model) %}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}

    {#- Two runs at once would both find the table missing: the second waits, and then finds it. -#}
    {% do run_query("select pg_advisory_xact_lock(hashtext('" ~ relation ~ "'))") %}
    {% set ddl = reconcile_ddl(relation, contract, table_in_catalog(relation)) %}
    {% if ddl %}
        {% call statement('main') %}
            {{ (ddl + [record_contract(relation, contract, table_objects(relation, contract))]) | join(';\n') }}
        {% endcall %}
    {% else %}
        {{ nothing_to_do() }}
    {% endif %}
    {% if contract.table.partition_by %}
        {% do make_partitions_ahead(relation, contract.table.partition_by) %}
    {% endif %}

    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}
