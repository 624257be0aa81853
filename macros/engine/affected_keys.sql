{% macro create_affected_table(recompute, seen) %}
    {#- Statements that collect the keys to recompute from what the sources changed since the build that we have seen of each.
        A source that changes by other columns than ours reaches the keys `through` the rows that this table has now. -#}
    create temporary table {{ affected_table().split('.')[1] }} on commit drop as
    {% for source, how in recompute.when_changed.items() %}
        {% do assert_known_keys(how, ['through', 'rename'], model.name ~ ', when_changed.' ~ source) %}
        {% set changes = changes_table(source) %}
        {% if how.get('through') %}
    select {% for column in recompute.by %}this.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
    from {{ this }} as this
    inner join (
        select distinct {{ how.through | join(', ') }} from {{ changes }} where build > {{ seen[source] }}
    ) as changed using ({{ how.through | join(', ') }})
        {% else %}
    select {% for column in recompute.by %}{{ how.get('rename', {}).get(column, column) }} as {{ column }}{{ ', ' if not loop.last }}{% endfor %}
    from {{ changes }}
    where
        build > {{ seen[source] }}
        {%- for column in recompute.by %}
        and {{ how.get('rename', {}).get(column, column) }} is not null
        {%- endfor %}
        {% endif %}
    {{ 'union' if not loop.last }}
    {% endfor %}
    {{ 'group by ' ~ range(1, recompute.by | length + 1) | join(', ') if recompute.when_changed | length == 1 }};
    {% if final_days_condition() %}
    delete from {{ affected_table() }} where {{ final_days_condition() }};
    {% endif %}
    analyze {{ affected_table() }}
{% endmacro %}
