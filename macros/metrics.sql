{% macro rate(part, whole) -%}
    {#- Share between 0 and 1 with four decimals; null when there is nothing to take a share of. -#}
    round({{ part }}::numeric / nullif({{ whole }}, 0), 4)
{%- endmacro %}

{% macro whole_seconds(duration) -%}
    {#- An interval in seconds, null for none; what strangers' clocks make longer than an integer holds is cut. -#}
    case
        when {{ duration }} < interval '2147483647 seconds' then round(extract(epoch from {{ duration }}))::integer
        when {{ duration }} is not null then 2147483647
    end
{%- endmacro %}
