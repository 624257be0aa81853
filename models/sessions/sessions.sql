{% set session = 'workspace_id, project_id, session_id' %}
{% set device_columns = [
    'user_agent', 'bot_class', 'device_type', 'os_name', 'browser_name', 'browser_language', 'timezone', 'country_code', 'city',
    'screen_width', 'screen_height', 'viewport_width', 'viewport_height', 'device_pixel_ratio',
] %}
{% set landing_columns = ['page_url', 'page_referrer', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] %}
{% set landing_names = {'page_url': 'landing_url', 'page_referrer': 'referrer'} %}
{% set campaign_columns = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] %}

with

events as {{ 'materialized' if is_incremental() else 'not materialized' }} (
    select * from {{ affected(ref('session_events')) }} as session_events
),

-- One row holds what the filter of an aggregate asks for (the first event, the first pageview, the last one): max only takes it.
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
            as engaged_seconds,
        max(anonymous_id) filter (where is_session_start) as anonymous_id,
        max(page_path) filter (where pageview_number = 1) as entry_path,
        max(page_title) filter (where pageview_number = 1) as entry_title,
        max(page_url) filter (where pageview_number is not null and time_on_page_seconds is null) as exit_url,
        max(page_path) filter (where pageview_number is not null and time_on_page_seconds is null) as exit_path,
        {% for column in landing_columns %}
        max({{ column }}) filter (where pageview_number = 1) as entry_{{ column }},
        max({{ column }}) filter (where is_session_start) as first_{{ column }},
        {% endfor %}
        {% for column in device_columns %}
        max({{ column }}) filter (where is_session_start) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from events
    group by {{ session }}
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

-- What brought the visitor is said by the first pageview; a session without one has only its first event.
visits as (
    select
        totals.*,
        last_users.user_id as own_user_id,
        entry_page_url as entry_url,
        {% for column in landing_columns %}
        case when pageview_count > 0 then entry_{{ column }} else first_{{ column }} end as {{ landing_names.get(column, column) }},
        {% endfor %}
        stg_projects.domain as site_domain,
        coalesce(conversions.goals_completed, 0) as goals_completed,
        conversions.conversion_event
    from totals
    left join last_users using ({{ session }})
    left join conversions using ({{ session }})
    left join {{ ref('stg_projects') }} as stg_projects using (workspace_id, project_id)
),

classified_visits as (
    {{ classified_visits('visits') }}
),

final as (
    select
        workspace_id,
        project_id,
        session_id,
        anonymous_id,
        coalesce(own_user_id, linked_user.user_id) as user_id,
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
    -- Nobody logged in during the session: who had last logged in on the device by then, else the first one after.
    left join lateral (
        select identities.user_id
        from {{ ref('identities') }} as identities
        where
            classified_visits.own_user_id is null
            and identities.workspace_id = classified_visits.workspace_id
            and identities.project_id = classified_visits.project_id
            and identities.anonymous_id = classified_visits.anonymous_id
        order by
            identities.linked_at <= classified_visits.ended_at desc,
            case when identities.linked_at <= classified_visits.ended_at then identities.linked_at end desc,
            identities.linked_at,
            identities.user_id
        limit 1
    ) as linked_user on true
)

select * from final
