{#- What belongs to a table beside its columns: builders of SQL text, one dictionary {kind, name, create, drop} an object. -#}

{% macro table_objects(relation, contract, include_key=true) %}
    {% set objects = key_objects(relation, contract) if include_key else [] %}
    {{ return(objects + check_objects(relation, contract) + index_objects(relation, contract)
              + policy_objects(relation, contract) + trigger_objects(relation, contract)) }}
{% endmacro %}

{% macro key_objects(relation, contract) %}
    {% set columns = contract.primary_key | join(', ') %}
    {% set name = object_name([contract.name, 'pkey'], columns) %}
    {{ return([{'kind': 'key', 'name': name, 'drop': none,
                'create': 'alter table ' ~ relation ~ ' add constraint ' ~ name ~ ' primary key (' ~ columns ~ ')'}]) }}
{% endmacro %}

{% macro check_objects(relation, contract) %}
    {% set objects = [] %}
    {% for check in contract.checks %}
        {% set name = object_name([contract.name, check.name], check.expression) %}
        {% do objects.append({
            'kind': 'check', 'name': name,
            'create': 'alter table ' ~ relation ~ ' add constraint ' ~ name ~ ' check (' ~ check.expression ~ ')',
            'drop': 'alter table ' ~ relation ~ ' drop constraint ' ~ name}) %}
    {% endfor %}
    {{ return(objects) }}
{% endmacro %}

{% macro index_objects(relation, contract) %}
    {% set objects = [] %}
    {% for index in contract.table.get('indexes', []) %}
        {% do assert_known_keys(index, ['columns', 'unique', 'using', 'opclass', 'include', 'where'],
                                contract.name ~ ', meta.table.indexes') %}
        {% set definition %}
            {{- 'using ' ~ index.get('using', 'btree') }} (
            {%- for column in index.columns %}{{ column }}{{ ' ' ~ index.opclass if index.opclass }}{{ ', ' if not loop.last }}
            {%- endfor %})
            {{- ' include (' ~ index.include | join(', ') ~ ')' if index.include }}
            {{- ' where ' ~ index.where if index.where }}
        {%- endset %}
        {% set unique = 'unique ' if index.get('unique') else '' %}
        {% set name = object_name([contract.name] + index.columns + ['idx'], unique ~ definition) %}
        {% do objects.append({
            'kind': 'index', 'name': name,
            'create': 'create ' ~ unique ~ 'index ' ~ name ~ ' on ' ~ relation ~ ' ' ~ definition | trim,
            'drop': 'drop index ' ~ relation.include(database=false, identifier=false) ~ '.' ~ name}) %}
    {% endfor %}
    {{ return(objects) }}
{% endmacro %}

{% macro trigger_objects(relation, contract) %}
    {#- Tables that people edit tell when a row changed; tables that dbt builds write updated_at themselves. -#}
    {% if 'recompute' in contract.table or not has_column(contract, 'updated_at') %}{{ return([]) }}{% endif %}
    {% set definition = 'before update on ' ~ relation.include(database=false) ~ ' for each row execute function '
                        ~ schema_name('analytics') ~ '.update_updated_at()' %}
    {% set name = object_name([contract.name, 'updated_at'], definition) %}
    {{ return([{'kind': 'trigger', 'name': name, 'create': 'create trigger ' ~ name ~ ' ' ~ definition,
                'drop': 'drop trigger ' ~ name ~ ' on ' ~ relation}]) }}
{% endmacro %}
