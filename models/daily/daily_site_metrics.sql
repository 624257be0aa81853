with

sessions as (
    select * from {{ affected(ref('sessions')) }} as sessions
),

final as (
    select
        workspace_id,
        project_id,
        session_date as metric_date,
        count(distinct anonymous_id)::integer as unique_visitors,
        count(*)::integer as total_sessions,
        sum(pageview_count)::integer as total_pageviews,
        sum(event_count)::integer as total_events,
        {{ rate('count(*) filter (where is_bounce)', 'count(*)') }} as bounce_rate,
        round(avg(duration_seconds), 2) as avg_session_duration_seconds,
        round(avg(engaged_seconds), 2) as avg_engaged_seconds,
        round(avg(pageview_count), 2) as avg_pages_per_session,
        {% for type in ['direct', 'search', 'social', 'ai', 'email', 'referral'] %}
        count(*) filter (where referrer_type = '{{ type }}')::integer as {{ type }}_sessions,
        {% endfor %}
        sum(goals_completed)::integer as goals_completed,
        {{ rate('count(*) filter (where converted)', 'count(*)') }} as conversion_rate,
        now() as updated_at
    from sessions
    group by workspace_id, project_id, session_date
)

select * from final
