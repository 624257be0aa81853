{% set sums = ['sessions', 'bounces', 'converted_sessions', 'pageviews', 'conversion_value'] %}

with

projects as (
    {{ projects_today() }}
),

-- Whole days only: today would make every number fall until midnight.
windows as (
    select
        *,
        today - 1 - window_days * windows_ago as last_date,
        today - window_days * (windows_ago + 1) as first_date
    from projects
    cross join (values (7), (30), (90)) as lengths (window_days)
    cross join (values (0), (1)) as ages (windows_ago)
),

measured as (
    select *
    from windows
    cross join lateral (
        select
            {% for column in sums %}
            coalesce(sum(days.{{ column }}), 0) as {{ column }}{{ ',' if not loop.last }}
            {% endfor %}
        from {{ ref('daily_traffic_sources') }} as days
        where
            days.workspace_id = windows.workspace_id
            and days.project_id = windows.project_id
            and days.metric_date between windows.first_date and windows.last_date
    ) as totals
    cross join lateral (
        select
            coalesce(sum(days.visitors), 0) as unique_visitors,
            coalesce(sum(days.visitors) filter (where days.previous_date = {{ never() }}), 0) as new_visitors
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
    latest.first_date,
    latest.last_date,
    {% for source, prefix in [('latest', ''), ('previous', 'previous_')] %}
    {{ source }}.unique_visitors::bigint as {{ prefix }}unique_visitors,
    {{ source }}.new_visitors::bigint as {{ prefix }}new_visitors,
    {{ source }}.sessions::bigint as {{ prefix }}sessions,
    {{ source }}.pageviews::bigint as {{ prefix }}pageviews,
    {{ rate(source ~ '.bounces', source ~ '.sessions') }} as {{ prefix }}bounce_rate,
    {{ rate(source ~ '.converted_sessions', source ~ '.sessions') }} as {{ prefix }}conversion_rate,
    {{ source }}.conversion_value as {{ prefix }}conversion_value{{ ',' if not loop.last }}
    {% endfor %}
from measured as latest
inner join measured as previous using (workspace_id, project_id, window_days)
where latest.windows_ago = 0 and previous.windows_ago = 1
