{#- Row security: who sees and writes which rows. One expression, here and nowhere else. -#}

{% macro own_workspaces() -%}
    {#- The sub-select makes PostgreSQL ask once a query, not once a row. (Citus takes only the bare call: change it here.) -#}
    workspace_id = any((select {{ schema_name('radar') }}.current_workspaces())::uuid[])
{%- endmacro %}

{% macro policy_objects(relation, contract) %}
    {#- Every table with a workspace_id gets the same policies, so that none can be forgotten; one without it shows readers
        nothing, because row security is on for every table. -#}
    {% set policies = [
        ('service', 'for all to ' ~ role_name('service') ~ ' using (true) with check (true)')] %}
    {% if has_column(contract, 'workspace_id') %}
        {% do policies.append(('own_workspaces', 'for select to ' ~ role_name('reader') ~ ' using (' ~ own_workspaces() ~ ')')) %}
    {% endif %}
    {% if relation.schema == schema_name('ingest') %}
        {% do policies.append(('ingest', 'for insert to ' ~ role_name('ingest') ~ ' with check (true)')) %}
    {% endif %}
    {% set objects = [] %}
    {% for name, definition in policies %}
        {% set full_name = object_name([contract.name, name], definition) %}
        {% do objects.append({
            'kind': 'policy', 'name': full_name,
            'create': 'create policy ' ~ full_name ~ ' on ' ~ relation ~ ' ' ~ definition,
            'drop': 'drop policy ' ~ full_name ~ ' on ' ~ relation}) %}
    {% endfor %}
    {{ return(objects) }}
{% endmacro %}
