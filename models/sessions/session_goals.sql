{% set session = 'workspace_id, project_id, session_id' %}

with

events as (
    select *
    from {{ affected(ref('session_events')) }} as session_events
    where not is_message
),

goals as (
    select * from {{ ref('stg_goals') }}
),

visit_starts as (
    select {{ session }}, occurred_at as started_at
    from events
    where is_session_start
),

matches as (
    select events.*, goals.goal_id, goals.goal_name, goals.value, true as counts_each
    from events
    inner join goals using (workspace_id, project_id, event_name)
    union all
    select events.*, goals.goal_id, goals.goal_name, goals.value, false as counts_each
    from events
    inner join goals using (workspace_id, project_id)
    where events.pageview_number is not null and events.page_path like goals.page_path_pattern
    union all
    select events.*, goals.goal_id, goals.goal_name, goals.value, false as counts_each
    from events
    inner join goals using (workspace_id, project_id)
    inner join visit_starts using ({{ session }})
    where events.occurred_at >= visit_starts.started_at + goals.minimum_duration
),

numbered as (
    select
        *,
        row_number() over (
            partition by {{ session }}, goal_id order by occurred_at, event_id
        ) as completion_number
    from matches
),

final as (
    select
        workspace_id,
        project_id,
        goal_id,
        goal_name,
        event_id,
        session_id,
        session_date,
        coalesce(event_name, goal_name) as conversion_event,
        coalesce({{ schema_name('radar') }}.try_numeric(properties ->> 'revenue'), value) as value,
        occurred_at as completed_at
    from numbered
    where counts_each or completion_number = 1
)

select * from final
