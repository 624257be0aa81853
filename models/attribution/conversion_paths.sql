{% set person_month = 'workspace_id, project_id, month, person_id' %}
{% set journey = 'workspace_id, project_id, month, goal_id, path' %}

with

sessions as {{ 'materialized' if is_incremental() else 'not materialized' }} (
    select
        workspace_id,
        project_id,
        {{ month_of('session_date') }} as month,
        person_id,
        session_id,
        started_at,
        event_order,
        channel collate "C" as channel
    from {{ of_affected_months(ref('sessions'), 'session_date') }} as sessions
    where referrer_type is distinct from 'return'
),

persons as (
    select {{ person_month }}, min(channel) as first_channel, max(channel) as last_channel
    from sessions
    group by {{ person_month }}
),

-- Most persons come by one channel all month: their path needs no order, and so nothing is sorted for it.
mixed_visits as (
    select
        sessions.*,
        lag(channel) over (
            partition by {{ person_month }} order by started_at, event_order, session_id
        ) as channel_before
    from sessions
    inner join persons using ({{ person_month }})
    where first_channel <> last_channel
),

-- All visits of a person in the month; they failed a goal to which none of them led, in this month or the next. The
-- same channel twice in a row is one step: it changes no removal effect and no coalition.
journeys as (
    select {{ person_month }}, first_channel as path
    from persons
    where first_channel = last_channel
    union all
    select {{ person_month }}, string_agg(channel, ' > ' order by started_at, event_order, session_id) as path
    from mixed_visits
    where channel is distinct from channel_before
    group by {{ person_month }}
),

journey_counts as (
    select
        workspace_id,
        project_id,
        month,
        path,
        count(*) as journeys
    from journeys
    group by workspace_id, project_id, month, path
),

conversion_touches as (
    select
        *,
        {{ month_of('conversion_date') }} as month,
        lag(channel) over (
            partition by workspace_id, project_id, goal_id, event_id order by touch_number
        ) as channel_before
    from {{ of_affected_months(ref('touchpoints'), 'conversion_date') }} as touchpoints
),

conversions as (
    select
        workspace_id,
        project_id,
        month,
        goal_id,
        max(value) as value,
        string_agg(channel, ' > ' order by touch_number) as path
    from conversion_touches
    where channel is distinct from channel_before
    group by workspace_id, project_id, month, goal_id, event_id
),

converting_paths as (
    select {{ journey }}, count(*) as conversions, coalesce(sum(value), 0) as revenue
    from conversions
    group by {{ journey }}
),

converted_persons as (
    select distinct workspace_id, project_id, {{ month_of('session_date') }} as month, goal_id, person_id
    from {{ of_affected_months(ref('touchpoints'), 'session_date') }} as touchpoints
),

converted_counts as (
    select {{ journey }}, count(*) as converted
    from journeys
    inner join converted_persons using ({{ person_month }})
    group by {{ journey }}
),

goals as (
    select distinct
        workspace_id,
        project_id,
        month,
        goal_id
    from converting_paths
),

unconverted_paths as (
    select {{ journey }}, journeys - coalesce(converted, 0) as unconverted
    from journey_counts
    inner join goals using (workspace_id, project_id, month)
    left join converted_counts using ({{ journey }})
    where journeys > coalesce(converted, 0)
),

final as (
    select
        workspace_id,
        project_id,
        month,
        goal_id,
        md5(path)::uuid as path_id,
        path,
        coalesce(conversions, 0) as conversions,
        coalesce(unconverted, 0) as unconverted,
        coalesce(revenue, 0) as revenue
    from converting_paths
    full join unconverted_paths using ({{ journey }})
)

select * from final
