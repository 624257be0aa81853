{% set person = 'workspace_id, project_id, user_id' %}

with

sessions as (
    select * from {{ affected(ref('sessions')) }} as sessions
),

identities as (
    select * from {{ affected(ref('identities')) }} as identities
),

conversations as (
    select * from {{ affected(ref('conversations')) }} as conversations
    where user_id is not null
),

-- Visits that retention removed count on, as the sums that it left.
kept_and_retired_visits as (
    select
        {{ person }},
        started_at as first_seen_at,
        ended_at as last_seen_at,
        1 as total_sessions,
        event_count as total_events
    from sessions
    where user_id is not null
    union all
    select {{ person }}, first_seen_at, last_seen_at, total_sessions, total_events
    from {{ retired('retired_visits') }} as retired_visits
),

visits as (
    select
        {{ person }},
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at,
        sum(total_sessions)::integer as total_sessions,
        sum(total_events)::bigint as total_events
    from kept_and_retired_visits
    group by {{ person }}
),

links as (
    select
        {{ person }},
        min(linked_at) as first_linked_at,
        max(linked_at) as last_linked_at
    from identities
    group by {{ person }}
),

talks as (
    select
        {{ person }},
        min(started_at) as first_talked_at,
        max(ended_at) as last_talked_at
    from conversations
    group by {{ person }}
),

latest_traits as (
    select distinct on ({{ person }}) {{ person }}, traits
    from identities
    where traits_at is not null
    order by {{ person }}, traits_at desc, anonymous_id
),

final as (
    select
        {{ person }},
        latest_traits.traits ->> 'email' as email,
        latest_traits.traits ->> 'name' as name,
        coalesce(latest_traits.traits, '{}') as traits,
        least(visits.first_seen_at, links.first_linked_at, talks.first_talked_at) as first_seen_at,
        greatest(visits.last_seen_at, links.last_linked_at, talks.last_talked_at) as last_seen_at,
        coalesce(visits.total_sessions, 0) as total_sessions,
        coalesce(visits.total_events, 0) as total_events,
        now() as updated_at
    from visits
    full join links using ({{ person }})
    full join talks using ({{ person }})
    left join latest_traits using ({{ person }})
)

select * from final
