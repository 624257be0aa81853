{#- How texts become keys: what is missing has a name, and what is too long for an index is cut. -#}

{% macro page_key(url) -%}
    coalesce(left(split_part(split_part({{ url }}, '#', 1), '?', 1), 300), '(not set)')
{%- endmacro %}

{% macro path_key(path) -%}
    coalesce(left({{ path }}, 300), '(not set)')
{%- endmacro %}

{% macro campaign_key(column) -%}
    coalesce(nullif(left({{ column }}, 200), ''), '(not set)')
{%- endmacro %}

{% macro never() -%}
    {#- The day before a visitor's first: no key is null, and clients without infinite dates can read it. -#}
    '0001-01-01'::date
{%- endmacro %}
