-- Dashboards show visitors of a week or a month: when this fails, somebody who came on two days
-- counts twice, or not at all.
with

windows as (
    select
        workspace_id,
        project_id,
        max(metric_date) - {{ var('tested_days') }} as day_before
    from {{ ref('daily_site_metrics') }}
    group by workspace_id, project_id
),

counted as (
    select
        workspace_id,
        project_id,
        coalesce(referrer_type, '(all)') as referrer_type,
        count(distinct anonymous_id) as visitors
    from windows
    inner join {{ ref('sessions') }} as sessions using (workspace_id, project_id)
    where session_date > day_before
    group by grouping sets (
        (workspace_id, project_id), (workspace_id, project_id, referrer_type)
    )
),

summed as (
    select
        workspace_id,
        project_id,
        referrer_type,
        sum(visitors) as visitors
    from windows
    inner join {{ ref('visitor_recency') }} as recency using (workspace_id, project_id)
    where metric_date > day_before and previous_date <= day_before
    group by workspace_id, project_id, referrer_type
)

select
    workspace_id,
    project_id,
    referrer_type,
    summed.visitors,
    counted.visitors as visitors_found
from counted
full join summed using (workspace_id, project_id, referrer_type)
where summed.visitors is distinct from counted.visitors
