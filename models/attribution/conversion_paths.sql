{% set journey = 'workspace_id, project_id, month, goal_id, path' %}

with

sessions as (
    select
        workspace_id,
        project_id,
        {{ month_of('session_date') }} as month,
        person_id,
        channel,
        lag(channel) over of_person_month as channel_before,
        row_number() over of_person_month as touch_number
    from {{ of_affected_months(ref('sessions'), 'session_date') }} as sessions
    window of_person_month as (
        partition by workspace_id, project_id, {{ month_of('session_date') }}, person_id order by started_at, session_id
    )
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

-- The same channel twice in a row is one step: it changes no removal effect and no coalition.
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

-- All visits of a person in the month; they failed a goal to which none of them led, in this month or the next.
journeys as (
    select
        workspace_id,
        project_id,
        month,
        person_id,
        string_agg(channel, ' > ' order by touch_number) as path
    from sessions
    where channel is distinct from channel_before
    group by workspace_id, project_id, month, person_id
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

converted_persons as (
    select distinct workspace_id, project_id, {{ month_of('session_date') }} as month, goal_id, person_id
    from {{ of_affected_months(ref('touchpoints'), 'session_date') }} as touchpoints
),

converted_counts as (
    select {{ journey }}, count(*) as converted
    from journeys
    inner join converted_persons using (workspace_id, project_id, month, person_id)
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
