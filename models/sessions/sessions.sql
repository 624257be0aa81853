{% set session = 'workspace_id, project_id, session_id' %}
{% set device_columns = [
    'user_agent', 'bot_class', 'device_type', 'os_name', 'browser_name', 'browser_language', 'timezone', 'country_code', 'city',
    'screen_width', 'screen_height', 'viewport_width', 'viewport_height', 'device_pixel_ratio',
] %}
{% set campaign_columns = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] %}

with

events as {{ 'materialized' if is_incremental() else 'not materialized' }} (
    select * from {{ affected(ref('session_events')) }}
),

identities as (
    select * from {{ ref('identities') }}
),

totals as (
    select
        {{ session }},
        min(session_date) as session_date,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        count(*)::integer as event_count,
        count(pageview_number)::integer as pageview_count,
        bool_or(event_type not in ('{{ var("passive_event_types") | join("', '") }}')) as is_engaged,
        case when bool_or(event_type in ('heartbeat', 'page_visibility')) then round(sum(engaged_ms) / 1000.0)::integer end
            as engaged_seconds
    from events
    group by {{ session }}
),

first_events as (
    select * from events where is_session_start
),

entries as (
    select * from events where pageview_number = 1
),

exits as (
    select * from events where pageview_number is not null and time_on_page_seconds is null
),

last_users as (
    select distinct on ({{ session }}) {{ session }}, user_id
    from events
    where user_id is not null
    order by {{ session }}, occurred_at desc, event_id desc
),

conversions as (
    select
        {{ session }},
        count(distinct goals.goal_id)::integer as goals_completed,
        (array_agg(coalesce(events.event_name, goals.goal_name) order by events.occurred_at, events.event_id, goals.goal_id))[1] as conversion_event
    from events
    inner join {{ ref('stg_goals') }} as goals using (workspace_id, project_id)
    where events.event_name = goals.event_name or (events.pageview_number is not null and events.page_path like goals.page_path_pattern)
    group by {{ session }}
),

visits as (
    select
        totals.*,
        first_events.anonymous_id,
        last_users.user_id as own_user_id,
        entries.page_url as entry_url,
        entries.page_path as entry_path,
        entries.page_title as entry_title,
        exits.page_url as exit_url,
        exits.page_path as exit_path,
        landing.page_url as landing_url,
        landing.page_referrer as referrer,
        {% for column in campaign_columns %}
        landing.{{ column }},
        {% endfor %}
        {% for column in device_columns %}
        first_events.{{ column }},
        {% endfor %}
        stg_projects.domain as site_domain,
        coalesce(conversions.goals_completed, 0) as goals_completed,
        conversions.conversion_event
    from totals
    inner join first_events using ({{ session }})
    left join entries using ({{ session }})
    left join exits using ({{ session }})
    left join last_users using ({{ session }})
    left join conversions using ({{ session }})
    left join {{ ref('stg_projects') }} as stg_projects using (workspace_id, project_id)
    -- What brought the visitor is said by the first pageview; a session without one has only its first event.
    cross join lateral (
        select
            {% for column in ['page_url', 'page_referrer'] + campaign_columns %}
            case when entries.event_id is null then first_events.{{ column }} else entries.{{ column }} end as {{ column }}
            {{- ',' if not loop.last }}
            {% endfor %}
    ) as landing
),

classified_visits as (
    {{ classified_visits('visits') }}
),

-- Nobody logged in during the session: the person who had last logged in on the device by then, else the first one after.
linked_users as (
    select distinct on ({{ session }}) {{ session }}, identities.user_id
    from visits
    inner join identities using (workspace_id, project_id, anonymous_id)
    where visits.own_user_id is null
    order by
        {{ session }},
        identities.linked_at <= visits.ended_at desc,
        case when identities.linked_at <= visits.ended_at then identities.linked_at end desc,
        identities.linked_at,
        identities.user_id
),

final as (
    select
        workspace_id,
        project_id,
        session_id,
        anonymous_id,
        coalesce(own_user_id, linked_users.user_id) as user_id,
        session_date,
        started_at,
        ended_at,
        least(round(extract(epoch from ended_at - started_at)), 2147483647)::integer as duration_seconds,
        engaged_seconds,
        event_count,
        pageview_count,
        pageview_count = 1 and not is_engaged as is_bounce,
        ended_at - started_at > interval '{{ var("session_maximum_hours") }} hours' as is_overlong,
        goals_completed > 0 as converted,
        goals_completed,
        conversion_event,
        entry_url,
        entry_path,
        entry_title,
        exit_url,
        exit_path,
        referrer,
        referrer_domain,
        referrer_type,
        referrer_platform,
        channel,
        {{ campaign_columns | join(',\n        ') }},
        {{ device_columns | join(',\n        ') }},
        now() as updated_at
    from classified_visits
    left join linked_users using ({{ session }})
)

select * from final
