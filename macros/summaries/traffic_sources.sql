{% macro traffic_sources_of(days) %}
    {#- Query: one row per project and type of referrer over the last days, from rollups. -#}
with

projects as (
    {{ last_days_of_projects(days) }}
),

sources as (
    select
        workspace_id,
        project_id,
        referrer_type,
        sum(sessions)::bigint as sessions,
        sum(bounces) as bounces,
        sum(converted_sessions) as converted_sessions,
        sum(duration_seconds) as duration_seconds,
        sum(pageviews) as pageviews
    from projects
    inner join {{ ref('daily_traffic_sources') }} as days using (workspace_id, project_id)
    where metric_date between first_date and today
    group by workspace_id, project_id, referrer_type
),

visitors as (
    select
        workspace_id,
        project_id,
        referrer_type,
        sum(visitors)::bigint as unique_visitors
    from projects
    inner join {{ ref('visitor_recency') }} as days using (workspace_id, project_id)
    where metric_date between first_date and today and previous_date < first_date
    group by workspace_id, project_id, referrer_type
)

select
    workspace_id,
    project_id,
    referrer_type,
    sources.sessions,
    visitors.unique_visitors,
    round(sources.duration_seconds / sources.sessions, 2) as avg_session_duration_seconds,
    round(sources.pageviews / sources.sessions, 2) as avg_pages_per_session,
    {{ rate('sources.bounces', 'sources.sessions') }} as bounce_rate,
    {{ rate('sources.converted_sessions', 'sources.sessions') }} as conversion_rate
from sources
inner join visitors using (workspace_id, project_id, referrer_type)
{% endmacro %}
