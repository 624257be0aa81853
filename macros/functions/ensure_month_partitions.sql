{% macro ensure_month_partitions_function() %}
create or replace function {{ schema_name('radar') }}.ensure_month_partitions(parent regclass, first_month date, last_month date)
returns integer
language plpgsql
security definer
{{ pinned() }}
set lock_timeout = '100ms'
as $function$
declare
    earliest constant date := '2000-01-01';
    latest constant date := current_date + interval '{{ var("partitions_ahead_months") + 12 }} months';
    table_schema text;
    table_name text;
    key_column text;
    columns text;
    month date;
    partition text;
    made integer := 0;
begin
    select n.nspname, c.relname, a.attname into table_schema, table_name, key_column
    from pg_partitioned_table as p
    inner join pg_class as c on c.oid = p.partrelid
    inner join pg_namespace as n on n.oid = c.relnamespace
    inner join pg_attribute as a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
    where p.partrelid = parent;
    if table_name is null then
        raise exception '% is not a partitioned table', parent;
    end if;
    -- Whoever may insert may call this with our rights: neither other tables nor partitions without end.
    if table_schema <> '{{ schema_name("ingest") }}' then
        raise exception '% is not in the schema {{ schema_name("ingest") }}', parent;
    end if;
    if first_month < earliest or last_month > latest then
        raise exception 'Months from % to % can have partitions, not % to %; other rows stay in the default one',
            to_char(earliest, 'YYYY-MM'), to_char(latest, 'YYYY-MM'), first_month, last_month;
    end if;

    for month in select generate_series(date_trunc('month', first_month), date_trunc('month', last_month), '1 month')::date loop
        partition := format('%I.%I', table_schema, table_name || to_char(month, '"_p"YYYY_MM'));
        for attempt in 1 .. 5 loop
            exit when to_regclass(partition) is not null;
            -- Who waits for the default partition makes everybody wait who comes later: behind a transaction that somebody left
            -- open, that would be all loading and reading. A month that cannot be made now is made by a later call.
            begin
                -- Two loaders may want the same month: the second finds it when it tries again.
                perform pg_advisory_xact_lock(hashtext(partition));
                exit when to_regclass(partition) is not null;
                -- Rows of this month that came before it had a partition lie in the default one, and PostgreSQL refuses to attach a
                -- range that has rows there: they move first, under a lock so that no new one slips in.
                execute format('lock table %I.%I in access exclusive mode', table_schema, table_name || '_default');
                execute format('create table %s (like %I.%I including defaults including generated including constraints)',
                               partition, table_schema, table_name);
                select string_agg(format('%I', attname), ', ' order by attnum) into columns
                from pg_attribute
                where attrelid = parent and attnum > 0 and not attisdropped and attgenerated = '';
                execute format(
                    'with moved as (delete from %I.%I where %I >= %L and %I < %L returning %s) insert into %s (%s) select %s from moved',
                    table_schema, table_name || '_default', key_column, month::timestamptz,
                    key_column, (month + interval '1 month')::timestamptz, columns, partition, columns, columns);
                execute format('alter table %s enable row level security', partition);
                execute format('alter table %I.%I attach partition %s for values from (%L) to (%L)',
                               table_schema, table_name, partition, month::timestamptz, (month + interval '1 month')::timestamptz);
                made := made + 1;
            exception when lock_not_available then
                perform pg_sleep(0.2);
            end;
        end loop;
    end loop;
    return made;
end
$function$;
{% endmacro %}
