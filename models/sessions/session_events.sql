{#- Visits out of events. An incremental run reads the new events and, of the sessions that those may lengthen or join, the
    events that are here already; everything from `events` on is the same for both kinds of run. A full build reads the raw rows
    twice rather than keep them: first narrow, to sort them into sessions, then wide, in the order of time, to write them. -#}
{% set materialized = 'materialized' if is_incremental() else 'not materialized' %}
{% set session_timeout = "interval '" ~ var('session_timeout_minutes') ~ " minutes'" %}
{#- The most distinct column first: sorting compares it alone for nearly every pair. -#}
{% set stream = 'stream, has_client_session, project_id, workspace_id' %}
{% set device_columns = [
    'user_agent', 'bot_class', 'device_type', 'os_name', 'browser_name', 'browser_language', 'timezone', 'country_code',
    'city', 'screen_width', 'screen_height', 'viewport_width', 'viewport_height', 'device_pixel_ratio',
] %}
{% set event_columns = [
    'event_id', 'anonymous_id', 'user_id', 'occurred_at', 'event_type', 'event_name',
    'event_category', 'page_url', 'page_path', 'page_title', 'page_referrer', 'utm_source', 'utm_medium', 'utm_campaign',
    'utm_content', 'utm_term', 'properties',
] + device_columns %}

with

arrived_events as {{ materialized }} (
    select
        workspace_id,
        project_id,
        client_session_id,
        client_session_id is not null as has_client_session,
        {{ event_columns | join(', ') }},
        ingest_xid,
        received_at,
        place_in_batch
    from {{ arrived(ref('stg_events')) }} as arrived
    {% if is_incremental() %}
    left join lateral (
        select true as is_known
        from {{ this }} as this
        where this.workspace_id = arrived.workspace_id and this.event_id = arrived.event_id
        limit 1
    ) as known on true
    {% endif %}
    where
        is_accepted
        and event_type not in ('{{ var("ignored_event_types") | join("', '") }}')
        {% if not var('sessions_include_bots') %}
        and is_bot is not true
        {% endif %}
        {% if is_incremental() %}
        and is_known is null
        {% endif %}
),

-- A message sent again with another time is the same event: the copy that was stored first wins, now and in every later run.
first_copies as (
    select distinct on (event_id, workspace_id)
        event_id,
        workspace_id,
        project_id,
        anonymous_id,
        client_session_id,
        has_client_session,
        occurred_at,
        event_type = 'pageview' as is_pageview,
        event_type = 'page_visibility' and properties ->> 'state' = 'hidden' as is_hidden,
        place_in_batch
    from arrived_events
    order by event_id, workspace_id, ingest_xid, received_at, occurred_at, place_in_batch
),

{% if is_incremental() %}
touched_sessions as (
    select workspace_id, project_id, client_session_id as session_id
    from first_copies
    where has_client_session
    union
    select first_copies.workspace_id, first_copies.project_id, known.session_id
    from first_copies
    cross join lateral (
        select this.session_id
        from {{ this }} as this
        where
            this.workspace_id = first_copies.workspace_id
            and this.project_id = first_copies.project_id
            and this.anonymous_id = first_copies.anonymous_id
            and this.occurred_at between first_copies.occurred_at - {{ session_timeout }}
            and first_copies.occurred_at + {{ session_timeout }}
            and not this.has_client_session
        offset 0
    ) as known
    where not first_copies.has_client_session
),

known_events as materialized (
    select
        known.*,
        '' as place_in_batch
    from touched_sessions
    cross join lateral (
        select *
        from {{ this }} as this
        where
            this.workspace_id = touched_sessions.workspace_id
            and this.project_id = touched_sessions.project_id
            and this.session_id = touched_sessions.session_id
        offset 0
    ) as known
),
{% endif %}

timeline as (
    select
        event_id,
        workspace_id,
        project_id,
        has_client_session,
        coalesce(client_session_id, anonymous_id) collate "C" as stream,
        occurred_at,
        is_pageview,
        is_hidden,
        place_in_batch
    from first_copies
    {% if is_incremental() %}
    union all
    select
        event_id,
        workspace_id,
        project_id,
        has_client_session,
        case when has_client_session then session_id else anonymous_id end collate "C" as stream,
        occurred_at,
        pageview_number is not null as is_pageview,
        event_type = 'page_visibility' and properties ->> 'state' = 'hidden' as is_hidden,
        place_in_batch
    from known_events
    {% endif %}
),

paused_events as (
    select
        *,
        occurred_at - lag(occurred_at) over stream_in_time as pause,
        lag(is_hidden) over stream_in_time as was_hidden
    from timeline
    window stream_in_time as (partition by {{ stream }} order by occurred_at, event_id)
),

-- The session's start is the last start so far: a running maximum over the same order, so the events are sorted once.
started_events as (
    select
        *,
        max(occurred_at) filter (
            where pause is null or (not has_client_session and pause > {{ session_timeout }})
        ) over (partition by {{ stream }} order by occurred_at, event_id) as session_started_at
    from paused_events
),

numbered_events as (
    select
        *,
        pause is null or (not has_client_session and pause > {{ session_timeout }}) as is_session_start,
        row_number() over session_by_kind as number_of_kind,
        lead(occurred_at) over session_by_kind as next_of_kind_at
    from started_events
    window session_by_kind as (
        partition by {{ stream }}, session_started_at, is_pageview order by occurred_at, event_id
    )
),

events as (
    select
        workspace_id,
        project_id,
        has_client_session,
        {{ event_columns | join(', ') }},
        place_in_batch
    from arrived_events
    {% if is_incremental() %}
    union all
    select
        workspace_id,
        project_id,
        has_client_session,
        {{ event_columns | join(', ') }},
        place_in_batch
    from known_events
    {% endif %}
),

final as (
    select
        events.workspace_id,
        events.project_id,
        events.event_id,
        case
            when events.has_client_session then numbered_events.stream
            else 'auto-' || md5(numbered_events.stream || '|' || extract(epoch from session_started_at))
        end as session_id,
        events.anonymous_id,
        events.user_id,
        events.has_client_session,
        is_session_start,
        (session_started_at at time zone coalesce(stg_projects.timezone, 'UTC'))::date as session_date,
        events.occurred_at,
        events.event_type,
        events.event_name,
        events.event_category,
        events.page_url,
        events.page_path,
        events.page_title,
        events.page_referrer,
        events.utm_source,
        events.utm_medium,
        events.utm_campaign,
        events.utm_content,
        events.utm_term,
        case when is_pageview then number_of_kind::integer end as pageview_number,
        case
            when is_pageview and next_of_kind_at is not null
                then least(round(extract(epoch from next_of_kind_at - events.occurred_at)), 2147483647)::integer
        end as time_on_page_seconds,
        case
            when is_session_start or was_hidden then 0
            else least(round(extract(epoch from pause) * 1000), {{ var('engagement_gap_seconds') * 1000 }})::integer
        end as engaged_ms,
        {% for column in device_columns %}
        case when is_session_start then events.{{ column }} end as {{ column }},
        {% endfor %}
        events.properties
    from events
    inner join numbered_events using (workspace_id, event_id, occurred_at, place_in_batch)
    left join {{ ref('stg_projects') }} as stg_projects
        on events.workspace_id = stg_projects.workspace_id and events.project_id = stg_projects.project_id
)

select * from final
