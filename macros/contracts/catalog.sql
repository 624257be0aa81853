{#- What the database has now, for comparing with a contract. -#}

{% macro remember_catalog() %}
    {#- Reads everything that Radar has made, once at the start of a run: asking again at each of many nodes, most of which are as they
        should be, would take most of a short run. `graph` is the one thing that all nodes of a run share. -#}
    {% set known = {} %}
    {% for row in run_query(catalog_sql('contracts.relation is not null')).rows %}{% do known.update({row[0]: fromjson(row[1])}) %}{% endfor %}
    {% do graph.update({'in_catalog': known}) %}
{% endmacro %}

{% macro forget_catalog() %}
    {#- A table that is swapped takes views with it: whoever comes after looks for himself. -#}
    {% do graph.update({'in_catalog': {}}) %}
{% endmacro %}

{% macro in_catalog(relation, fresh=false) %}
    {#- {columns: {name: {type, not_null, generated}}, key, check, index, policy, trigger (names), partition_key, recorded}, or none
        when it is not there. As it was when the run began, or, `fresh`, as it is. -#}
    {% set name = relation.include(database=false) | string %}
    {% if not fresh and name in graph.get('in_catalog', {}) %}{{ return(graph.in_catalog[name]) }}{% endif %}
    {% set rows = run_query(catalog_sql('c.oid = to_regclass(' ~ quoted(name) ~ ')')).rows %}
    {{ return(fromjson(rows[0][1]) if rows else none) }}
{% endmacro %}

{% macro catalog_sql(condition) %}
        select format('"%s"."%s"', nspname, c.relname), json_build_object(
            'columns', (
                select json_object_agg(attname, json_build_object(
                    'type', format_type(atttypid, atttypmod), 'not_null', attnotnull, 'generated', attgenerated <> ''))
                from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped),
            'key', (select conname from pg_constraint where conrelid = c.oid and contype = 'p'),
            'check', (select coalesce(json_agg(conname), '[]') from pg_constraint where conrelid = c.oid and contype = 'c'),
            'index', (
                select coalesce(json_agg(i.relname), '[]')
                from pg_index as x inner join pg_class as i on i.oid = x.indexrelid
                where x.indrelid = c.oid and not x.indisprimary),
            'policy', (select coalesce(json_agg(polname), '[]') from pg_policy where polrelid = c.oid),
            'trigger', (
                select coalesce(json_agg(tgname), '[]') from pg_trigger where tgrelid = c.oid and not tgisinternal),
            'partition_key', pg_get_partkeydef(c.oid),
            'has_row_security', c.relrowsecurity,
            'recorded', case when contracts.relation is not null then json_build_object(
                'fingerprint', fingerprint, 'objects', objects, 'generated', contracts.generated) end)::text
        from pg_class as c
        inner join pg_namespace as n on n.oid = c.relnamespace
        left join {{ schema_name('radar') }}.contracts
            on contracts.relation = format('"%s"."%s"', nspname, c.relname)
        where c.relkind in ('r', 'p', 'v', 'm') and {{ condition }}
{% endmacro %}

{% macro canonical_type(data_type) %}
    {#- PostgreSQL's own name of a type, as format_type prints it. -#}
    {% set aliases = {'timestamptz': 'timestamp with time zone', 'timestamp': 'timestamp without time zone', 'int': 'integer',
                      'int2': 'smallint', 'int4': 'integer', 'int8': 'bigint', 'bool': 'boolean', 'float4': 'real',
                      'float8': 'double precision', 'decimal': 'numeric', 'varchar': 'character varying',
                      'char': 'character', 'time': 'time without time zone'} %}
    {% set parts = modules.re.match('([^([]*)(.*)', data_type | lower | trim).groups() %}
    {% set name = parts[0] | trim %}
    {{ return(aliases.get(name, name) ~ parts[1] | replace(' ', '')) }}
{% endmacro %}
