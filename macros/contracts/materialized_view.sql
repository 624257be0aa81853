{% materialization materialized_view, adapter='postgres' %}
    {#- A summary that every run computes anew, while people go on reading the old one. PostgreSQL has no row security for it: readers
        get the view beside it (meta.table.reader_view), which shows them their own workspaces. -#}
    {% set relation = this.incorporate(type='materialized_view') %}
    {% set contract = contract_of(model) %}
    {% do contract.update({'sql': sql}) %}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}

    {% do run_query("select pg_advisory_xact_lock(hashtext('" ~ relation ~ "'))") %}
    {#- --empty compiles another query: it must neither empty the summary nor pass for an edited definition. -#}
    {% if flags.EMPTY and in_catalog(relation) is not none %}
        {{ nothing_to_do() }}
    {% elif is_current(relation, contract) %}
        {% call statement('main') %}
            refresh materialized view concurrently {{ relation }}
        {% endcall %}
    {% else %}
        {% do get_assert_columns_equivalent(sql) %}
        {% call statement('main') %}
            {{ (replace_materialized_view(relation, contract)
                + ([] if flags.EMPTY else [record_contract(relation, contract)])) | join(';\n') }}
        {% endcall %}
    {% endif %}

    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% macro replace_materialized_view(relation, contract) %}
    {#- Statements that compute it beside the old one and swap both it and its view, in one transaction. -#}
    {% set building = relation.incorporate(path={'identifier': model.name ~ '__building'}) %}
    {% set reader_view = relation.incorporate(path={'identifier': contract.table.reader_view}, type='view') %}
    {% set columns = contract.columns | map(attribute='name') | join(', ') %}
    {{ return([
        'drop materialized view if exists ' ~ building ~ ' cascade',
        'create materialized view ' ~ building ~ ' as ' ~ contract.sql,
        'drop materialized view if exists ' ~ relation ~ ' cascade',
        'create unique index ' ~ object_name([contract.name, 'key'], contract.primary_key | join(', ')) ~ ' on ' ~ building ~ ' ('
            ~ contract.primary_key | join(', ') ~ ')',
        'alter materialized view ' ~ building ~ ' rename to ' ~ model.name,
        'grant select on ' ~ relation ~ ' to ' ~ role_name('service'),
        'create view ' ~ reader_view ~ ' with (security_barrier = true) as select ' ~ columns ~ ' from ' ~ relation ~ ' where '
            ~ own_workspaces(),
        'grant select on ' ~ reader_view ~ ' to ' ~ role_name('reader') ~ ', ' ~ role_name('service')]
        + comment_sql(relation, contract, 'materialized view') + comment_sql(reader_view, contract, 'view')) }}
{% endmacro %}
