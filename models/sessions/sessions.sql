{% set session = 'workspace_id, project_id, session_id' %}
{#- What the visit's first event says of where the visitor came from, and what the result calls it. -#}
{% set landing_columns = {'page_url': 'landing_url', 'page_referrer': 'referrer'} %}
{% for column in campaign_columns() %}{% do landing_columns.update({column: column}) %}{% endfor %}
{% set is_exit = 'pageview_number is not null and time_on_page_seconds is null' %}

with

events as {{ 'materialized' if is_incremental() else 'not materialized' }} (
    select *
    from {{ affected(ref('session_events')) }} as session_events
    where has_visit
),

-- One event answers the filter of each of these aggregates (the first, the first pageview, the last one): max only
-- takes what it says.
totals as (
    select
        {{ session }},
        min(session_date) as session_date,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        count(*)::integer as event_count,
        count(pageview_number)::integer as pageview_count,
        bool_or(
            event_type not in (
                {%- for event_type in var('passive_event_types') %}
                '{{ event_type }}'{{ ',' if not loop.last }}
                {%- endfor %}
            )
        ) as is_engaged,
        case
            when bool_or(event_type in ('heartbeat', 'page_visibility'))
                then least(round(sum(engaged_ms) / 1000.0), 2147483647)::integer
        end as engaged_seconds,
        -- All events of a visit that name a device name the same.
        coalesce(
            max(anonymous_id) filter (where not {{ names_no_device('anonymous_id') }}),
            max(anonymous_id) filter (where is_session_start)
        ) as anonymous_id,
        max(event_order) filter (where is_session_start) as event_order,
        max(page_path) filter (where pageview_number = 1) as entry_path,
        max(page_title) filter (where pageview_number = 1) as entry_title,
        max(page_url) filter (where {{ is_exit }}) as exit_url,
        max(page_path) filter (where {{ is_exit }}) as exit_path,
        {% for column in landing_columns %}
        max({{ column }}) filter (where pageview_number = 1) as entry_{{ column }},
        max({{ column }}) filter (where is_session_start) as first_{{ column }},
        {% endfor %}
        {% for column in device_columns() %}
        max({{ column }}) filter (where is_session_start) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from events
    group by {{ session }}
),

last_users as (
    select distinct on ({{ session }}) {{ session }}, user_id
    from events
    where user_id is not null and event_type <> 'unlink'
    order by {{ session }}, occurred_at desc, event_order desc, event_id desc
),

conversions as (
    select
        {{ session }},
        count(distinct goal_id)::integer as goals_completed,
        sum(value) as conversion_value,
        (array_agg(conversion_event order by completed_at, event_order, event_id, goal_id))[1] as conversion_event
    from {{ affected(ref('session_goals')) }} as session_goals
    group by {{ session }}
),

-- What brought the visitor is said by the first pageview; a session without one has only its first event.
visits as (
    select
        totals.*,
        last_users.user_id as own_user_id,
        entry_page_url as entry_url,
        {% for column, name in landing_columns.items() %}
        case when pageview_count > 0 then entry_{{ column }} else first_{{ column }} end as {{ name }},
        {% endfor %}
        stg_projects.domain as site_domain,
        coalesce(conversions.goals_completed, 0) as goals_completed,
        conversions.conversion_event,
        conversions.conversion_value
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
        coalesce('user:' || coalesce(own_user_id, linked_user.user_id), anonymous_id) as person_id,
        session_date,
        started_at,
        event_order,
        ended_at,
        {{ whole_seconds('(ended_at - started_at)') }} as duration_seconds,
        engaged_seconds,
        event_count,
        pageview_count,
        pageview_count = 1 and not is_engaged as is_bounce,
        ended_at - started_at > interval '{{ var("session_maximum_hours") }} hours' as is_overlong,
        goals_completed > 0 as converted,
        goals_completed,
        conversion_event,
        conversion_value,
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
        {{ campaign_columns() | join(',\n        ') }},
        {{ device_columns() | join(',\n        ') }},
        now() as updated_at
    from classified_visits
    -- Nobody logged in during the visit: who had last logged in on the device by then, else the first one after.
    left join lateral (
        select identities.user_id
        from {{ ref('identities') }} as identities
        where
            classified_visits.own_user_id is null
            and identities.workspace_id = classified_visits.workspace_id
            and identities.project_id = classified_visits.project_id
            and identities.anonymous_id = classified_visits.anonymous_id
            and identities.is_active
        order by
            identities.linked_at <= classified_visits.ended_at desc,
            case when identities.linked_at <= classified_visits.ended_at then identities.linked_at end desc,
            case when identities.linked_at <= classified_visits.ended_at then identities.event_order end desc,
            identities.linked_at asc,
            identities.event_order asc,
            identities.user_id asc
        limit 1
    ) as linked_user on true
)

select * from final
