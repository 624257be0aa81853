{% macro create_affected_table(recompute, state) %}
    {#- Statements that collect the keys to recompute from what the sources changed since the build that we have seen of each.
        A source that changes by other columns than ours reaches the keys `through` the rows that this table has now, or, where it
        does not have the columns, those `of` another model. -#}
    {% set found = [] %}
    {% for source in recompute.when_changed %}
        {% for way in ways_from(recompute, source) %}
            {% do assert_known_keys(way, ['through', 'of', 'rename'], model.name ~ ', when_changed.' ~ source) %}
            {% do found.append(changed_keys(recompute.by, way, changes_table(source), state.models[source].seen)) %}
        {% endfor %}
    {% endfor %}
    create temporary table {{ affected_table().split('.')[1] }} on commit drop as
    {{ found | join(' union ') }}
    {{ 'group by ' ~ range(1, recompute.by | length + 1) | join(', ') if found | length == 1 }};
    {% if recompute.get('final_days') %}
    delete from {{ affected_table() }} where {{ recompute.final_days }} < {{ first_open_day() }};
    {% endif %}
    analyze {{ affected_table() }}
{% endmacro %}

{% macro changed_keys(by, way, changes, seen) %}
    {% if way.get('through') %}
    select {{ qualified(by, 'this') }}
    from {{ ref(way.of) if way.get('of') else this }} as this
    inner join (
        select distinct {{ way.through | join(', ') }} from {{ changes }} where build > {{ seen }}
    ) as changed using ({{ way.through | join(', ') }})
    {% else %}
    select {% for column in by %}{{ way.get('rename', {}).get(column, column) }} as {{ column }}{{ ', ' if not loop.last }}{% endfor %}
    from {{ changes }}
    where
        build > {{ seen }}
        {%- for column in by %}
        and {{ way.get('rename', {}).get(column, column) }} is not null
        {%- endfor %}
    {% endif %}
{% endmacro %}

{% macro ways_from(recompute, source) %}
    {#- How the changes of a source lead to the keys: when_changed names one way, or a list of them. A view is found by our own columns. -#}
    {% set ways = recompute.when_changed.get(source, {}) %}
    {{ return([ways] if ways is mapping else ways) }}
{% endmacro %}
