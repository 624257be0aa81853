with

pageviews as (
    select * from {{ ref('pageviews') }}
    where session_date > current_date - 30
),

sessions as (
    select * from {{ ref('sessions') }}
    where session_date > current_date - 30
)

select
    workspace_id,
    project_id,
    pageviews.page_path,
    count(*) as total_views,
    count(distinct session_id) as unique_sessions,
    count(distinct pageviews.anonymous_id) as unique_visitors,
    round(avg(pageviews.time_on_page_seconds), 2) as avg_time_on_page_seconds,
    {{ rate('count(*) filter (where pageviews.pageview_number = 1 and sessions.is_bounce)',
            'count(*) filter (where pageviews.pageview_number = 1)') }} as bounce_rate
from pageviews
inner join sessions using (workspace_id, project_id, session_id)
group by workspace_id, project_id, pageviews.page_path
