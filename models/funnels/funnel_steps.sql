{% set session = 'workspace_id, project_id, session_id, session_date' %}

with

session_events as (
    select * from {{ affected(ref('session_events')) }} as session_events
),

sessions as (
    select * from {{ affected(ref('sessions')) }} as sessions
),

matches as (
    select
        session_events.*,
        steps.funnel_name,
        steps.step
    from session_events
    left join {{ ref('stg_projects') }} as stg_projects using (workspace_id, project_id)
    cross join lateral {{ declared_steps_sql('session_events') }}
    where has_visit and {{ meets_any_step_sql('session_events') }} and steps.is_met
),

final as (
    select
        {{ session }},
        matches.funnel_name,
        matches.step,
        matches.event_id,
        matches.occurred_at,
        matches.event_order,
        sessions.person_id,
        sessions.channel,
        sessions.device_type,
        sessions.country_code
    from matches
    inner join sessions using ({{ session }})
)

select * from final
