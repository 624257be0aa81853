{#- Where things are and what they are called: the only place that builds schema and object names. -#}

{% macro generate_schema_name(custom_schema_name, node) -%}
    {#- Plain names in the default target; `shared` prefixes them, so that several people fit on one server. -#}
    {%- set name = custom_schema_name or target.schema -%}
    {%- set plain_name = var('app_schema') if name == 'app' else name -%}
    {#- The main application's own tables are where they are: only a stand-in for them is somebody's copy. -#}
    {%- if target.name == 'shared' and (name != 'app' or var('standalone')) -%}{{ target.schema }}_{{ plain_name }}
    {%- else -%}{{ plain_name }}
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

{% macro app_table(name) -%}
    {#- A table of the main application: a stand-in that Radar made, or the application's own. -#}
    {{ return(ref(name) if var('standalone') else source('app', name)) }}
{%- endmacro %}
