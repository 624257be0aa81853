-- The floor: the same three tables as a person would write them by hand for a one-off question, without late events,
-- copies, batches, identities, goals, channels, keys, indexes or policies. Radar is measured as a multiple of it.
drop schema if exists floor cascade;
create schema floor;

create table floor.sessions as
with numbered_events as (
    select
        *,
        count(*) filter (where is_start) over stream_in_time as session_number
    from (
        select
            *,
            coalesce(session_id, anonymous_id) as stream,
            lag(occurred_at) over stream_in_time is null
            or (session_id is null and occurred_at - lag(occurred_at) over stream_in_time > interval '30 minutes') as is_start
        from ingest.events
        where bot_class = 'human'
        window stream_in_time as (
            partition by workspace_id, project_id, coalesce(session_id, anonymous_id) order by occurred_at
        )
    ) as events
    window stream_in_time as (partition by workspace_id, project_id, stream order by occurred_at)
)

select
    workspace_id,
    project_id,
    stream || session_number as session_id,
    min(anonymous_id) as anonymous_id,
    max(user_id) as user_id,
    min(occurred_at) as started_at,
    max(occurred_at) as ended_at,
    count(*) as event_count,
    count(*) filter (where event_type = 'pageview') as pageview_count,
    (array_agg(page_url order by occurred_at) filter (where event_type = 'pageview'))[1] as entry_url,
    (array_agg(page_url order by occurred_at desc) filter (where event_type = 'pageview'))[1] as exit_url,
    (array_agg(page_referrer order by occurred_at))[1] as referrer,
    (array_agg(user_agent order by occurred_at))[1] as user_agent,
    min(device_type) as device_type,
    min(browser_name) as browser_name,
    min(os_name) as os_name,
    min(country_code) as country_code,
    min(city) as city
from numbered_events
group by workspace_id, project_id, stream, session_number;

create table floor.pageviews as
with numbered_events as (
    select
        *,
        count(*) filter (where is_start) over stream_in_time as session_number
    from (
        select
            *,
            coalesce(session_id, anonymous_id) as stream,
            lag(occurred_at) over stream_in_time is null
            or (session_id is null and occurred_at - lag(occurred_at) over stream_in_time > interval '30 minutes') as is_start
        from ingest.events
        where bot_class = 'human'
        window stream_in_time as (
            partition by workspace_id, project_id, coalesce(session_id, anonymous_id) order by occurred_at
        )
    ) as events
    window stream_in_time as (partition by workspace_id, project_id, stream order by occurred_at)
)

select
    workspace_id,
    project_id,
    event_id,
    stream || session_number as session_id,
    anonymous_id,
    occurred_at as viewed_at,
    page_url,
    page_path,
    page_title,
    page_referrer,
    lead(occurred_at) over (partition by workspace_id, project_id, stream, session_number order by occurred_at) - occurred_at
        as time_on_page
from numbered_events
where event_type = 'pageview';

create table floor.daily_site_metrics as
select
    workspace_id,
    project_id,
    started_at::date as metric_date,
    count(distinct anonymous_id) as unique_visitors,
    count(*) as total_sessions,
    sum(pageview_count) as total_pageviews,
    sum(event_count) as total_events,
    avg(extract(epoch from ended_at - started_at)) as avg_session_duration_seconds
from floor.sessions
group by workspace_id, project_id, started_at::date;
