{#- A table that an earlier build made, beside its contract of today. -#}

{% macro needs_changes(relation, contract) %}
    {#- Whether its contract asks for an index, check or column that it did not have when the run began. -#}
    {% set present = in_catalog(relation) %}
    {% if present is none %}{{ return(true) }}{% endif %}
    {% do refuse_changed_columns(relation, contract, present) %}
    {{ return(reconcile_ddl(relation, contract, present) | length > 0) }}
{% endmacro %}

{% macro reconcile_built_table(relation, contract) %}
    {% set present = in_catalog(relation) %}
    {% do refuse_changed_columns(relation, contract, present) %}
    {% set ddl = reconcile_ddl(relation, contract, present) %}
    {% if ddl %}
        {% do run_query((ddl + [record_contract(relation, contract, table_objects(relation, contract))]) | join(';\n')) %}
    {% endif %}
{% endmacro %}

{% macro refuse_changed_columns(relation, contract, present) %}
    {% set found = present.columns.keys() | sort | join(', ') %}
    {% set wanted = contract.columns | map(attribute='name') | sort | join(', ') %}
    {% if found != wanted %}
        {% do exceptions.raise_compiler_error(
            'The columns of ' ~ relation ~ ' differ from its contract. Build it anew: dbt run --full-refresh -s ' ~ model.name
            ~ '. Table: ' ~ found ~ '. Contract: ' ~ wanted) %}
    {% endif %}
{% endmacro %}
