{#- Letters without a language: under Turkish, PostgreSQL's lower() makes "PIN" another word than "pin". The column goes on sorting as its
    table does. -#}

{% macro lowered(text) -%}
    (lower(({{ text }}) collate "C") collate "default")
{%- endmacro %}

{% macro uppered(text) -%}
    (upper(({{ text }}) collate "C") collate "default")
{%- endmacro %}
