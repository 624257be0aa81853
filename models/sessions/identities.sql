{% set visitor = 'workspace_id, project_id, anonymous_id' %}

with

events as (
    select * from {{ affected(ref('session_events')) }}
),

-- An event with both ids says who uses the device. Events that only know the user were given an id made of it: no link.
linking_events as (
    select *
    from events
    where user_id is not null and anonymous_id <> 'user:' || user_id
),

first_links as (
    select distinct on ({{ visitor }}, user_id)
        *,
        case when event_type = 'identify' then 'identify' else 'login' end as link_source
    from linking_events
    order by {{ visitor }}, user_id, occurred_at, event_id
),

latest_traits as (
    select distinct on ({{ visitor }}, user_id)
        *
    from linking_events
    where event_type = 'identify'
    order by {{ visitor }}, user_id, occurred_at desc, event_id desc
),

final as (
    select
        first_links.workspace_id,
        first_links.project_id,
        first_links.anonymous_id,
        first_links.user_id,
        first_links.link_source,
        first_links.occurred_at as linked_at,
        latest_traits.occurred_at as traits_at,
        coalesce(latest_traits.properties, '{}') as traits
    from first_links
    left join latest_traits using ({{ visitor }}, user_id)
)

select * from final
