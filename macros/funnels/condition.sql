{% macro event_condition_sql(condition, relation) %}
    {#- SQL condition on the events of a relation: all of {event_name, event_type, page_path, properties: {name: value}} hold. A page
        is a view of the path, in which % stands for any text, as in goals. -#}
    {% do assert_known_keys(condition, ['event_name', 'event_type', 'page_path', 'properties'], 'a step of a funnel') %}
    {% set parts = [] %}
    {% for key, value in condition.items() %}
        {% if key == 'properties' %}
            {% for name, text in value.items() %}{% do parts.append(relation ~ '.properties ->> ' ~ quoted(name) ~ ' = ' ~ quoted(text | string)) %}{% endfor %}
        {% elif key == 'page_path' %}
            {% do parts.append(relation ~ '.pageview_number is not null and ' ~ relation ~ '.page_path like ' ~ quoted(value)) %}
        {% else %}
            {% do parts.append(relation ~ '.' ~ key ~ ' = ' ~ quoted(value)) %}
        {% endif %}
    {% endfor %}
    {% if not parts %}{% do exceptions.raise_compiler_error('A step of a funnel needs a condition: event_name, event_type, page_path or properties') %}{% endif %}
    {{ return(parts | join(' and ')) }}
{% endmacro %}
