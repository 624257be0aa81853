with

pageviews as (
    select
        *,
        -- One page whatever its parameters; a pageview without an address still counts somewhere.
        -- Addresses that are too long for the key are cut.
        coalesce(left(split_part(split_part(page_url, '#', 1), '?', 1), 600), '(not set)') as page
    from {{ affected(ref('session_events')) }} as events
    where pageview_number is not null
),

sessions as (
    select * from {{ affected(ref('sessions')) }} as sessions
),

final as (
    select
        workspace_id,
        project_id,
        pageviews.session_date as metric_date,
        pageviews.page as page_url,
        count(*)::integer as views,
        count(distinct pageviews.anonymous_id)::integer as unique_visitors,
        count(*) filter (where pageviews.pageview_number = 1)::integer as entries,
        count(*) filter (where pageviews.time_on_page_seconds is null)::integer as exits,
        round(avg(pageviews.time_on_page_seconds), 2) as avg_time_on_page_seconds,
        {{ rate('count(*) filter (where pageviews.pageview_number = 1 and sessions.is_bounce)',
                'count(*) filter (where pageviews.pageview_number = 1)') }} as bounce_rate,
        {{ rate('count(*) filter (where pageviews.time_on_page_seconds is null)', 'count(*)') }} as exit_rate,
        now() as updated_at
    from pageviews
    inner join sessions using (workspace_id, project_id, session_id)
    group by workspace_id, project_id, pageviews.session_date, pageviews.page
)

select * from final
