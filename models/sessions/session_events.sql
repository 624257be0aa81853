{#- Visits out of events. An incremental run reads the new events and, of the sessions that those may lengthen or join, the
    events that are here already; everything from `events` on is the same for both kinds of run. -#}
{% set session = 'workspace_id, project_id, has_client_session, stream' %}
{% set device_columns = [
    'user_agent', 'bot_class', 'device_type', 'os_name', 'browser_name', 'browser_language', 'timezone', 'country_code', 'city',
    'screen_width', 'screen_height', 'viewport_width', 'viewport_height', 'device_pixel_ratio',
] %}
{% set event_columns = [
    'workspace_id', 'project_id', 'event_id', 'anonymous_id', 'user_id', 'occurred_at', 'event_type', 'event_name',
    'event_category', 'page_url', 'page_path', 'page_title', 'page_referrer', 'utm_source', 'utm_medium', 'utm_campaign',
    'utm_content', 'utm_term', 'properties',
] + device_columns %}

with

arrived_events as (
    select *
    from {{ arrived(ref('stg_events')) }} as arrived
    where
        rejection_reason is null
        and event_type not in ('{{ var("ignored_event_types") | join("', '") }}')
        {% if not var('sessions_include_bots') %}
        and bot_class = 'human'
        {% endif %}
        {% if is_incremental() %}
        and not exists (
            select from {{ this }} as known
            where known.workspace_id = arrived.workspace_id and known.event_id = arrived.event_id
        )
        {% endif %}
),

-- A message sent again with another time is the same event: the copy that was stored first wins, now and in every later run.
new_events as (
    select distinct on (workspace_id, event_id)
        *,
        client_session_id is not null as has_client_session
    from arrived_events
    order by workspace_id, event_id, ingest_xid, received_at, occurred_at
),

{% if is_incremental() %}
touched_sessions as (
    select workspace_id, project_id, client_session_id as session_id
    from new_events
    where has_client_session
    union
    select known.workspace_id, known.project_id, known.session_id
    from new_events
    inner join {{ this }} as known
        on
            new_events.workspace_id = known.workspace_id
            and new_events.project_id = known.project_id
            and new_events.anonymous_id = known.anonymous_id
            and known.occurred_at between new_events.occurred_at - interval '{{ var("session_timeout_minutes") }} minutes'
            and new_events.occurred_at + interval '{{ var("session_timeout_minutes") }} minutes'
    where not new_events.has_client_session and not known.has_client_session
),

known_events as (
    select known.*
    from touched_sessions
    inner join {{ this }} as known using (workspace_id, project_id, session_id)
),
{% endif %}

events as (
    select
        {{ event_columns | join(', ') }},
        has_client_session,
        coalesce(client_session_id, anonymous_id) as stream
    from new_events
    {% if is_incremental() %}
    union all
    select
        {{ event_columns | join(', ') }},
        has_client_session,
        case when has_client_session then session_id else anonymous_id end as stream
    from known_events
    {% endif %}
),

paused_events as (
    select
        *,
        occurred_at - lag(occurred_at) over stream_in_time as pause,
        lag(event_type = 'page_visibility' and properties ->> 'state' = 'hidden') over stream_in_time as was_hidden
    from events
    window stream_in_time as (partition by {{ session }} order by occurred_at, event_id)
),

-- The start of the session is the last start so far: a running maximum in the same order, so the events are sorted once.
started_events as (
    select
        *,
        max(occurred_at) filter (
            where pause is null or (not has_client_session and pause > interval '{{ var("session_timeout_minutes") }} minutes')
        ) over (partition by {{ session }} order by occurred_at, event_id) as session_started_at
    from paused_events
),

numbered_events as (
    select
        *,
        row_number() over session_by_kind as kind_number,
        lead(occurred_at) over session_by_kind as next_of_kind_at,
        pause is null or (not has_client_session and pause > interval '{{ var("session_timeout_minutes") }} minutes')
            as is_session_start
    from (select *, event_type = 'pageview' as is_pageview from started_events) as started_events
    window session_by_kind as (
        partition by {{ session }}, session_started_at, is_pageview order by occurred_at, event_id
    )
),

final as (
    select
        numbered_events.workspace_id,
        numbered_events.project_id,
        numbered_events.event_id,
        case
            when numbered_events.has_client_session then numbered_events.stream
            else md5(numbered_events.stream || '|' || extract(epoch from numbered_events.session_started_at))
        end as session_id,
        numbered_events.anonymous_id,
        numbered_events.user_id,
        numbered_events.has_client_session,
        numbered_events.is_session_start,
        (numbered_events.session_started_at at time zone coalesce(stg_projects.timezone, 'UTC'))::date as session_date,
        numbered_events.occurred_at,
        numbered_events.event_type,
        numbered_events.event_name,
        numbered_events.event_category,
        numbered_events.page_url,
        numbered_events.page_path,
        numbered_events.page_title,
        numbered_events.page_referrer,
        numbered_events.utm_source,
        numbered_events.utm_medium,
        numbered_events.utm_campaign,
        numbered_events.utm_content,
        numbered_events.utm_term,
        case when is_pageview then kind_number::integer end as pageview_number,
        case when is_pageview then round(extract(epoch from next_of_kind_at - numbered_events.occurred_at))::integer end
            as time_on_page_seconds,
        case
            when is_session_start or was_hidden then 0
            else least(round(extract(epoch from pause) * 1000), {{ var('engagement_gap_seconds') * 1000 }})::integer
        end as engaged_ms,
        {% for column in device_columns %}
        case when is_session_start then numbered_events.{{ column }} end as {{ column }},
        {% endfor %}
        numbered_events.properties
    from numbered_events
    left join {{ ref('stg_projects') }} as stg_projects using (workspace_id, project_id)
)

select * from final
