{#- What the database has now, for comparing with a contract. -#}

{% macro table_in_catalog(relation) %}
    {#- {columns: {name: {type, not_null, generated}}, key, objects: {kind: [names]}, partition_key}, or none without a table. -#}
    {% set query %}
        select json_build_object(
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
            'recorded', (
                select json_build_object('fingerprint', fingerprint, 'objects', objects, 'generated', generated)
                from {{ schema_name('radar') }}.contracts
                where relation = {{ quoted(relation.include(database=false) | string) }}))::text
        from pg_class as c
        where c.oid = to_regclass({{ quoted(relation.include(database=false) | string) }})
    {% endset %}
    {% set rows = run_query(query).rows %}
    {{ return(fromjson(rows[0][0]) if rows else none) }}
{% endmacro %}

{% macro canonical_type(data_type) %}
    {#- PostgreSQL's own name of a type, as format_type prints it. -#}
    {% set aliases = {'timestamptz': 'timestamp with time zone', 'timestamp': 'timestamp without time zone', 'int': 'integer',
                      'int2': 'smallint', 'int4': 'integer', 'int8': 'bigint', 'bool': 'boolean', 'float4': 'real',
                      'float8': 'double precision', 'decimal': 'numeric', 'varchar': 'character varying',
                      'char': 'character'} %}
    {% set parts = modules.re.match('([^([]*)(.*)', data_type | lower | trim).groups() %}
    {% set name = parts[0] | trim %}
    {{ return(aliases.get(name, name) ~ parts[1] | replace(' ', '')) }}
{% endmacro %}
