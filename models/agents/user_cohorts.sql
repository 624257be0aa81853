{{ config(materialized='view') }}

{% set retention_days = [1, 7, 14, 30, 60, 90] %}

with

-- Each person's days count from the person's own first one, so weeks and months are sums of days.
days as (
    select
        *,
        activity_date - cohort_days.cohort_date as day_number,
        activity_date <= {{ workspace_today() }} - 30 as is_long_ago,
        date_trunc(unit, cohort_days.cohort_date::timestamp)::date as period_start,
        (date_trunc(unit, cohort_days.cohort_date::timestamp) + ('1 ' || unit)::interval)::date - 1 as period_end
    from {{ ref('user_cohort_days') }} as cohort_days
    cross join (values ('daily', 'day'), ('weekly', 'week'), ('monthly', 'month')) as periods (cohort_period, unit)
),

cohorts as (
    select
        workspace_id,
        cohort_period,
        period_start,
        {{ workspace_today() }} - period_end as days_since,
        sum(users) filter (where day_number = 0) as initial_users,
        {% for number in retention_days %}
        coalesce(sum(users) filter (where day_number = {{ number }}), 0) as day_{{ number }},
        {% endfor %}
        coalesce(sum(last_seen) filter (where is_long_ago), 0) as churned_users,
        sum(revenue) as revenue,
        sum(revenue) filter (where is_long_ago) as earlier_revenue,
        max(updated_at) as updated_at
    from days
    group by workspace_id, cohort_period, period_start, period_end
)

-- What a day that still goes on will have is not known yet: null, which is not 0.
select
    workspace_id,
    cohort_period,
    period_start as cohort_date,
    initial_users::integer,
    jsonb_build_object(
        {%- for number in retention_days %}
        {{ ', ' if not loop.first }}'day_{{ number }}',
        case when days_since > {{ number }} then {{ rate('day_' ~ number, 'initial_users') }} end
        {%- endfor %}
    ) as retention_data,
    case when days_since >= 30 then round(earlier_revenue / nullif(churned_users, 0), 2) end as ltv_estimate,
    case when days_since > 0 then round(revenue / initial_users, 2) end as avg_revenue_per_user,
    case when days_since >= 30 then {{ rate('churned_users', 'initial_users') }} end as churn_rate,
    updated_at
from cohorts
