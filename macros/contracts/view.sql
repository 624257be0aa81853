{% materialization view, adapter='postgres' %}
    {#- A view that runs with its reader's rights. It is left alone when neither its query nor its contract has changed, and
        replaced in place otherwise, so that a run is no moment without it. -#}
    {% set relation = this.incorporate(type='view') %}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}

    {% set contract = {'name': model.name, 'description': model.description, 'columns': model.columns.values() | list, 'sql': sql} %}
    {% if view_is_current(relation, contract) %}
        {{ nothing_to_do() }}
    {% else %}
        {#- One writer a view: PostgreSQL fails the second of two at once. -#}
        {% do run_query("select pg_advisory_xact_lock(hashtext('" ~ relation ~ "'))") %}
        {% do get_assert_columns_equivalent(sql) %}
        {% call statement('main') %}
            {{ replace_view(relation) }}
        {% endcall %}
        {% do run_query((grant_sql(relation, contract) + comment_sql(relation, contract, 'view')
                         + [record_contract(relation, contract)]) | join(';\n')) %}
    {% endif %}

    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% macro view_is_current(relation, contract) %}
    {% set name = quoted(relation.include(database=false) | string) %}
    {{ return(run_query(
        'select to_regclass(' ~ name ~ ") is not null and exists (select from " ~ schema_name('radar') ~ '.contracts where relation = '
        ~ name ~ " and fingerprint = '" ~ contract_fingerprint(contract) ~ "')").rows[0][0]) }}
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
