{% set kinds = [
    'page_view', 'agent_run', 'login', 'logout', 'workspace_switch', 'feature_use', 'error', 'api_call', 'export', 'report_view'
] %}
{% set kind_list = "('" ~ kinds | join("', '") ~ "')" %}

with

sessions as (
    select * from {{ affected(ref('sessions')) }} as sessions
    where user_id is not null
),

-- What somebody did is an event type of its own, or the name of a track event.
events as (
    select
        *,
        case
            when event_type in ('pageview', 'screen') then 'page_view'
            when event_type in {{ kind_list }} then event_type
            when event_name in {{ kind_list }} then event_name
        end as activity_type
    from {{ affected(ref('session_events')) }} as session_events
    where has_visit
),

final as (
    select
        workspace_id,
        project_id,
        events.event_id,
        session_id,
        sessions.user_id,
        events.activity_type as event_type,
        events.event_name,
        events.page_path,
        sessions.ip_address,
        sessions.user_agent,
        events.page_referrer as referrer,
        events.properties,
        events.occurred_at,
        (events.occurred_at at time zone '{{ var("workspace_timezone") }}')::date as activity_date,
        date_trunc('hour', events.occurred_at, '{{ var("workspace_timezone") }}') as activity_hour
    from events
    inner join sessions using (workspace_id, project_id, session_id)
    where events.activity_type is not null
)

select * from final
