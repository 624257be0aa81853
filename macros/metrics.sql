{% macro rate(part, whole) -%}
    {#- Share between 0 and 1 with four decimals; null when there is nothing to take a share of. -#}
    round({{ part }}::numeric / nullif({{ whole }}, 0), 4)
{%- endmacro %}
