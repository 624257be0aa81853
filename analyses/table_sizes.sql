-- Tables by what they take on disk, with their indexes; partitions count for their table.
select
    coalesce(parents.relname, tables.relname) as table_name,
    schemas.nspname as schema_name,
    pg_size_pretty(sum(pg_total_relation_size(tables.oid))) as total_size,
    pg_size_pretty(sum(pg_indexes_size(tables.oid))) as index_size,
    sum(greatest(tables.reltuples, 0))::bigint as estimated_rows
from pg_class as tables
inner join pg_namespace as schemas on tables.relnamespace = schemas.oid
left join pg_inherits on tables.oid = pg_inherits.inhrelid
left join pg_class as parents on pg_inherits.inhparent = parents.oid
where
    tables.relkind = 'r'
    and schemas.nspname in ('{{ schema_name("ingest") }}', '{{ schema_name("analytics") }}', '{{ schema_name("radar") }}')
group by coalesce(parents.relname, tables.relname), schemas.nspname
order by sum(pg_total_relation_size(tables.oid)) desc
