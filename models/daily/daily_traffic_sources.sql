with

-- Texts that are too long for the key are cut.
sessions as (
    select
        *,
        {% for column in ['utm_source', 'utm_medium', 'utm_campaign'] %}
        {{ campaign_key(column) }} as {{ column }}_key,
        {% endfor %}
        coalesce(conversion_value, 0) as value
    from {{ affected(ref('sessions')) }} as sessions
),

final as (
    select
        workspace_id,
        project_id,
        session_date as metric_date,
        referrer_type,
        channel,
        utm_source_key as utm_source,
        utm_medium_key as utm_medium,
        utm_campaign_key as utm_campaign,
        count(*)::integer as sessions,
        count(*) filter (where is_bounce)::integer as bounces,
        count(*) filter (where converted)::integer as converted_sessions,
        sum(goals_completed)::bigint as goals_completed,
        sum(value) as conversion_value,
        sum(duration_seconds)::bigint as duration_seconds,
        sum(pageview_count)::bigint as pageviews,
        now() as updated_at
    from sessions
    group by
        workspace_id, project_id, session_date, referrer_type, channel, utm_source_key, utm_medium_key,
        utm_campaign_key
)

select * from final
