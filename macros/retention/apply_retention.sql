{#- `radar retention`: removes what is older than the contracts keep. Raw rows first; a session goes when its raw events are gone. -#}

{% macro apply_retention(apply=false) %}
    {#- Without `apply` it only tells what would go. Every step is a transaction of its own: stopped halfway, run it again. -#}
    {% set raw, derived = nodes_with_retention('raw_table'), nodes_with_retention('incremental_by_key') %}
    {% do print('Applying retention' if apply else 'Nothing is removed without --apply. What would go:') %}
    {% for node in raw %}
        {% set cutoff = utc_midnight(node.config.meta.table.retention.days) %}
        {% if apply %}{% do run_query(locks_of_models() ~ record_cutoff(node.name, quoted(cutoff)) ~ '; commit') %}{% endif %}
        {% do retain_raw_rows(node, cutoff, apply) %}
    {% endfor %}
    {% if derived %}{% do retain_sessions(derived, raw, apply) %}{% endif %}
{% endmacro %}

{% macro nodes_with_retention(materialized) %}
    {% set found = [] %}
    {% for node in graph.nodes.values()
       if node.resource_type == 'model' and node.config.materialized == materialized and node.config.get('meta', {}).get('table', {}).get('retention') %}
        {% do contract_of(node) %}
        {% do found.append(node) %}
    {% endfor %}
    {{ return(found | sort(attribute='name')) }}
{% endmacro %}

{% macro utc_midnight(days) %}
    {{ return(run_query('select ' ~ utc_midnight_sql(days) ~ '::text').rows[0][0]) }}
{% endmacro %}

{% macro utc_midnight_sql(days) -%}
    ((date_trunc('day', now() at time zone 'UTC') - interval '{{ days }} days') at time zone 'UTC')
{%- endmacro %}

{% macro locks_of_models() %}
    {#- No model is being built while this transaction lasts. A run holds one of these locks at a time, so nobody waits in a circle. -#}
    {% set names = [] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized == 'incremental_by_key' %}
        {% do names.append(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias) | string) %}
    {% endfor %}
    {% set locks = [] %}
    {% for name in names | sort %}{% do locks.append("select pg_advisory_xact_lock(hashtext('" ~ name ~ "'));") %}{% endfor %}
    {{ return(locks | join(' ')) }}
{% endmacro %}

{% macro report_retention(name, partitions, rows, bytes, oldest, limit) %}
    {% do print('%-26s before %s: %s partitions, %s rows, %s kB%s' | format(
        name, limit, partitions, '{:,}'.format(rows), '{:,}'.format((bytes / 1024) | round | int), ', oldest ' ~ oldest if oldest else '')) %}
{% endmacro %}
