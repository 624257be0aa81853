{#- How far values may go. What lies beyond is no measurement, and a sum, a key or a calendar over it would stop the run for everybody. -#}

{% macro end_of_time() -%}
    {#- First moment that no event can have: a day is looked at for each date up to the last one. -#}
    '2100-01-01'
{%- endmacro %}

{% macro most_tokens() -%}
    {#- Tokens of one call or run: a thousand times what the longest context takes. -#}
    1000000000
{%- endmacro %}

{% macro last_day_so_far(day) -%}
    {#- The last of some days that has begun anywhere: one by a clock that runs ahead must not stretch a calendar. -#}
    coalesce(max({{ day }}) filter (where {{ day }} <= (now() at time zone 'UTC')::date + 1), max({{ day }}))
{%- endmacro %}
