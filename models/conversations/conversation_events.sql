{#- Threads cut into conversations, and the state after each event. A spell begins where a state is set: by the start,
    by an explicit state (a resolution is one) or by reopening. In it an agent's answer outweighs a bot's. -#}
{% set thread = 'workspace_id, project_id, channel_type, external_id' %}
{% set states = "'queued', 'bot_active', 'agent_active', 'resolved'" %}
{% set reopen_time = "interval '" ~ var('conversation_reopen_hours') ~ " hours'" %}
{% set timeout = "interval '" ~ var('conversation_timeout_hours') ~ " hours'" %}

with

thread_events as (
    select
        {{ thread }},
        event_id,
        anonymous_id,
        user_id,
        occurred_at,
        event_order,
        event_type,
        handshake_token,
        case when event_type = 'message' and properties ->> 'sender' in ('user', 'bot', 'agent')
            then properties ->> 'sender'
        end as sender,
        case
            when event_type <> 'conversation_state' then null
            when event_name in ({{ states }}) then event_name
            when properties ->> 'state' in ({{ states }}) then properties ->> 'state'
        end as set_state
    from {{ affected(ref('session_events')) }} as session_events
    where external_id is not null and is_message and event_type in ('message', 'conversation_state')
),

events as (
    select *
    from thread_events
    where event_type = 'message' or set_state is not null
),

paused_events as (
    select
        *,
        coalesce(sender = 'user', false) or set_state is not null as is_decisive,
        occurred_at - lag(occurred_at) over thread_in_time > {{ timeout }} as is_timed_out
    from events
    window thread_in_time as (partition by {{ thread }} order by occurred_at, event_order, event_id)
),

segments as (
    select
        *,
        count(*) filter (where is_timed_out is not false) over thread_in_time as segment
    from paused_events
    window thread_in_time as (partition by {{ thread }} order by occurred_at, event_order, event_id)
),

-- Bots and agents may add words to a resolved conversation; only the person or an explicit state goes on with it.
decisions as (
    select
        *,
        case
            when
                is_decisive
                and (set_state = 'resolved') is not true
                and lag(set_state) over decisions_in_time = 'resolved'
                then occurred_at - lag(occurred_at) over decisions_in_time
        end as resolved_for
    from segments
    window decisions_in_time as (
        partition by {{ thread }}, segment, is_decisive order by occurred_at, event_order, event_id
    )
),

starts as (
    select
        *,
        is_timed_out is not false or resolved_for > {{ reopen_time }} is true as is_start,
        coalesce(resolved_for <= {{ reopen_time }}, false) as is_reopening
    from decisions
),

spells as (
    select
        *,
        max(occurred_at) filter (where is_start) over thread_in_time as started_at,
        count(*) filter (where is_start or is_reopening or set_state is not null) over thread_in_time as spell
    from starts
    window thread_in_time as (partition by {{ thread }} order by occurred_at, event_order, event_id)
),

answers as (
    select
        *,
        first_value(coalesce(set_state, case when is_reopening then 'reopened' else 'queued' end)) over spell_in_time
            as first_state,
        bool_or(sender = 'bot') over spell_in_time as has_bot,
        bool_or(sender = 'agent') over spell_in_time as has_agent
    from spells
    window spell_in_time as (partition by {{ thread }}, spell order by occurred_at, event_order, event_id)
),

final as (
    select
        workspace_id,
        project_id,
        event_id,
        md5(concat_ws('|', {{ thread }}, extract(epoch from started_at)))::uuid as conversation_id,
        channel_type,
        external_id,
        anonymous_id,
        user_id,
        occurred_at,
        event_order,
        event_type,
        sender,
        case
            when first_state in ('resolved', 'agent_active') then first_state
            when has_agent then 'agent_active'
            when has_bot then 'bot_active'
            else first_state
        end as state,
        is_start,
        is_reopening,
        handshake_token
    from answers
)

select * from final
