{% set conversation = 'workspace_id, project_id, conversation_id' %}
{% set latest_first = 'occurred_at desc, event_order desc, event_id desc' %}
{% set in_order = 'occurred_at, event_order, event_id' %}

with

events as (
    select * from {{ affected(ref('conversation_events')) }} as conversation_events
),

handshakes as (
    select * from {{ affected(ref('handshakes')) }} as handshakes
    where linked_at is not null
),

questions as (
    select
        {{ conversation }},
        min(occurred_at) as asked_at
    from events
    where sender = 'user'
    group by {{ conversation }}
),

totals as (
    select
        {{ conversation }},
        max(channel_type) as channel_type,
        max(external_id) as whatsapp_phone_id,
        max(anonymous_id) as anonymous_id,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        max(occurred_at) filter (where event_type = 'message') as last_message_at,
        (array_agg(state order by {{ latest_first }}))[1] as current_state,
        max(occurred_at) filter (where state = 'resolved' and event_type = 'conversation_state') as resolved_at,
        min(asked_at) as asked_at,
        min(occurred_at) filter (where sender = 'bot' and occurred_at >= asked_at) as first_bot_response_at,
        min(occurred_at) filter (where sender = 'agent' and occurred_at >= asked_at) as first_agent_response_at,
        count(*) filter (where event_type = 'message')::integer as message_count,
        count(*) filter (where sender = 'user')::integer as user_message_count,
        count(*) filter (where sender = 'bot')::integer as bot_message_count,
        count(*) filter (where sender = 'agent')::integer as agent_message_count,
        count(*) filter (where is_reopening)::integer as reopened_count,
        (array_agg(user_id order by {{ latest_first }}) filter (where user_id is not null))[1]
            as own_user_id,
        (array_agg(handshake_token order by {{ in_order }}) filter (where handshake_token is not null))[1]
            as first_token
    from events
    left join questions using ({{ conversation }})
    group by {{ conversation }}
),

-- A token links the conversation in which it was sent first; the first such token names the visit.
links as (
    select distinct on ({{ conversation }})
        {{ conversation }},
        events.handshake_token,
        handshakes.session_id
    from events
    inner join handshakes using (workspace_id, project_id, handshake_token)
    where events.anonymous_id = handshakes.thread_id and events.occurred_at = handshakes.sent_at
    order by {{ conversation }}, events.occurred_at, events.event_order, events.event_id
),

final as (
    select
        {{ conversation }},
        channel_type,
        whatsapp_phone_id,
        anonymous_id,
        coalesce(own_user_id, linked_user.user_id) as user_id,
        coalesce('user:' || coalesce(own_user_id, linked_user.user_id), anonymous_id) as person_id,
        (started_at at time zone coalesce(stg_projects.timezone, 'UTC'))::date as conversation_date,
        current_state,
        started_at,
        asked_at,
        least(first_bot_response_at, first_agent_response_at) as first_response_at,
        {{ whole_seconds('(least(first_bot_response_at, first_agent_response_at) - asked_at)') }}
            as first_response_seconds,
        first_bot_response_at,
        {{ whole_seconds('(first_bot_response_at - asked_at)') }} as first_bot_response_seconds,
        first_agent_response_at,
        {{ whole_seconds('(first_agent_response_at - asked_at)') }} as first_agent_response_seconds,
        resolved_at,
        last_message_at,
        ended_at,
        message_count,
        user_message_count,
        bot_message_count,
        agent_message_count,
        reopened_count,
        links.session_id as linked_session_id,
        coalesce(links.handshake_token, first_token) as handshake_token,
        now() as updated_at
    from totals
    left join links using ({{ conversation }})
    left join {{ ref('stg_projects') }} as stg_projects using (workspace_id, project_id)
    -- Nobody is named in the conversation: who was last known in the thread by then, else the first one after.
    left join lateral (
        select identities.user_id
        from {{ ref('identities') }} as identities
        where
            totals.own_user_id is null
            and identities.workspace_id = totals.workspace_id
            and identities.project_id = totals.project_id
            and identities.anonymous_id = totals.anonymous_id
            and identities.is_active
        order by
            identities.linked_at <= totals.ended_at desc,
            case when identities.linked_at <= totals.ended_at then identities.linked_at end desc,
            case when identities.linked_at <= totals.ended_at then identities.event_order end desc,
            identities.linked_at asc,
            identities.event_order asc,
            identities.user_id asc
        limit 1
    ) as linked_user on true
)

select * from final
