{% materialization view, adapter='postgres' %}
    {#- A view that runs with its reader's rights. It is left alone when neither its query nor its contract has changed, and
        replaced in place otherwise, so that a run is no moment without it. -#}
    {% set relation = this.incorporate(type='view') %}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}

    {% set contract = {'name': model.name, 'description': model.description, 'columns': model.columns.values() | list, 'sql': sql} %}
    {% if is_current(relation, contract) and model.name not in graph.engine.outdated %}{{ return(unchanged(relation)) }}{% endif %}

    {#- One writer a view: PostgreSQL fails the second of two at once. -#}
    {% do run_query("select pg_advisory_xact_lock(hashtext('" ~ relation ~ "'))") %}
    {% do get_assert_columns_equivalent(sql) %}
    {% call statement('main') %}
        {{ briefly_locked(replace_view(relation), relation) }}
    {% endcall %}
    {% do run_query((grant_sql(relation, contract) + comment_sql(relation, contract, 'view')
                     + [record_contract(relation, contract), record_definition(true)]) | join(';\n')) %}

    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% macro is_current(relation, contract) %}
    {#- Whether it was made from this very contract and query. -#}
    {% set present = in_catalog(relation) %}
    {{ return(present is not none and present.recorded is not none and present.recorded.fingerprint == contract_fingerprint(contract)) }}
{% endmacro %}

{% macro replace_view(relation) %}
    {#- PostgreSQL only adds columns in place; any other change needs a drop, and the views on top are made again by their models. -#}
    do $do$
    begin
        create or replace view {{ relation }} with (security_invoker = true) as {{ sql }};
    exception when invalid_table_definition or wrong_object_type then
        drop view {{ relation }} cascade;
        create view {{ relation }} with (security_invoker = true) as {{ sql }};
    end
    $do$
{% endmacro %}
