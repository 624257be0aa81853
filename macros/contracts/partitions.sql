{#- Month partitions: made ahead at each run and by `dbt run-operation make_partitions`. -#}

{% macro make_partitions_ahead(relation, partition_by) %}
    {#- SQL that makes the months to come, and those that stray rows in the default partition belong to. -#}
    {% set table = relation.include(database=false) %}
    select coalesce(sum({{ schema_name('radar') }}.ensure_month_partitions({{ quoted(table | string) }}::regclass, month, month)), 0)
    from (
        select generate_series(
            date_trunc('month', current_date), current_date + interval '{{ var("partitions_ahead_months") }} months', '1 month'
        )::date as month
        union
        select date_trunc('month', {{ partition_by.column }} at time zone 'UTC')::date
        from {{ table }}_default
        where
            {{ partition_by.column }} >= current_date - interval '{{ var("partitions_back_months") }} months'
            and {{ partition_by.column }} < current_date
    ) as months
{% endmacro %}

{% macro make_partitions() %}
    {% for node in graph.nodes.values() if node.config.get('meta', {}).get('table', {}).get('partition_by') %}
        {% set relation = api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias) %}
        {% set made = run_query(make_partitions_ahead(relation, node.config.meta.table.partition_by)).rows[0][0] %}
        {% do log(relation.include(database=false) ~ ': ' ~ made ~ ' partitions made', info=true) %}
    {% endfor %}
    {% do run_query('commit') %}
{% endmacro %}
