{% macro page_performance_of(days) %}
    {#- Query: one row per project and path over the last days, from page_analytics. -#}
with

projects as (
    {{ last_days_of_projects(days) }}
),

pages as (
    select
        workspace_id,
        project_id,
        page_path,
        sum(views)::bigint as total_views,
        sum(path_sessions)::bigint as unique_sessions,
        sum(time_on_page_seconds) as time_on_page_seconds,
        sum(exits) as exits,
        sum(entries) as entries,
        sum(bounces) as bounces
    from projects
    inner join {{ ref('page_analytics') }} as days using (workspace_id, project_id)
    where metric_date between first_date and today
    group by workspace_id, project_id, page_path
)

select
    workspace_id,
    project_id,
    page_path,
    total_views,
    unique_sessions,
    -- The last view of a visit takes a time that nobody knows.
    round(time_on_page_seconds / nullif(total_views - exits, 0), 2) as avg_time_on_page_seconds,
    {{ rate('bounces', 'entries') }} as bounce_rate
from pages
{% endmacro %}
