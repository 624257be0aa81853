with

sessions as (
    select * from {{ ref('sessions') }}
    where session_date > current_date - 30
)

select
    workspace_id,
    project_id,
    referrer_type,
    count(*) as sessions,
    count(distinct anonymous_id) as unique_visitors,
    round(avg(duration_seconds), 2) as avg_session_duration_seconds,
    round(avg(pageview_count), 2) as avg_pages_per_session,
    {{ rate('count(*) filter (where is_bounce)', 'count(*)') }} as bounce_rate,
    {{ rate('count(*) filter (where converted)', 'count(*)') }} as conversion_rate
from sessions
group by workspace_id, project_id, referrer_type
