{#- A full build: a new table beside the old one (CREATE TABLE AS can run parallel), complete with keys, indexes, policies and
    grants, then swapped in, all in one transaction: readers see the old table or the new one, never an unguarded or half one. -#}

{% macro build_table(contract) %}
    {% set building = this.incorporate(path={'identifier': model.name ~ '__building'}) %}
    {% do run_query(hash_joins_only()) %}
    {% do run_query(set_indexes_aside(this)) %}
    {% call statement('main') %}
        create table {{ building }} as {{ with_final_days(sql, contract) }}
    {% endcall %}
    {% set not_null = [] %}
    {% for column in contract.columns if column.not_null %}
        {% do not_null.append('alter column ' ~ column.name ~ ' set not null') %}
    {% endfor %}
    {% do run_query((['alter table ' ~ building ~ ' ' ~ not_null | join(', ')] + dress_table_ddl(building, contract)
                     + ['analyze ' ~ building]) | join(';\n')) %}
    {% do run_query(briefly_locked(swap_in(building), this)) %}
    {% do forget_catalog() %}
{% endmacro %}

{% macro set_indexes_aside(relation) %}
    {#- Index names are unique in a schema: the old table's make room, without blocking its readers. Autovacuum writes into the catalog
        rows of indexes, too: locked out, it cannot wait for us while we wait for it. -#}
    do $do$
    declare
        index_name text;
    begin
        if to_regclass({{ quoted(relation.include(database=false) | string) }}) is not null then
            lock table {{ relation }} in share update exclusive mode;
        end if;
        for index_name in
            select i.relname from pg_index as x inner join pg_class as i on i.oid = x.indexrelid
            where x.indrelid = to_regclass({{ quoted(relation.include(database=false) | string) }})
        loop
            execute format('alter index {{ relation.schema }}.%I rename to %I', index_name, 'old_' || md5(index_name));
        end loop;
    end
    $do$
{% endmacro %}

{% macro swap_in(building) %}
    {#- Views that read the old table are pointed at the new one; one that cannot be (it reads a column that is gone) is dropped,
        and its own model makes it again later in the run. -#}
    do $do$
    declare
        old_table regclass := to_regclass({{ quoted(this.include(database=false) | string) }});
        view_names text[];
        view_queries text[];
    begin
        -- One swap at a time: two tables that one view reads would wait for each other, at it and at themselves.
        perform pg_advisory_xact_lock(hashtext('{{ schema_name('radar') }}.swap_in'));
        if old_table is not null then
            with recursive readers as (
                select old_table::oid as oid, 0 as depth
                union
                select rewrite.ev_class, readers.depth + 1
                from readers
                inner join pg_depend as depend on depend.refobjid = readers.oid and depend.classid = 'pg_rewrite'::regclass
                inner join pg_rewrite as rewrite on rewrite.oid = depend.objid and rewrite.ev_class <> readers.oid
            )
            select array_agg(oid::regclass::text order by depth), array_agg(pg_get_viewdef(oid) order by depth)
            into view_names, view_queries
            from (
                select readers.oid, max(depth) as depth
                from readers
                inner join pg_class as class on class.oid = readers.oid and class.relkind = 'v'
                -- Not what a reader made for himself: it goes with the old table, as it does wherever dbt swaps tables.
                where depth > 0 and class.relpersistence <> 't' and pg_has_role(class.relowner, 'usage')
                and class.reloptions @> '{security_invoker=true}'
                group by readers.oid
            ) as views;
            -- Locks in the order in which a reader takes them, the outermost view first: in another order the two would
            -- wait for each other. (LOCK TABLE would lock all tables below the view too.)
            for position in reverse coalesce(cardinality(view_names), 0) .. 1 loop
                execute format('alter view %s set (security_invoker = true)', view_names[position]);
            end loop;
            alter table {{ this }} rename to {{ model.name }}__old;
        end if;
        alter table {{ building }} rename to {{ model.name }};
        for position in 1 .. coalesce(cardinality(view_names), 0) loop
            begin
                execute format('create or replace view %s with (security_invoker = true) as %s', view_names[position], view_queries[position]);
            exception when undefined_column or undefined_table or invalid_table_definition or datatype_mismatch then
                execute format('drop view if exists %s cascade', view_names[position]);
            end;
        end loop;
        if old_table is not null then
            drop table {{ this.include(database=false, identifier=false) }}.{{ model.name }}__old cascade;
        end if;
    end
    $do$
{% endmacro %}
