{#- Where things are and what they are called: the only place that builds schema and object names. -#}

{% macro generate_schema_name(custom_schema_name, node) -%}
    {#- Plain names in the default target; `shared` prefixes them, so that several people fit on one server. -#}
    {%- set name = custom_schema_name or target.schema -%}
    {%- set plain_name = var('app_schema') if name == 'app' else name -%}
    {%- do refuse_quoted_name(plain_name, 'app_schema' if name == 'app' else 'schema') -%}
    {%- do refuse_quoted_name(target.schema, 'RADAR_SCHEMA_PREFIX') -%}
    {#- The main application's own tables are where they are: only a stand-in for them is somebody's copy. -#}
    {%- if target.name == 'shared' and (name != 'app' or var('standalone')) -%}{{ target.schema }}_{{ plain_name }}
    {%- else -%}{{ plain_name }}
    {%- endif -%}
{%- endmacro %}

{% macro refuse_quoted_name(name, place) -%}
    {#- Statements name schemas without quotes. dbt asks for the names of all before it makes the first. -#}
    {%- if not modules.re.fullmatch('[a-z_][a-z0-9_]{0,49}', name) -%}
        {%- do exceptions.raise_compiler_error(
            place ~ ' is "' ~ name ~ '": take small letters, digits and underscores, at most 50. Nothing was made.') -%}
    {%- endif -%}
{%- endmacro %}

{% macro schema_name(name) -%}
    {{- generate_schema_name(name, none) | trim -}}
{%- endmacro %}

{% macro role_name(name) -%}
    {{ adapter.quote(var('roles')[name]) }}
{%- endmacro %}

{% macro object_name(parts, definition) -%}
    {#- Name of an index, constraint, policy or trigger: readable, at most 63 characters, and it ends with a hash of the
        definition, so that comparing names compares definitions. An index may be on an expression: only letters stay of it. -#}
    {%- set readable = modules.re.sub('[^a-z0-9]+', '_', parts | join('_') | lower) -%}
    {{- return(readable[:54] ~ '_' ~ local_md5(definition)[:8]) -}}
{%- endmacro %}

{% macro quoted(text) -%}
    '{{ text | replace("'", "''") }}'
{%- endmacro %}

{% macro app_table(name, versions=false) -%}
    {#- A table of the main application, for a model: a stand-in that Radar made, or the application's own, by Radar's names. -#}
    {% set relation = ref(name) if var('standalone') else source('app', name) %}
    {{ return(relation if var('standalone') or not execute else application(name, versions)) }}
{%- endmacro %}

{% macro application(name, versions=false) -%}
    {#- The same for what is no model: SQL to select from. Columns have the names and types that Radar knows, whatever the application
        calls them (var app_tables); `versions`: also xmin, which says what was written since. -#}
    {% set relation = schema_name('app') ~ '.' ~ adapter.quote(app_table_name(name)) %}
    {% if var('standalone') %}{{ return(relation) }}{% endif %}
    {% set columns = ['xmin'] if versions else [] %}
    {% for column in app_columns(name) %}
        {% do columns.append((adapter.quote(column.own) if column.own else 'null') ~ '::' ~ column.type ~ ' as ' ~ column.name) %}
    {% endfor %}
    {{ return('(select ' ~ columns | join(', ') ~ ' from ' ~ relation ~ ')') }}
{%- endmacro %}

{% macro app_table_name(name) -%}
    {{- return(var('app_tables').get(name, {}).get('table', name)) -}}
{%- endmacro %}

{% macro app_columns(name) %}
    {#- [{name, type, own}] of the columns that Radar reads of a table; own is the application's name for it, none when it has none. -#}
    {% set mapped = var('app_tables').get(name, {}).get('columns', {}) %}
    {% set columns = [] %}
    {% for node in graph.sources.values() if node.source_name == 'app' and node.name == name %}
        {% do assert_known_keys(mapped, node.columns.keys() | list, 'The var app_tables, ' ~ name) %}
        {% for column in node.columns.values() %}
            {% do columns.append({'name': column.name, 'type': column.data_type, 'own': mapped.get(column.name, column.name)}) %}
        {% endfor %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}
