{#- A model's journal: which keys it changed in which build, for the models that read it. -#}

{% macro changes_table(model_name) -%}
    {{ return(schema_name('radar') ~ '.' ~ model_name ~ '_changes') }}
{%- endmacro %}

{% macro create_journal(contract, recompute) %}
    {#- Statements that make the journal empty and as the contract says now: a full build begins it anew. -#}
    {% if not recompute.get('changes') %}{{ return([]) }}{% endif %}
    {% set table = changes_table(model.name) %}
    {% set columns = [] %}
    {% for column in contract.columns if column.name in recompute.changes %}
        {% do columns.append(column.name ~ ' ' ~ column.type) %}
    {% endfor %}
    {{ return(['drop table if exists ' ~ table,
               'create table ' ~ table ~ ' (build bigint not null, ' ~ columns | join(', ') ~ ')',
               'create index on ' ~ table ~ ' using brin (build)',
               'alter table ' ~ table ~ ' enable row level security']) }}
{% endmacro %}

{% macro prune_journals() %}
    {#- The same for every model: after `radar erase` no key of what was erased stays. -#}
    {% for node in graph.nodes.values() if journaled_columns(node.name) %}
        {% do run_query('delete from ' ~ changes_table(node.name) ~ ' where build <= (select min(build) from ' ~ schema_name('radar')
                        ~ '.watermarks where source = ' ~ quoted(node.name) ~ ')') %}
    {% endfor %}
    {% do run_query('commit') %}
{% endmacro %}

{% macro prune_journal() %}
    {#- What every reader has caught up with is not needed any more. A reader that was never built needs nothing: it builds fully. -#}
    delete from {{ changes_table(model.name) }}
    where build <= (select min(build) from {{ schema_name('radar') }}.watermarks where source = '{{ model.name }}')
{% endmacro %}
