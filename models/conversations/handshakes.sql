{% set token = 'workspace_id, project_id, handshake_token' %}

with

events as (
    select *
    from {{ affected(ref('session_events')) }} as session_events
    where handshake_token is not null
),

-- A token whose visit retention removed stays as it was.
retired as (
    select * from {{ retired('retired_handshakes') }} as retired_handshakes
),

-- Of each side the first to use the token counts: who repeats it, on another device or phone, gets nothing by it.
web_sides as (
    select distinct on ({{ token }})
        {{ token }},
        session_id,
        anonymous_id,
        occurred_at as opened_at
    from events
    where has_visit
    order by {{ token }}, occurred_at, event_order, event_id
),

thread_sides as (
    select distinct on ({{ token }})
        {{ token }},
        channel_type,
        external_id,
        anonymous_id as thread_id,
        occurred_at as sent_at
    from events
    where is_message
    order by {{ token }}, occurred_at, event_order, event_id
),

pairs as (
    select
        {{ token }},
        session_id,
        anonymous_id,
        opened_at,
        channel_type,
        external_id,
        thread_id,
        sent_at,
        case when opened_at is not null and sent_at is not null then greatest(opened_at, sent_at) end as linked_at
    from web_sides
    full join thread_sides using ({{ token }})
),

sides as (
    select
        {{ token }},
        linked_at,
        side_id
    from pairs
    cross join lateral (values (anonymous_id), (thread_id)) as both_sides (side_id)
    where linked_at is not null
),

-- Who was known on each side by then, and who was the first to be known there later.
known_sides as (
    select
        sides.*,
        before.user_id as known_user_id,
        after.user_id as later_user_id,
        after.occurred_at as named_at
    from sides
    left join lateral (
        select named.user_id
        from {{ ref('session_events') }} as named
        where
            named.workspace_id = sides.workspace_id
            and named.project_id = sides.project_id
            and named.anonymous_id = sides.side_id
            and named.occurred_at <= sides.linked_at
            and named.user_id is not null
            and named.event_type <> 'unlink'
            and not exists (
                select from {{ ref('session_events') }} as ended
                where
                    ended.workspace_id = named.workspace_id
                    and ended.project_id = named.project_id
                    and ended.anonymous_id = named.anonymous_id
                    and ended.occurred_at between named.occurred_at and sides.linked_at
                    and ended.user_id = named.user_id
                    and ended.event_type = 'unlink'
            )
        order by named.occurred_at desc, named.event_order desc, named.event_id desc
        limit 1
    ) as before on true
    left join lateral (
        select
            named.user_id,
            named.occurred_at
        from {{ ref('session_events') }} as named
        where
            named.workspace_id = sides.workspace_id
            and named.project_id = sides.project_id
            and named.anonymous_id = sides.side_id
            and named.occurred_at > sides.linked_at
            and named.user_id is not null
            and named.event_type <> 'unlink'
        order by named.occurred_at, named.user_id
        limit 1
    ) as after on true
),

-- A side that knows nobody gets the other's person; two who were known by then stay two.
people as (
    select
        {{ token }},
        case
            when count(distinct known_user_id) < 2
                then coalesce(min(known_user_id), (array_agg(later_user_id order by named_at, later_user_id))[1])
        end as user_id
    from known_sides
    group by {{ token }}
),

final as (
    select *
    from pairs
    left join people using ({{ token }})
    where not exists (
        select from retired
        where {{ same(['workspace_id', 'project_id', 'handshake_token'], 'retired', 'pairs') }}
    )
    union all
    select * from retired
)

select * from final
