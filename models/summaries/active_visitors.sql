with

projects as (
    select
        workspace_id,
        project_id,
        min(metric_date) as first_date,
        max(metric_date) as last_date
    from {{ ref('daily_site_metrics') }}
    group by workspace_id, project_id
),

calendar as (
    select workspace_id, project_id, day::date as metric_date
    from projects
    cross join lateral generate_series(first_date::timestamp, last_date, '1 day') as day
),

-- Of longer absences no count of up to 30 days knows how long they were.
visitors as (
    select
        workspace_id,
        project_id,
        metric_date,
        least(metric_date - previous_date, 30) as days_away,
        sum(visitors) as visitors,
        sum(case when previous_date = {{ never() }} then visitors else 0 end) as new_visitors
    from {{ ref('visitor_recency') }}
    where referrer_type = '(all)'
    group by 1, 2, 3, 4
),

-- Who comes is counted for so many days. Who was counted still, from the visit before, adds nothing until that is over.
changes as (
    select
        workspace_id,
        project_id,
        changed_on as metric_date,
        {% for days in [1, 7, 30] %}
        coalesce(sum(change) filter (where days = {{ days }}), 0) as change_{{ days }},
        {% endfor %}
        sum(new_change) as new_visitors
    from visitors
    cross join (values (1), (7), (30)) as windows (days)
    cross join lateral (
        values
        (metric_date + days - least(days_away, days), visitors, case when days = 1 then new_visitors else 0 end),
        (metric_date + days, -visitors, 0)
    ) as changes (changed_on, change, new_change)
    group by workspace_id, project_id, changed_on
),

counts as (
    select
        workspace_id,
        project_id,
        metric_date,
        {% for days, name in [(1, 'daily'), (7, 'weekly'), (30, 'monthly')] %}
        coalesce(sum(changes.change_{{ days }}) over until_day, 0)::bigint as {{ name }}_active_visitors,
        {% endfor %}
        coalesce(changes.new_visitors, 0)::bigint as new_visitors
    from calendar
    left join changes using (workspace_id, project_id, metric_date)
    window until_day as (partition by workspace_id, project_id order by metric_date)
)

select
    workspace_id,
    project_id,
    metric_date,
    daily_active_visitors,
    weekly_active_visitors,
    monthly_active_visitors,
    new_visitors,
    daily_active_visitors - new_visitors as returning_visitors,
    {{ rate('daily_active_visitors', 'monthly_active_visitors') }} as stickiness
from counts
