{#- All contracts and the statements that make their tables, as JSON in the log: `radar schema` reads it from there. The database is
    not asked, so the text is the same wherever it is made. -#}

{% macro print_schema() %}
    {% do graph.update({'vectors_schema': none}) %}
    {% set relations = [] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized != 'ephemeral' %}
        {% set relation = api.Relation.create(schema=node.schema, identifier=node.alias) %}
        {% set entry = {'schema': node.schema, 'name': node.name, 'description': node.description, 'ddl': [], 'checks': [], 'columns': []} %}
        {% if node.config.materialized in ['raw_table', 'incremental_by_key'] %}
            {% set contract = contract_of(node) %}
            {% do entry.update({'ddl': create_table_ddl(relation, contract), 'checks': contract.checks, 'columns': contract.columns}) %}
        {% else %}
            {% for column in node.columns.values() %}
                {% do entry.columns.append({'name': column.name, 'type': column.data_type, 'description': column.description}) %}
            {% endfor %}
        {% endif %}
        {% do relations.append(entry) %}
    {% endfor %}
    {% do log(tojson(relations)) %}
{% endmacro %}
