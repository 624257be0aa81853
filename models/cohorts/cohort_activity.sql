{% set person = 'workspace_id, project_id, person_id' %}
{% set columns = [
    'workspace_id', 'project_id', 'person_id', 'anchor', 'cohort_date', 'activity_date', 'sessions', 'goals_completed', 'revenue'
] %}

with

-- Read twice, and so kept meanwhile: without the wide columns.
sessions as (
    select
        {{ person }},
        session_id,
        session_date,
        converted,
        goals_completed,
        conversion_value
    from {{ affected(ref('sessions')) }} as sessions
    where session_date >= {{ first_open_day() }}
),

completions as (
    select
        {{ person }},
        goals.goal_id,
        goals.session_date
    from sessions
    cross join lateral (
        select
            session_goals.goal_id,
            session_goals.session_date
        from {{ ref('session_goals') }} as session_goals
        where
            session_goals.workspace_id = sessions.workspace_id
            and session_goals.project_id = sessions.project_id
            and session_goals.session_id = sessions.session_id
        order by session_goals.event_id
        offset 0
    ) as goals
    where sessions.converted
),

-- Each of a person's days may be the first one.
days as (
    select
        {{ person }},
        'first_activity' as anchor,
        session_date as cohort_date,
        session_date as activity_date,
        count(*)::integer as sessions,
        sum(goals_completed)::integer as goals_completed,
        coalesce(sum(conversion_value), 0) as revenue
    from sessions
    group by {{ person }}, session_date
    {{ and_final_rows(columns, day='activity_date') }}
),

candidates as (
    select {{ person }}, anchor, cohort_date from days
    union all
    select {{ person }}, goal_id::text as anchor, session_date as cohort_date from completions
),

acquisitions as (
    select {{ person }}, anchor, min(cohort_date) as cohort_date
    from candidates
    group by {{ person }}, anchor
),

activity as (
    select
        {{ person }},
        acquisitions.anchor,
        acquisitions.cohort_date,
        days.activity_date,
        days.sessions,
        days.goals_completed,
        days.revenue
    from acquisitions
    inner join days using ({{ person }})
    where days.anchor = 'first_activity' and days.activity_date >= acquisitions.cohort_date
),

final as (
    select
        {{ columns | join(', ') }},
        {% for period in ['week', 'month'] %}
        coalesce(lag(activity_date) over of_person < {{ period_start('activity_date', period) }}, true)
            as is_first_of_{{ period }},
        {% endfor %}
        lead(activity_date) over of_person is null as is_last
    from activity
    window of_person as (partition by {{ person }}, anchor order by activity_date)
)

select * from final
-- A full build lays the people of a cell next to each other, where cohort_days counts them.
order by workspace_id, project_id, anchor, cohort_date, activity_date
