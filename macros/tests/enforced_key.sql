{% test enforced_key(model) %}
    {#- The primary key and the not-null columns of the contract are PostgreSQL's to keep, so that no row has to be read: this
        asks the catalog whether it does. One row for each thing that the table lacks. -#}
    {% set expected = [] %}
    {% for node in (graph.nodes.values() if execute else []) if node.name == model.identifier and node.resource_type == 'model' %}
        {% set contract = contract_of(node) %}
        {% do expected.append('primary key (' ~ contract.primary_key | join(', ') ~ ')') %}
        {% for column in contract.columns if column.not_null %}{% do expected.append(column.name ~ ' not null') %}{% endfor %}
    {% endfor %}
    {% set table = quoted(model.include(database=false) | string) ~ '::regclass' %}
    select lacking
    from unnest(array[{% for item in expected %}{{ quoted(item) }}{{ ', ' if not loop.last }}{% endfor %}]::text[]) as lacking
    where lacking not in (
        select {{ lowered('pg_get_constraintdef(oid)') }} from pg_constraint where conrelid = {{ table }} and contype = 'p'
        union all
        select attname || ' not null' from pg_attribute where attrelid = {{ table }} and attnotnull
    )
{% endtest %}
