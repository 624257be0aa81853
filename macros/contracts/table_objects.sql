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
            'create': 'create ' ~ unique ~ 'index ' ~ name ~ ' on ' ~ relation ~ ' '
                      ~ definition | trim | replace(' ' ~ index.opclass, ' ' ~ with_vectors_schema(index.get('opclass', ''))),
            'drop': 'drop index ' ~ relation.include(database=false, identifier=false) ~ '.' ~ name}) %}
    {% endfor %}
    {{ return(objects) }}
{% endmacro %}

{% macro trigger_objects(relation, contract) %}
    {#- Functions that see each row before it is written: those of the contract, which are in our schema, and the one that says
        when a row of a table that people edit changed; tables that dbt builds write updated_at themselves. -#}
    {% set triggers = [] %}
    {% for trigger in contract.table.get('triggers', []) %}
        {% do assert_known_keys(trigger, ['name', 'function', 'event', 'when'], contract.name ~ ', meta.table.triggers') %}
        {#- YAML knows no macros, so a condition is the name of one. -#}
        {% if trigger.when and trigger.when not in context %}
            {% do exceptions.raise_compiler_error(contract.name ~ ': triggers.when must be the name of a macro, not ' ~ trigger.when) %}
        {% endif %}
        {% set condition = ' when (' ~ context[trigger.when]() ~ ')' if trigger.when else '' %}
        {% do triggers.append({'name': trigger.name, 'when': trigger.get('event', 'insert or update'), 'function': schema_name('radar') ~ '.' ~ trigger.function,
                               'condition': condition}) %}
    {% endfor %}
    {% if 'recompute' not in contract.table and has_column(contract, 'updated_at') %}
        {% do triggers.append({'name': 'updated_at', 'when': 'update', 'function': schema_name('analytics') ~ '.update_updated_at',
                               'condition': ''}) %}
    {% endif %}
    {% if has_column(contract, 'ingest_xid') %}
        {#- A row arrives when this cluster stores it, whoever says otherwise: rows of a backup or of another server (replicas fire no
            trigger that is not `always`) would lie below what is read. -#}
        {% do triggers.append({'name': 'arrival', 'when': 'insert', 'function': schema_name('radar') ~ '.arrive_now', 'always': true,
                               'condition': ' when (new.ingest_xid is distinct from pg_current_xact_id()::text::bigint)'}) %}
    {% endif %}
    {% set objects = [] %}
    {% for trigger in triggers %}
        {% set definition = 'before ' ~ trigger.when ~ ' on ' ~ relation.include(database=false) ~ ' for each row' ~ trigger.condition
                            ~ ' execute function ' ~ trigger.function ~ '()' %}
        {% set name = object_name([contract.name, trigger.name], definition) %}
        {% set always = '; alter table ' ~ relation ~ ' enable always trigger ' ~ name if trigger.always else '' %}
        {% do objects.append({'kind': 'trigger', 'name': name, 'create': 'create trigger ' ~ name ~ ' ' ~ definition ~ always,
                              'drop': 'drop trigger ' ~ name ~ ' on ' ~ relation}) %}
    {% endfor %}
    {{ return(objects) }}
{% endmacro %}
