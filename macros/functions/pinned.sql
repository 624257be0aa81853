{% macro pinned() -%}
    {#- Settings of a function that others call in sessions of their own: what it does depends on none of theirs. Functions that these
        call have the path alone (each setting takes half a microsecond a call), and write backslashes in E'' strings, which have one
        meaning whatever standard_conforming_strings is. #}
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO, MDY'
set standard_conforming_strings = on
{%- endmacro %}
