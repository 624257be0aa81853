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

{% macro small_number(text) -%}
    {#- What a stranger sent as a number, as a whole one of up to nine digits, cut and not rounded; null for anything else. -#}
    case when {{ text }} ~ '^[0-9]{1,9}([.][0-9]+)?$' then split_part({{ text }}, '.', 1)::integer end
{%- endmacro %}

{% macro days_between(first_day, last_day) -%}
    {#- Set of dates, ends included. Whole numbers and no interval: dates with an interval become times of the reader's zone, and
        where a day has no midnight, as in Santiago and Cairo, the last day is lost. -#}
    {{ first_day }} + generate_series(0, {{ last_day }} - ({{ first_day }}))
{%- endmacro %}
