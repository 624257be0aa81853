{#- Visits out of events. An incremental run reads the new events and, of the visits that those may lengthen or join,
    the events that are here already. A full build reads the raw rows twice rather than keep them: first narrow, to sort
    them into visits, then wide, in the order of time, to write them. -#}
{% set materialized = 'materialized' if is_incremental() else 'not materialized' %}
{% set kept_columns = [
    'anonymous_id', 'user_id', 'event_type', 'event_name', 'event_category', 'page_url', 'page_path', 'page_title',
    'page_referrer', 'is_message', 'channel_type', 'external_id', 'handshake_token', 'previous_id',
] + campaign_columns() %}
{% set event_columns = ['event_id', 'workspace_id', 'project_id', 'has_client_session', 'occurred_at', 'place_in_batch',
    'has_visit'] + kept_columns + device_columns() + ['properties'] %}

with

arrived_events as {{ materialized }} (
    select
        {{ event_columns | join(', ') }},
        client_session_id,
        event_order,
        ingest_xid,
        received_at
    from {{ arrived(ref('stg_events')) }} as arrived
    cross join lateral (
        select is_message is not true and event_type not in ('{{ var("visitless_event_types") | join("', '") }}') as has_visit
    ) as visit
    cross join lateral (select has_visit and client_session_id is not null as has_client_session) as session_source
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

-- A message sent again with another time is the same event: the copy that was stored first wins, now and in every
-- later run.
first_copies as (
    select distinct on (event_id, workspace_id)
        event_id,
        workspace_id,
        project_id,
        anonymous_id,
        case when has_client_session then client_session_id end as client_session_id,
        has_client_session,
        has_visit,
        is_message,
        ingest_xid as arrival,
        occurred_at,
        event_order,
        event_type = 'pageview' as is_pageview,
        event_type = 'page_visibility' and properties ->> 'state' = 'hidden' as is_hidden,
        place_in_batch
    from arrived_events
    order by event_id, workspace_id, ingest_xid, received_at, occurred_at, place_in_batch
),

{% if is_incremental() %}
touched_sessions as (
    {{ touched_sessions('first_copies') }}
),

known_events as materialized (
    select
        known.*,
        case when has_client_session then coalesce(shared_session_id, known.session_id) end as client_session_id,
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

{% set timeline = ['event_id', 'workspace_id', 'project_id', 'anonymous_id', 'client_session_id', 'has_client_session',
    'has_visit', 'is_message', 'arrival', 'occurred_at', 'event_order', 'is_pageview', 'is_hidden',
    'place_in_batch'] %}
placed_events as (
    select {{ timeline | join(', ') }} from first_copies
    {% if is_incremental() %}
    union all
    select {{ timeline | join(', ') }}
    from known_events
    cross join lateral (
        select
            case when shared_session_id is null then -2 else -1 end as arrival,
            pageview_number is not null as is_pageview,
            event_type = 'page_visibility' and properties ->> 'state' = 'hidden' as is_hidden
    ) as narrow
    {% endif %}
),

{{ streams('placed_events') }},

sessionized_events as (
    {{ sessionized('streams') }}
),

events as (
    select {{ event_columns | join(', ') }} from arrived_events
    {% if is_incremental() %}
    union all
    select {{ event_columns | join(', ') }} from known_events
    {% endif %}
),

final as (
    select
        workspace_id,
        project_id,
        event_id,
        case
            when has_client_session then stream
            else 'auto-' || md5(stream || '|' || extract(epoch from session_started_at))
        end as session_id,
        has_client_session,
        case when has_client_session and stream <> client_session_id then client_session_id end as shared_session_id,
        has_visit,
        is_session_start,
        (session_started_at at time zone coalesce(stg_projects.timezone, 'UTC'))::date as session_date,
        occurred_at,
        event_order,
        {{ kept_columns | join(', ') }},
        case when is_pageview then number_of_kind::integer end as pageview_number,
        case when is_pageview then
            {{ whole_seconds('(next_of_kind_at - occurred_at)') }}
        end as time_on_page_seconds,
        case
            when is_session_start or was_hidden then 0
            else least(round(extract(epoch from pause) * 1000), {{ var('engagement_gap_seconds') * 1000 }})::integer
        end as engaged_ms,
        {% for column in device_columns() %}
        case when is_session_start then events.{{ column }} end as {{ column }},
        {% endfor %}
        properties
    from events
    inner join sessionized_events
        using (workspace_id, project_id, event_id, has_client_session, occurred_at, place_in_batch)
    left join {{ ref('stg_projects') }} as stg_projects using (workspace_id, project_id)
)

select * from final
