{#- Who may do what with a relation. Nothing is granted to public. -#}

{% macro grant_sql(relation, contract) %}
    {#- Statements that give each role its rights on a table or view. Ingest may not name ingest_xid: it decides what is new. -#}
    {% set grants = ['grant all on ' ~ relation ~ ' to ' ~ role_name('service')] %}
    {% if relation.schema == schema_name('analytics') %}
        {% do grants.append('grant select on ' ~ relation ~ ' to ' ~ role_name('reader')) %}
    {% elif relation.schema == schema_name('ingest') %}
        {% set columns = [] %}
        {% for column in contract.columns if column.name != 'ingest_xid' and not column.generated %}
            {% do columns.append(column.name) %}
        {% endfor %}
        {% do grants.append('grant insert (' ~ columns | join(', ') ~ ') on ' ~ relation ~ ' to ' ~ role_name('ingest')) %}
    {% endif %}
    {{ return(grants) }}
{% endmacro %}
