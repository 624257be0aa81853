with

-- One page whatever its parameters; a pageview without an address still counts somewhere. What is too long for the key
-- is cut.
pageviews as (
    select
        *,
        {{ page_key('page_url') }} as page_key,
        {{ path_key('page_path') }} as path_key
    from {{ affected(ref('session_events')) }} as events
    where pageview_number is not null and has_visit
),

-- A path that a visit sees at two addresses is one path of one visit. The day leads, although the visit has only one:
-- it is the order of the index, so that each day is sorted by itself.
numbered as (
    select
        *,
        row_number() over (
            partition by workspace_id, project_id, session_date, session_id, path_key order by pageview_number
        ) as view_of_path
    from pageviews
),

pages as (
    select
        workspace_id,
        project_id,
        session_date as metric_date,
        page_key as page_url,
        path_key as page_path,
        count(*)::integer as views,
        count(distinct anonymous_id)::integer as unique_visitors,
        count(*) filter (where view_of_path = 1)::integer as path_sessions,
        count(*) filter (where pageview_number = 1)::integer as entries,
        count(*) filter (where time_on_page_seconds is null)::integer as exits,
        coalesce(sum(time_on_page_seconds), 0)::bigint as time_on_page_seconds
    from numbered
    group by workspace_id, project_id, session_date, page_key, path_key
),

-- A visit that bounced has one pageview, which is its entry.
bounced as (
    select
        *,
        {{ page_key('entry_url') }} as page_url,
        {{ path_key('entry_path') }} as page_path
    from {{ affected(ref('sessions')) }} as sessions
    where is_bounce
),

bounces as (
    select
        workspace_id,
        project_id,
        session_date as metric_date,
        page_url,
        page_path,
        count(*)::integer as bounces
    from bounced
    group by workspace_id, project_id, session_date, page_url, page_path
),

final as (
    select
        pages.*,
        coalesce(bounces.bounces, 0) as bounces,
        round(time_on_page_seconds::numeric / nullif(views - exits, 0), 2) as avg_time_on_page_seconds,
        {{ rate('coalesce(bounces.bounces, 0)', 'entries') }} as bounce_rate,
        {{ rate('exits', 'views') }} as exit_rate,
        now() as updated_at
    from pages
    left join bounces using (workspace_id, project_id, metric_date, page_url, page_path)
)

select * from final
