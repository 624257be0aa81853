{#- Retention of a raw table: whole months are dropped, other rows deleted in small transactions. -#}

{% macro retain_raw_rows(node, cutoff, apply) %}
    {% set relation = api.Relation.create(schema=node.schema, identifier=node.alias) %}
    {% set expired = expired_condition(node, quoted(cutoff) ~ '::timestamptz') %}
    {% set column = node.config.meta.table.retention.column %}
    {% set total = {'partitions': 0, 'rows': 0, 'bytes': 0, 'oldest': none} %}
    {% for leaf in run_query(leaves_sql(relation, quoted(cutoff) ~ '::timestamptz')).rows %}
        {% set found = run_query(
            'select count(*), coalesce(sum(pg_column_size(stored.*)), 0)::bigint, min(' ~ column ~ ')::text from ' ~ leaf[0]
            ~ ' as stored where ' ~ expired).rows[0] %}
        {% set whole = leaf[1] and not has_rows(leaf[0], '(' ~ expired ~ ') is not true') %}
        {% if not apply or raw_rows_removed(leaf[0], expired, found[0], whole) %}
            {% do total.update({
                'partitions': total.partitions + (1 if whole else 0), 'rows': total.rows + found[0],
                'bytes': total.bytes + (leaf[2] if whole else found[1]), 'oldest': [total.oldest or found[2], found[2]] | min if found[2] else total.oldest}) %}
        {% endif %}
    {% endfor %}
    {% do report_retention(relation.include(database=false) | replace('"', ''), total.partitions, total.rows, total.bytes, total.oldest, cutoff) %}
{% endmacro %}

{% macro raw_rows_removed(leaf, expired, row_count, whole) %}
    {#- False when somebody uses the month, which then stays. -#}
    {% if whole %}
        {% set is_removed = changed_unless_in_use(drop_month(leaf, expired), leaf, 'it is left to the next retention') %}
        {% do run_query('commit') %}
        {{ return(is_removed) }}
    {% endif %}
    {% for batch in range((row_count / retention_batch_rows()) | round(0, 'ceil') | int) %}
        {% do run_query('delete from ' ~ leaf ~ ' where ctid = any(array(select ctid from ' ~ leaf ~ ' where ' ~ expired
                        ~ ' limit ' ~ retention_batch_rows() ~ ')); commit') %}
    {% endfor %}
    {{ return(true) }}
{% endmacro %}

{% macro drop_month(leaf, expired) %}
    {#- Rows may have come since it was looked at: under the lock it is looked at again. -#}
    do $drop$
    begin
        lock table {{ leaf }} in access exclusive mode;
        if not exists (select from {{ leaf }} where ({{ expired }}) is not true) then
            drop table {{ leaf }};
        end if;
    end
    $drop$
{% endmacro %}

{% macro retention_batch_rows() %}
    {#- Rows of one transaction: short enough that nobody waits for it. -#}
    {{ return(10000) }}
{% endmacro %}

{% macro expired_condition(node, cutoff) %}
    {#- Rows that the table need not keep. One that no model has read yet stays, whatever its date: it would be lost uncounted. -#}
    {% set retention = node.config.meta.table.retention %}
    {% set conditions = [retention.column ~ ' < ' ~ cutoff] %}
    {% if retention.get('until') %}
        {% do conditions.append('coalesce((' ~ retention.until | replace('{radar}', schema_name('radar')) ~ ') < ' ~ cutoff ~ ', true)') %}
    {% endif %}
    {% if 'ingest_xid' in node.columns %}
        {% for reader in graph.nodes.values() if reader.resource_type == 'model' and reads_arrivals_of(reader, node) %}
            {% do conditions.append('ingest_xid < (select ' ~ schema_name('radar') ~ '.horizon_of(' ~ quoted(reader.name) ~ '))') %}
        {% endfor %}
    {% endif %}
    {{ return(conditions | join(' and ')) }}
{% endmacro %}

{% macro reads_arrivals_of(reader, node) %}
    {#- Whether the model takes new rows of the raw table, itself or through its staging model. -#}
    {% if not reader.config.get('meta', {}).get('table', {}).get('recompute', {}).get('arrivals') %}{{ return(false) }}{% endif %}
    {% for parent in reader.depends_on.nodes %}
        {% if parent == node.unique_id or node.unique_id in graph.nodes.get(parent, {}).get('depends_on', {}).get('nodes', []) %}
            {{ return(true) }}
        {% endif %}
    {% endfor %}
    {{ return(false) }}
{% endmacro %}

{% macro leaves_sql(relation, cutoff) %}
    {#- (table, whether its whole month is over before the cutoff, bytes): the table, or its partitions that may hold such rows. -#}
    select leaf.oid::regclass::text, coalesce(month + interval '1 month' <= {{ cutoff }} at time zone 'UTC', false),
        pg_total_relation_size(leaf.oid)
    from pg_class as leaf
    left join pg_inherits on inhrelid = leaf.oid
    cross join lateral (select to_date(substring(leaf.relname from '_p(\d{4}_\d\d)$'), 'YYYY_MM') as month) as named
    where
        leaf.relkind = 'r'
        and '{{ relation.include(database=false) }}'::regclass in (leaf.oid, inhparent)
        and (month is null or inhparent is null or month < {{ cutoff }} at time zone 'UTC')
    order by 1
{% endmacro %}
