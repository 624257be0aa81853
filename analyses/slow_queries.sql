-- The queries that took the most time. Needs the extension pg_stat_statements (`radar doctor` says how to get it).
select
    calls,
    round(total_exec_time::numeric / 1000, 2) as total_seconds,
    round(mean_exec_time::numeric, 2) as mean_ms,
    rows as rows_returned,
    left(query, 200) as query_start
from pg_stat_statements
order by total_exec_time desc
limit 10
