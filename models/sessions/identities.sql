{% set visitor = 'workspace_id, project_id, anonymous_id' %}
{#- The most distinct column first: sorting then compares it alone for nearly every pair. -#}
{% set link = 'anonymous_id, user_id, project_id, workspace_id' %}

with

events as {{ 'materialized' if is_incremental() else 'not materialized' }} (
    select * from {{ affected(ref('session_events'), where='user_id is not null') }} as session_events
),

-- The id by which the person was known before, where it was a device's.
aliases as (
    select
        workspace_id,
        project_id,
        previous_id as anonymous_id,
        user_id,
        event_id,
        occurred_at,
        event_order
    from {{ affected(ref('session_events'), way=1, where='previous_id is not null') }} as session_events
    where user_id is not null
),

-- What retention removed said before; the null event id puts it first.
retired as (
    select * from {{ retired('retired_links') }} as retired_links
),

handshake_sides as (
    select
        {{ visitor }},
        user_id,
        linked_at
    from {{ affected(ref('handshakes')) }} as web_sides
    union all
    select
        workspace_id,
        project_id,
        thread_id as anonymous_id,
        user_id,
        linked_at
    from {{ affected(ref('handshakes'), way=1) }} as thread_sides
),

-- An event with both ids says who uses the device. Events that only know the user were given an id made of it: no link.
-- A handshake gives its person to both of its sides.
links as (
    select
        {{ visitor }},
        user_id,
        event_id,
        occurred_at as linked_at,
        event_order,
        case when event_type in ('identify', 'alias') then event_type else 'login' end as link_source,
        case when event_type = 'identify' then occurred_at end as traits_at,
        case when event_type = 'identify' then properties end as traits
    from events
    where event_type <> 'unlink'
    union all
    select
        {{ visitor }},
        user_id,
        event_id,
        occurred_at as linked_at,
        event_order,
        'alias' as link_source,
        null as traits_at,
        null as traits
    from aliases
    union all
    select
        {{ visitor }},
        user_id,
        null as event_id,
        linked_at,
        coalesce(event_order, 0) as event_order,
        link_source,
        traits_at,
        traits
    from retired
    union all
    select
        {{ visitor }},
        user_id,
        null as event_id,
        linked_at,
        0 as event_order,
        'handshake' as link_source,
        null as traits_at,
        null as traits
    from handshake_sides
    where user_id is not null
),

unlinks as (
    select
        {{ visitor }},
        user_id,
        max(unlinked_at) as unlinked_at
    from (
        select {{ visitor }}, user_id, occurred_at as unlinked_at
        from events
        where event_type = 'unlink'
        union all
        select {{ visitor }}, user_id, unlinked_at
        from retired
        where unlinked_at is not null
    ) as ended
    group by {{ link }}
),

dated_links as (
    select
        links.*,
        unlinks.unlinked_at,
        unlinks.unlinked_at is null or links.linked_at > unlinks.unlinked_at as is_active
    from links
    left join unlinks using ({{ link }})
    where anonymous_id <> 'user:' || user_id
),

-- The first link after the last unlink; when there is none, the first of those that ended.
first_links as (
    select distinct on ({{ link }})
        *
    from dated_links
    order by {{ link }}, is_active desc, linked_at, link_source = 'handshake', event_order, event_id nulls first
),

latest_traits as (
    select distinct on ({{ link }})
        *
    from links
    where traits_at is not null
    order by {{ link }}, traits_at desc, event_id is null desc, event_order desc, event_id desc
),

final as (
    select
        first_links.workspace_id,
        first_links.project_id,
        first_links.anonymous_id,
        first_links.user_id,
        first_links.link_source,
        first_links.linked_at,
        first_links.event_order,
        first_links.unlinked_at,
        first_links.is_active,
        latest_traits.traits_at,
        coalesce(latest_traits.traits, '{}') as traits
    from first_links
    left join latest_traits using ({{ link }})
)

select * from final
