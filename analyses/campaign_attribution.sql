-- What campaigns of the last 30 days brought.
select
    utm_source,
    utm_medium,
    utm_campaign,
    sum(sessions) as sessions,
    round(sum(duration_seconds) / sum(sessions), 2) as avg_session_duration_seconds,
    round(sum(pageviews) / sum(sessions), 2) as avg_pages_per_session,
    {{ rate('sum(bounces)', 'sum(sessions)') }} as bounce_rate,
    {{ rate('sum(converted_sessions)', 'sum(sessions)') }} as conversion_rate,
    sum(conversion_value) as conversion_value
from {{ ref('daily_traffic_sources') }}
where metric_date > current_date - 30 and utm_source <> '(not set)'
group by utm_source, utm_medium, utm_campaign
order by sessions desc
