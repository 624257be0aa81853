{#- Builders of the statements that make a table what its contract says. -#}

{% macro column_ddl(column) -%}
    {{ column.name }} {{ with_vectors_schema(column.type) }}
    {{- ' generated always as (' ~ column.generated ~ ') stored' if column.generated }}
    {{- ' default ' ~ column.default if column.default is not none }}
    {{- ' not null' if column.not_null }}
{%- endmacro %}

{% macro create_table_ddl(relation, contract) %}
    {#- All statements that create a table and what belongs to it, as a list. -#}
    {% set partition_by = contract.table.get('partition_by') %}
    {% set create %}
create table {{ relation }} (
    {%- for column in contract.columns %}
    {{ column_ddl(column) }}{{ ',' if not loop.last }}
    {%- endfor %}
){{ ' partition by range (' ~ partition_by.column ~ ')' if partition_by }}
    {%- endset %}
    {% set ddl = [create | trim] %}
    {% if partition_by %}
        {% set default_partition = relation.incorporate(path={'identifier': relation.identifier ~ '_default'}) %}
        {% do ddl.append('create table ' ~ default_partition ~ ' partition of ' ~ relation ~ ' default') %}
        {#- A partition is a table too: without this a reader could go around the parent's policy. -#}
        {% do ddl.append('alter table ' ~ default_partition ~ ' enable row level security') %}
    {% endif %}
    {{ return(ddl + dress_table_ddl(relation, contract)) }}
{% endmacro %}

{% macro dress_table_ddl(relation, contract) %}
    {#- Key, constraints, indexes, policies, triggers, grants and comments of a table that has its columns. -#}
    {% set ddl = ['alter table ' ~ relation ~ ' enable row level security'] %}
    {{ return(ddl + table_objects(relation, contract) | map(attribute='create') | list
              + grant_sql(relation, contract) + comment_sql(relation, contract)) }}
{% endmacro %}

{% macro comment_sql(relation, contract, kind='table') %}
    {% set comments = ['comment on ' ~ kind ~ ' ' ~ relation ~ ' is ' ~ quoted(contract.description | trim)] %}
    {% for column in contract.columns %}
        {% do comments.append('comment on column ' ~ relation ~ '.' ~ column.name ~ ' is ' ~ quoted(column.description | trim)) %}
    {% endfor %}
    {{ return(comments) }}
{% endmacro %}
