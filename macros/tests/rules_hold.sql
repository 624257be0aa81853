{% test rules_hold(model, rules, day=none) %}
    {#- Every rule {name: condition} is true or null for every row; all are tested in one pass. One row per rule and day broken. -#}
    select
        rule,
        {{ day or 'null::date' }} as day,
        count(*) as row_count,
        min(broken::text) as example
    from {{ recent(model, day) if day else '(select * from ' ~ model ~ ')' }} as broken
    cross join lateral (
        values
        {% for name, condition in rules.items() %}
        ('{{ name }}', {{ condition }}){{ ',' if not loop.last }}
        {% endfor %}
    ) as rules (rule, holds)
    where not holds
    group by 1, 2
{% endtest %}
