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
        {% do changed_unless_in_use((ddl + [record_contract(relation, contract, table_objects(relation, contract))]) | join(';\n'), relation) %}
    {% endif %}
{% endmacro %}

{% macro refuse_changed_columns(relation, contract, present) %}
    {#- A table that is built can be built anew: that is the way to other columns, types and keys. -#}
    {% set differences = [] %}
    {% for column in contract.columns %}
        {% set now = present.columns.get(column.name) %}
        {% if now is none %}{% do differences.append(column.name ~ ' is missing') %}
        {% elif now.type not in [column.type, canonical_type(column.type)] and not becomes_a_vector(column, now) %}
            {% do differences.append(column.name ~ ' is ' ~ now.type ~ ' and not ' ~ column.type) %}
        {% endif %}
    {% endfor %}
    {% for name in present.columns if not has_column(contract, name) %}{% do differences.append(name ~ ' is not in it') %}{% endfor %}
    {% if present.key != key_objects(relation, contract)[0].name %}{% do differences.append('the key is another one') %}{% endif %}
    {% if differences %}
        {% do exceptions.raise_compiler_error(
            relation.include(database=false) ~ ' differs from its contract (' ~ differences | join(', ')
            ~ '). Build it anew: dbt run --full-refresh -s ' ~ model.name) %}
    {% endif %}
{% endmacro %}
