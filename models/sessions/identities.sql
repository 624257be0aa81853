{% set visitor = 'workspace_id, project_id, anonymous_id' %}

with

events as (
    select * from {{ affected(ref('session_events')) }} as session_events
),

-- An event with both ids says who uses the device. Events that only know the user were given an id made of it: no link.
-- What retention removed said before; the null event id puts it first.
links as (
    select
        {{ visitor }},
        user_id,
        event_id,
        occurred_at as linked_at,
        case when event_type = 'identify' then 'identify' else 'login' end as link_source,
        case when event_type = 'identify' then occurred_at end as traits_at,
        properties as traits
    from events
    where user_id is not null and anonymous_id <> 'user:' || user_id
    union all
    select {{ visitor }}, user_id, null as event_id, linked_at, link_source, traits_at, traits
    from {{ retired('retired_links') }} as retired_links
),

first_links as (
    select distinct on ({{ visitor }}, user_id)
        *
    from links
    order by {{ visitor }}, user_id, linked_at, event_id nulls first
),

latest_traits as (
    select distinct on ({{ visitor }}, user_id)
        *
    from links
    where traits_at is not null
    order by {{ visitor }}, user_id, traits_at desc, event_id desc nulls first
),

final as (
    select
        first_links.workspace_id,
        first_links.project_id,
        first_links.anonymous_id,
        first_links.user_id,
        first_links.link_source,
        first_links.linked_at,
        latest_traits.traits_at,
        coalesce(latest_traits.traits, '{}') as traits
    from first_links
    left join latest_traits using ({{ visitor }}, user_id)
)

select * from final
