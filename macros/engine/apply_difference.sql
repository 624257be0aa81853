{#- Writing what was recomputed: only rows that differ are touched, so a run over much history leaves little behind for
    vacuum, and the journal holds exactly the keys that changed. Builders of SQL text. -#}

{% macro delete_stale_rows(contract, recompute, recomputed, table=none) %}
    {#- Rows whose key is recomputed and that are gone or differ now. -#}
    {% set compared = [] %}
    {% for column in contract.columns if column.name not in contract.primary_key + ['updated_at'] %}
        {% do compared.append(column.name) %}
    {% endfor %}
    delete from {{ table or this }} as this
    {% if recompute.get('whole') %}
    where not exists (
        select from {{ recomputed }} as recomputed
        where {{ same(contract.primary_key, 'this', 'recomputed') }}
        and ({{ qualified(compared, 'this') }}) is not distinct from ({{ qualified(compared, 'recomputed') }})
    )
    {% elif recompute.by %}
    using {{ affected_table() }} as affected
    where {{ same(recompute.by, 'this', 'affected') }}
    and not exists (
        select from {{ recomputed }} as recomputed
        where {{ same(contract.primary_key, 'this', 'recomputed') }}
        and ({{ qualified(compared, 'this') }}) is not distinct from ({{ qualified(compared, 'recomputed') }})
    )
    {% else %}
    using {{ recomputed }} as recomputed
    where {{ same(contract.primary_key, 'this', 'recomputed') }}
    and ({{ qualified(compared, 'this') }}) is distinct from ({{ qualified(compared, 'recomputed') }})
    {% endif %}
{% endmacro %}

{% macro delete_vanished_rows(contract, recompute) %}
    {#- Rows that the application deleted leave no trace but the count: only when it differs are the keys compared. -#}
    {% set source = mirrored_rows(recompute) %}
    delete from {{ this }} as this
    where {{ rows_vanished(source) }}
    and not exists (select from {{ source }} as source where {{ same(contract.primary_key, 'source', 'this') }})
{% endmacro %}

{% macro mirrored_rows(recompute) %}
    {#- The rows of the application that the table follows. YAML knows no macros, so a condition is the name of one. -#}
    {% set condition = context[recompute.mirrors_only]() if recompute.get('mirrors_only') else 'true' %}
    {{ return('(select * from ' ~ app_table(recompute.mirrors) ~ ' as stored where ' ~ condition ~ ')') }}
{% endmacro %}

{% macro rows_vanished(source) %}
    {{- return('(select count(*) from ' ~ this ~ ') <> (select count(*) from ' ~ source ~ ' as counted)') -}}
{% endmacro %}

{% macro insert_new_rows(contract, recomputed, table=none) %}
    {#- No join, so that PostgreSQL cannot choose a wrong one: it takes a table for empty that was so when it was analyzed. -#}
    {% set columns = contract.columns | map(attribute='name') | join(', ') %}
    insert into {{ table or this }} as this ({{ columns }})
    select {{ columns }} from {{ recomputed }} as recomputed
    on conflict ({{ contract.primary_key | join(', ') }}) do nothing
{% endmacro %}

{% macro journaled(statement, recompute, build) %}
    {#- The statement, with the keys of its rows written to the journal that the models downstream read. -#}
    {% if not recompute.get('changes') %}{{ return(statement) }}{% endif %}
    {% set columns = recompute.changes | join(', ') %}
    {{ return('with written as (' ~ statement ~ ' returning ' ~ qualified(recompute.changes, 'this')
              ~ ') insert into ' ~ changes_table(model.name) ~ ' (build, ' ~ columns ~ ') select distinct ' ~ build ~ ', '
              ~ columns ~ ' from written') }}
{% endmacro %}

{% macro same(columns, left, right) -%}
    {%- for column in columns -%}
        {{ left }}.{{ column }} = {{ right }}.{{ column }}{{ ' and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{% macro qualified(columns, alias) -%}
    {%- for column in columns -%}{{ alias }}.{{ column }}{{ ', ' if not loop.last }}{%- endfor -%}
{%- endmacro %}
