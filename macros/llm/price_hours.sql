{% macro stretches(series, name, columns, first, last) %}
    {#- Stretches within which none of these columns of prices begins or ends: <name>_from up to <name>_until. -#}
    select
        {{ series | join(', ') }},
        starts_at as {{ name }}_from,
        lead(starts_at, 1, {{ last }}) over (partition by {{ series | join(', ') }} order by starts_at) as {{ name }}_until
    from (
        {% for start in columns %}
        select {{ series | join(', ') }}, {{ start }} as starts_at from prices
        where {{ start }} is not null and {{ start }} < {{ last }}
        union
        {% endfor %}
        select {{ series | join(', ') }}, {{ first }} as starts_at from prices
    ) as starts
{%- endmacro %}

{% macro holds_at(moment, price) -%}
    {#- Whether a price holds at a time of the day; the hours of some begin before midnight and end after it. -#}
    (
        {{ price }}.daily_from is null
        or case
            when {{ price }}.daily_from < {{ price }}.daily_until
                then {{ moment }} >= {{ price }}.daily_from and {{ moment }} < {{ price }}.daily_until
            else {{ moment }} >= {{ price }}.daily_from or {{ moment }} < {{ price }}.daily_until
        end
    )
{%- endmacro %}
