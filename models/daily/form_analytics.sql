with

-- Ids that are too long for the key are cut; a form without one still counts somewhere.
form_events as (
    select
        *,
        coalesce(left({{ form_id() }}, 600), '(not set)') as form_id
    from {{ affected(ref('session_events'), where='event_type in ' ~ form_event_types()) }} as session_events
    where has_visit
),

visits as (
    select
        workspace_id,
        project_id,
        session_date as metric_date,
        form_id,
        session_id,
        count(*) filter (where event_type = 'form_start') as starts,
        count(*) filter (where event_type = 'form_submit') as submissions
    from form_events
    group by workspace_id, project_id, session_date, form_id, session_id
),

counted as (
    select
        workspace_id,
        project_id,
        metric_date,
        form_id,
        bool_or(starts > 0) as tells_starts,
        -- Whoever submitted a form had started it, also where the start got lost.
        count(*)::integer as sessions_started,
        count(*) filter (where submissions > 0)::integer as sessions_submitted,
        sum(submissions)::integer as submissions
    from visits
    group by workspace_id, project_id, metric_date, form_id
),

final as (
    select
        workspace_id,
        project_id,
        metric_date,
        form_id,
        sessions_started,
        sessions_submitted,
        submissions,
        case when tells_starts then {{ rate('sessions_submitted', 'sessions_started') }} end as completion_rate,
        now() as updated_at
    from counted
)

select * from final
