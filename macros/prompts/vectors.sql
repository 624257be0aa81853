{#- PostgreSQL's extension vector (pgvector), which compares prompts. A server without it goes without that alone. -#}

{% macro vectors_schema() %}
    {#- The schema that the extension is in, quoted; none where vectors cannot be stored and searched. Asked once a run. -#}
    {% if not execute %}{{ return(none) }}{% endif %}
    {% if 'vectors_schema' not in graph %}
        {% set query = "select (select extnamespace::regnamespace::text from pg_extension
                        where extname = 'vector' and exists (select from pg_am where amname = 'hnsw'))" %}
        {% do graph.update({'vectors_schema': run_query(query).rows[0][0]}) %}
    {% endif %}
    {{ return(graph.vectors_schema) }}
{% endmacro %}

{% macro has_vectors() %}
    {{ return(vectors_schema() is not none) }}
{% endmacro %}

{% macro with_vectors_schema(name) %}
    {#- A type or operator class as statements have to name it: what is the extension's, with its schema. -#}
    {{ return(vectors_schema() ~ '.' ~ name if name.startswith('vector') and has_vectors() else name) }}
{% endmacro %}

{% macro create_vectors() %}
    {#- Makes the extension where the server has it and we may, in the schema that Supabase keeps for extensions if there is one. -#}
    {% if has_vectors() %}{{ return('') }}{% endif %}
    {% do run_query("
        do $do$
        begin
            if exists (select from pg_available_extensions where name = 'vector' and installed_version is null) then
                execute 'create extension vector schema ' || case when to_regnamespace('extensions') is null then 'public' else 'extensions' end;
            end if;
        exception when others then null;  -- whatever keeps it from us: everything else works without it
        end
        $do$") %}
    {% do graph.pop('vectors_schema') %}
{% endmacro %}

{% macro tell_missing_vectors() %}
    {% if not has_vectors() %}
        {% do log(run_query('select ' ~ schema_name('radar') ~ '.missing_vectors()').rows[0][0], info=true) %}
    {% endif %}
{% endmacro %}

{% macro missing_vectors_function() %}
create or replace function {{ schema_name('radar') }}.missing_vectors() returns text
language sql
stable
{{ pinned() }}
as $function$
    select 'Prompts are not compared (everything else works): ' || case
        when installed_version is not null then 'the extension vector is older than 0.5, which brought its index: alter extension vector update;'
        when name is not null then format('%s may not create the extension: ask an administrator to run, in this database: create extension vector;', current_user)
        else 'this server has no pgvector (Debian: postgresql-' || current_setting('server_version_num')::integer / 10000 || '-pgvector)'
    end
    from (values (1)) as one_row
    left join pg_available_extensions on name = 'vector'
    where installed_version is null or not exists (select from pg_am where amname = 'hnsw')
$function$;
comment on function {{ schema_name('radar') }}.missing_vectors() is 'Why prompts cannot be compared on this server; null when they can.';
{% endmacro %}

{% macro without_vectors(contract) %}
    {#- The contract as a server without the extension can keep it: a vector is an array of as many numbers, and is not indexed. The run
        that finds the extension makes vectors of the arrays. -#}
    {% set table, columns, checks = dict(contract.table), [], contract.checks | list %}
    {% for column in contract.columns %}
        {% if column.type.startswith('vector') %}
            {% do columns.append(dict(column, type='real[]')) %}
            {% do checks.append({'name': column.name ~ '_is_a_vector', 'expression':
                'cardinality(' ~ column.name ~ ') = ' ~ modules.re.sub('[^0-9]', '', column.type) ~ ' and array_position(' ~ column.name ~ ', null) is null'}) %}
        {% else %}{% do columns.append(column) %}
        {% endif %}
    {% endfor %}
    {% do table.update({'indexes': table.get('indexes', []) | rejectattr('using', 'equalto', 'hnsw') | list}) %}
    {{ return(dict(contract, table=table, columns=columns, checks=checks)) }}
{% endmacro %}
