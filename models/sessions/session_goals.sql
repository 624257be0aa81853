{% set session = 'workspace_id, project_id, session_id' %}
{% set goal_columns = 'goals.goal_id, goals.goal_name, goals.goal_type, goals.value_property, goals.value' %}
{#- What a goal asks of an event besides the columns by which the two are joined. -#}
{% set is_met %}
    (goals.event_type is null or events.event_type = goals.event_type)
    and (
        goals.page_path_pattern is null
        or (events.pageview_number is not null and events.page_path like goals.page_path_pattern)
    )
    and (
        goals.property_conditions is null
        or {{ schema_name('radar') }}.properties_match(events.properties, goals.property_conditions)
    )
{%- endset %}

with

-- A full build reads them once for each kind of goal rather than keep them all.
events as {{ 'materialized' if is_incremental() else 'not materialized' }} (
    select *
    from {{ affected(ref('session_events')) }} as session_events
    where has_visit
),

goals as (
    select * from {{ ref('stg_goals') }}
),

timed_visits as (
    select
        {{ session }},
        {{ goal_columns }},
        events.occurred_at + goals.minimum_duration as completed_from
    from events
    inner join goals using (workspace_id, project_id)
    where events.is_session_start and goals.minimum_duration is not null
),

matches as (
    select events.*, {{ goal_columns }}
    from events
    inner join goals using (workspace_id, project_id, event_name)
    where {{ is_met }}
    union all
    select events.*, {{ goal_columns }}
    from events
    inner join goals using (workspace_id, project_id)
    where goals.event_name is null and goals.minimum_duration is null and {{ is_met }}
    union all
    select events.*, {{ goal_columns | replace('goals.', 'timed_visits.') }}
    from events
    inner join timed_visits using ({{ session }})
    where events.occurred_at >= timed_visits.completed_from
),

numbered as (
    select
        *,
        row_number() over (
            partition by {{ session }}, goal_id order by occurred_at, event_order, event_id
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
        coalesce(
            {{ schema_name('radar') }}.try_numeric({{ property_of('properties', 'value_property') }} #>> '{}'), value
        ) as value,
        occurred_at as completed_at,
        event_order
    from numbered
    -- A reloaded thank-you page is no second order; an event sent twice is.
    where goal_type in ('event', 'custom') or completion_number = 1
)

select * from final
