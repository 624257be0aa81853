{#- Reading a contract: the YAML entry of a model, checked, as plain dictionaries. -#}

{% macro assert_known_keys(given, known, place) %}
    {#- dbt takes a misspelt key without a word and Jinja an unknown name for false: a typo would switch a guard off. -#}
    {% for key in given if key not in known %}
        {% do exceptions.raise_compiler_error(place ~ ': unknown key "' ~ key ~ '"; known are ' ~ known | join(', ')) %}
    {% endfor %}
{% endmacro %}

{% macro contract_of(node) %}
    {#- The contract of a model node: {columns, primary_key, checks, table}, in the order of the YAML. -#}
    {% do assert_known_keys(node.config.get('meta', {}), ['table', 'funnels'], node.name ~ ', meta') %}
    {% set table = node.config.get('meta', {}).get('table', {}) %}
    {% do assert_known_keys(table, ['partition_by', 'indexes', 'triggers', 'retention', 'recompute', 'replaces_keys'], node.name ~ ', meta.table') %}
    {% set contract = {'name': node.name, 'description': node.description, 'columns': [], 'primary_key': [], 'checks': [],
                       'table': table} %}
    {% for column in node.columns.values() %}
        {% set meta = column.get('config', {}).get('meta', {}) %}
        {% do assert_known_keys(meta, ['default', 'generated'], node.name ~ '.' ~ column.name ~ ', meta') %}
        {% do contract.columns.append({
            'name': column.name, 'type': column.data_type, 'description': column.description,
            'default': with_schema(meta.get('default')), 'generated': meta.get('generated'),
            'not_null': column.constraints | selectattr('type', 'equalto', 'not_null') | list | length > 0}) %}
        {% for constraint in column.constraints if constraint.type != 'not_null' %}
            {% do exceptions.raise_compiler_error(
                node.name ~ '.' ~ column.name ~ ': a column constraint is not_null; ' ~ constraint.type
                ~ ' belongs under the constraints of the model (unique: an index of meta.table)') %}
        {% endfor %}
    {% endfor %}
    {% for constraint in node.constraints %}
        {% if constraint.type == 'primary_key' %}
            {% do contract.update({'primary_key': constraint.columns}) %}
        {% elif constraint.type == 'check' %}
            {% do contract.checks.append({'name': constraint.name, 'expression': with_schema(constraint.expression)}) %}
        {% else %}
            {% do exceptions.raise_compiler_error(node.name ~ ': constraints are primary_key or check, not ' ~ constraint.type) %}
        {% endif %}
    {% endfor %}
    {% if not contract.primary_key %}
        {% do exceptions.raise_compiler_error(node.name ~ ': a table needs a primary_key constraint in its contract') %}
    {% endif %}
    {% do check_table_options(contract) %}
    {{ return(contract) }}
{% endmacro %}

{% macro with_schema(expression) %}
    {#- YAML knows no macros: {radar} stands for the schema of our functions, which a shared server prefixes. -#}
    {{ return(expression if expression is none else expression | string | replace('{radar}', schema_name('radar'))) }}
{% endmacro %}

{% macro check_table_options(contract) %}
    {% set partition_by, retention = contract.table.get('partition_by'), contract.table.get('retention') %}
    {% if partition_by %}
        {% do assert_known_keys(partition_by, ['column', 'every'], contract.name ~ ', meta.table.partition_by') %}
        {% if partition_by.every != 'month' %}
            {% do exceptions.raise_compiler_error(contract.name ~ ': partition_by.every must be month') %}
        {% endif %}
    {% endif %}
    {% if retention %}
        {% do assert_known_keys(retention, ['column', 'days', 'until'], contract.name ~ ', meta.table.retention') %}
        {% if retention.days is not integer or retention.days < 1 %}
            {% do exceptions.raise_compiler_error(contract.name ~ ': retention.days must be a whole number from 1') %}
        {% endif %}
    {% endif %}
    {% for option in [partition_by, retention] if option and not has_column(contract, option.column) %}
        {% do exceptions.raise_compiler_error(
            contract.name ~ ': "' ~ option.column ~ '" in meta.table is not a column of the contract') %}
    {% endfor %}
{% endmacro %}

{% macro has_column(contract, name) %}
    {{ return(name in contract.columns | map(attribute='name') | list) }}
{% endmacro %}

{% macro raw_table() %}
    {#- Body of a raw table's model: no rows, the columns of its contract. -#}
    select
    {%- for column in model.columns.values() %}
        null::{{ column.data_type }} as {{ column.name }}{{ ',' if not loop.last }}
    {%- endfor %}
    where false
{% endmacro %}

{% macro contract_columns(model_name) %}
    {#- Names of the columns in the contract of another model; a unit test knows no other model, only the raw table. -#}
    {% if execute and not graph.nodes %}
        {% set raw = api.Relation.create(database=target.database, schema=schema_name('ingest'), identifier=model_name) %}
        {{ return(adapter.get_columns_in_relation(raw) | map(attribute='name') | list) }}
    {% endif %}
    {% for node in (graph.nodes.values() if execute else []) if node.resource_type == "model" and node.name == model_name %}
        {{ return(node.columns | list) }}
    {% endfor %}
    {{ return([]) }}
{% endmacro %}
