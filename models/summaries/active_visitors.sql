with

projects as (
    select
        workspace_id,
        project_id,
        min(metric_date) as first_date,
        {{ last_day_so_far('metric_date') }} as last_date
    from {{ ref('daily_site_metrics') }}
    group by workspace_id, project_id
),

calendar as (
    select
        workspace_id,
        project_id,
        {{ days_between('first_date', 'last_date') }} as metric_date
    from projects
),

-- Of longer absences no count of up to 30 days knows how long they were.
recency as (
    select
        *,
        least(metric_date - previous_date, 30) as days_away
    from {{ ref('visitor_recency') }}
    where referrer_type = '(all)'
),

visitors as (
    select
        workspace_id,
        project_id,
        metric_date,
        days_away,
        sum(visitors)::integer as visitors,
        sum(visitors) filter (where previous_date = {{ never() }})::integer as new_visitors
    from recency
    group by workspace_id, project_id, metric_date, days_away
),

-- A visit counts for so many days. Of a visitor who came in those days before, it counts from when that visit is over.
counted as (
    select
        *,
        metric_date + days - least(days_away, days) as counts_from
    from visitors
    cross join unnest(array[1, 7, 30]) as days
),

visits as (
    select
        workspace_id,
        project_id,
        counts_from as metric_date,
        sum(visitors) filter (where days = 1) as visitors,
        sum(visitors) filter (where days = 7) as weekly_visitors,
        sum(visitors) filter (where days = 30) as monthly_visitors,
        sum(new_visitors) filter (where days = 1) as new_visitors
    from counted
    group by workspace_id, project_id, counts_from
),

totals as (
    select
        workspace_id,
        project_id,
        metric_date,
        coalesce(visits.visitors, 0) as visitors,
        coalesce(visits.new_visitors, 0) as new_visitors,
        sum(visits.visitors) over until_day as total,
        sum(visits.weekly_visitors) over until_day as weekly_total,
        sum(visits.monthly_visitors) over until_day as monthly_total
    from calendar
    left join visits using (workspace_id, project_id, metric_date)
    window until_day as (partition by workspace_id, project_id order by metric_date)
),

counts as (
    select
        workspace_id,
        project_id,
        metric_date,
        visitors as daily_active_visitors,
        (weekly_total - coalesce(lag(total, 7) over by_day, 0))::bigint as weekly_active_visitors,
        (monthly_total - coalesce(lag(total, 30) over by_day, 0))::bigint as monthly_active_visitors,
        new_visitors
    from totals
    window by_day as (partition by workspace_id, project_id order by metric_date)
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
