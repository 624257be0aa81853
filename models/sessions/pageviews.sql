{{ config(materialized='view') }}

with

events as (
    select * from {{ ref('session_events') }}
)

select
    workspace_id,
    project_id,
    event_id,
    session_id,
    anonymous_id,
    session_date,
    occurred_at as viewed_at,
    pageview_number,
    time_on_page_seconds,
    page_url,
    page_path,
    page_title,
    {{ url_query('page_url') }} as query_params,
    {{ url_fragment('page_url') }} as hash_fragment,
    page_referrer as referrer,
    {{ is_internal_host(url_host('page_referrer'), url_host('page_url'), 'null') }} as is_internal_referrer,
    utm_source,
    utm_medium,
    utm_campaign,
    utm_content,
    utm_term
from events
where pageview_number is not null
