{% test belongs_to(model, to, columns, day=none, only='true') %}
    {#- Every row, or only those of a condition, has its row in another model, by all the columns of the key. One row per missing
        key. -#}
    {% set missing = columns | join(', ') %}
    select {{ missing }}{{ ', ' ~ day ~ ' as day' if day }}, count(*) as row_count
    from {{ recent(model, day) if day else model }} as child
    where {{ only }} and not exists (select from {{ to }} as parent where {{ same(columns, 'parent', 'child') }})
    group by {{ missing }}{{ ', ' ~ day if day }}
{% endtest %}
