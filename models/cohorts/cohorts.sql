{{ config(materialized='view') }}

{% set cohort = 'workspace_id, project_id, anchor, period, cohort_start' %}
{% set measures = ['cohort_size', 'active_users', 'active_users_on_or_after', 'revenue', 'cumulative_revenue'] %}

with

projects as (
    select
        workspace_id,
        project_id,
        {{ last_day_so_far('metric_date') }} as last_date,
        {{ schema_name('radar') }}.local_date(workspace_id, project_id) as today
    from {{ ref('daily_site_metrics') }}
    group by workspace_id, project_id
),

activity as not materialized (
    select
        workspace_id,
        project_id,
        anchor,
        'day' as period,
        cohort_date as cohort_start,
        activity_date as period_start,
        persons as active_users,
        last_seen,
        revenue
    from {{ ref('cohort_days') }}
    union all
    select {{ cohort }}, period_start, active_users, last_seen, revenue
    from {{ ref('cohort_periods') }}
),

-- In its own first period everybody of a cohort was there, so each cohort has that row.
calendar as (
    select
        {{ cohort }},
        starts::date as period_start,
        number::integer - 1 as period_number,
        (starts + ('1 ' || period)::interval)::date <= today as is_complete
    from activity
    inner join projects using (workspace_id, project_id)
    cross join lateral generate_series(
        cohort_start::timestamp, last_date, ('1 ' || period)::interval
    ) with ordinality as periods (starts, number)
    where cohort_start = period_start
),

-- Not a join with the calendar: who asks for the cohorts of some days would read all of them.
cells as (
    select {{ cohort }}, period_start, active_users, last_seen, revenue, null as period_number, null as is_complete
    from activity
    union all
    select {{ cohort }}, period_start, 0 as active_users, 0 as last_seen, 0 as revenue, period_number, is_complete
    from calendar
),

periods as (
    select
        {{ cohort }},
        period_start,
        max(period_number) as period_number,
        bool_and(is_complete) as is_complete,
        sum(active_users) as active_users,
        sum(last_seen) as last_seen,
        sum(revenue) as revenue
    from cells
    group by {{ cohort }}, period_start
),

counts as (
    select
        *,
        first_value(active_users) over by_period as cohort_size,
        sum(last_seen) over (by_period rows between current row and unbounded following) as active_users_on_or_after,
        sum(revenue) over by_period as cumulative_revenue
    from periods
    window by_period as (partition by {{ cohort }} order by period_start)
),

-- What a period that still goes on will have is not known yet, and what it has would look like a loss.
known as (
    select
        {{ cohort }},
        period_number,
        period_start,
        is_complete,
        lag(active_users_on_or_after) over (partition by {{ cohort }} order by period_start) as remaining_before,
        {% for measure in measures %}
        case when is_complete then {{ measure }} end as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from counts
),

anchors as (
    select distinct
        workspace_id,
        project_id,
        anchor
    from {{ ref('cohort_periods') }}
    where anchor <> 'first_activity'
),

names as (
    select
        anchors.*,
        goals.goal_name
    from anchors
    cross join lateral (
        select session_goals.goal_name
        from {{ ref('session_goals') }} as session_goals
        where
            session_goals.workspace_id = anchors.workspace_id
            and session_goals.project_id = anchors.project_id
            and session_goals.goal_id = anchors.anchor::uuid
        order by session_goals.event_id
        limit 1
    ) as goals
)

select
    {{ cohort }},
    period_number,
    period_start,
    is_complete,
    coalesce(names.goal_name, anchor) as anchor_name,
    cohort_size::bigint,
    active_users::bigint,
    active_users_on_or_after::bigint,
    {{ rate('active_users', 'cohort_size') }} as retention_rate,
    {{ rate('active_users_on_or_after', 'cohort_size') }} as retention_rate_on_or_after,
    {{ rate('(remaining_before - active_users_on_or_after)', 'remaining_before') }} as churn_rate,
    revenue,
    {{ rate('revenue', 'cohort_size') }} as revenue_per_user,
    cumulative_revenue,
    {{ rate('cumulative_revenue', 'cohort_size') }} as lifetime_value
from known
left join names using (workspace_id, project_id, anchor)
