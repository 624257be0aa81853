-- Indexes by how rarely they are used, with what they take on disk.
select
    schemaname as schema_name,
    relname as table_name,
    indexrelname as index_name,
    idx_scan as scans,
    idx_tup_fetch as rows_fetched,
    pg_size_pretty(pg_relation_size(indexrelid)) as index_size
from pg_stat_user_indexes
where schemaname in ('{{ schema_name("ingest") }}', '{{ schema_name("analytics") }}')
order by idx_scan, pg_relation_size(indexrelid) desc
