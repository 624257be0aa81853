-- Top pages by visits over the last 7 days.
select
    page_path,
    sum(path_sessions) as unique_sessions,
    sum(views) as total_views,
    round(sum(time_on_page_seconds) / nullif(sum(views) - sum(exits), 0), 2) as avg_time_on_page_seconds
from {{ ref('page_analytics') }}
where metric_date > current_date - 7
group by page_path
order by unique_sessions desc
limit 10
