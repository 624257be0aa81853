{% set metrics = [
    'unique_visitors', 'new_visitors', 'sessions', 'pageviews', 'bounce_rate', 'conversion_rate', 'conversion_value',
] %}

with

projects as (
    {{ last_days_of_projects(days=1) }}
),

-- Whole days only: today would make every number fall until midnight. Distinct, so that the dates are columns below, as
-- in the macro.
windows as (
    select distinct
        workspace_id,
        project_id,
        window_days,
        windows_ago,
        today - 1 - window_days * windows_ago as last_date,
        today - window_days * (windows_ago + 1) as first_date
    from projects
    cross join (values (7), (30), (90)) as lengths (window_days)
    cross join (values (0), (1)) as ages (windows_ago)
),

measured as (
    select
        windows.*,
        totals.*,
        visitors.*
    from windows
    cross join lateral (
        select
            coalesce(sum(days.sessions), 0)::bigint as sessions,
            coalesce(sum(days.pageviews), 0)::bigint as pageviews,
            {{ rate('sum(days.bounces)', 'sum(days.sessions)') }} as bounce_rate,
            {{ rate('sum(days.converted_sessions)', 'sum(days.sessions)') }} as conversion_rate,
            coalesce(sum(days.conversion_value), 0) as conversion_value
        from {{ ref('daily_traffic_sources') }} as days
        where
            days.workspace_id = windows.workspace_id
            and days.project_id = windows.project_id
            and days.metric_date between windows.first_date and windows.last_date
    ) as totals
    cross join lateral (
        select
            coalesce(sum(days.visitors), 0)::bigint as unique_visitors,
            coalesce(sum(days.visitors) filter (where days.previous_date = {{ never() }}), 0)::bigint as new_visitors
        from {{ ref('visitor_recency') }} as days
        where
            days.workspace_id = windows.workspace_id
            and days.project_id = windows.project_id
            and days.metric_date between windows.first_date and windows.last_date
            and days.referrer_type = '(all)'
            and days.previous_date < windows.first_date
    ) as visitors
)

select
    workspace_id,
    project_id,
    window_days,
    max(first_date) as first_date,
    max(last_date) as last_date,
    {% for windows_ago, prefix in [(0, ''), (1, 'previous_')] %}
    {% set is_last = loop.last %}
    {% for metric in metrics %}
    max({{ metric }}) filter (where windows_ago = {{ windows_ago }})
        as {{ prefix }}{{ metric }}{{ ',' if not (is_last and loop.last) }}
    {% endfor %}
    {% endfor %}
from measured
group by workspace_id, project_id, window_days
