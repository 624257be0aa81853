{% macro event_condition_sql(condition, relation) %}
    {#- SQL condition on the events of a relation: all of {event_name, event_type, page_path, properties} hold. A page
        is a view of the path, in which % or * stands for any text. The same form as a goal's conditions. -#}
    {% do assert_known_keys(condition, ['event_name', 'event_type', 'page_path', 'properties'], 'a step of a funnel') %}
    {% set parts = [] %}
    {% for key, value in condition.items() %}
        {% if key == 'properties' %}
            {% do parts.append(schema_name('radar') ~ '.properties_match(' ~ relation ~ '.properties, ' ~ quoted(tojson(value)) ~ ')') %}
        {% elif key == 'page_path' %}
            {% do parts.append(relation ~ '.pageview_number is not null and ' ~ relation ~ '.page_path like ' ~ schema_name('radar') ~ '.path_pattern(' ~ quoted(value) ~ ')') %}
        {% else %}
            {% do parts.append(relation ~ '.' ~ key ~ ' = ' ~ quoted(value)) %}
        {% endif %}
    {% endfor %}
    {{ return(parts | join(' and ')) }}
{% endmacro %}
