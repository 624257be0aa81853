{#- Month partitions: made ahead when a run begins and by `dbt run-operation make_partitions`. -#}

{% macro make_partitions_ahead(relation, partition_by) %}
    {#- Makes the months to come, and those that stray rows in the default partition belong to; returns how many. Two statements,
        because a query that reads the default partition keeps it from being changed. What somebody is in the way of is said. -#}
    {% set table = relation.include(database=false) %}
    {% set default_partition = relation.incorporate(path={'identifier': relation.identifier ~ '_default'}) %}
    {% set months = run_query(wanted_months_sql(default_partition, partition_by)).rows %}
    {% set month = " from unnest('{" ~ months | map(attribute=0) | join(',') ~ "}'::date[]) as month" %}
    {% set made = run_query(
        'select coalesce(sum(' ~ schema_name('radar') ~ '.ensure_month_partitions(' ~ quoted(table | string) ~ '::regclass, month, month)), 0)'
        ~ month).rows[0][0] %}
    {% set left = run_query(
        "select string_agg(to_char(month, 'YYYY-MM'), ', ')" ~ month ~ " where to_regclass(format('%I.%I', '" ~ relation.schema ~ "', '"
        ~ relation.identifier ~ "' || to_char(month, '\"_p\"YYYY_MM'))) is null").rows[0][0] %}
    {% if left %}
        {% do print(table | replace('"', '') ~ ' has no partition for ' ~ left ~ ' yet, since a transaction is using its default one: left to the next run.') %}
    {% endif %}
    {{ return(made) }}
{% endmacro %}

{% macro wanted_months_sql(default_partition, partition_by) %}
    select generate_series(
        date_trunc('month', current_date::timestamp), current_date + interval '{{ var("partitions_ahead_months") }} months', '1 month'
    )::date
    union
    select date_trunc('month', {{ partition_by.column }} at time zone 'UTC')::date
    from {{ default_partition }}
    where
        {{ partition_by.column }} >= current_date - interval '{{ var("partitions_back_months") }} months'
        and {{ partition_by.column }} < current_date
    order by 1
{% endmacro %}

{% macro make_partitions() %}
    {% for table in partitioned_tables() %}
        {% set made = make_partitions_ahead(table.relation, table.partition_by) %}
        {% do log(table.relation.include(database=false) ~ ': ' ~ made ~ ' partitions made', info=true) %}
    {% endfor %}
    {% do run_query('commit') %}
{% endmacro %}

{% macro partitioned_tables() %}
    {% set tables = [] %}
    {% for node in graph.nodes.values() if node.config.get('meta', {}).get('table', {}).get('partition_by') %}
        {% do tables.append({'relation': api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias),
                             'partition_by': node.config.meta.table.partition_by}) %}
    {% endfor %}
    {{ return(tables) }}
{% endmacro %}
