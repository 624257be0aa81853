{% test unique_grain(model, columns, day=none) %}
    {#- No two rows share the key that the description promises: for views, whose grain no constraint can keep. -#}
    select {{ columns | join(', ') }}, count(*) as row_count
    from {{ recent(model, day) if day else '(select * from ' ~ model ~ ')' }} as source
    group by {{ columns | join(', ') }}
    having count(*) > 1
{% endtest %}
