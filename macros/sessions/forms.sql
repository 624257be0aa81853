{#- What an event about a form says of it, under the names that trackers use. Another kind of value is no name. -#}

{% macro form_property(names) -%}
    {#- The first of these properties that is a text with something in it. -#}
    coalesce(
    {%- for name in names %}
        case when jsonb_typeof(properties -> '{{ name }}') = 'string' then nullif(properties ->> '{{ name }}', '') end
        {{- ',' if not loop.last }}
    {%- endfor %}
    )
{%- endmacro %}

{% macro form_id() -%}
    {{ form_property(['form_id', 'formId', 'form', 'form_name']) }}
{%- endmacro %}

{% macro form_event_types() -%}
    ('form_start', 'form_submit')
{%- endmacro %}
