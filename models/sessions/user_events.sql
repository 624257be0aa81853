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
    user_id,
    session_date,
    occurred_at,
    event_type,
    event_name,
    event_category,
    page_url,
    page_path,
    properties,
    properties ->> 'element_tag' as element_tag,
    properties ->> 'element_classes' as element_classes,
    properties ->> 'element_id' as element_id,
    case
        when properties ->> 'scroll_percentage' ~ '^[0-9]{1,3}$'
            then (properties ->> 'scroll_percentage')::integer
    end as scroll_percentage,
    properties ->> 'form_id' as form_id
from events
where pageview_number is null and not is_message
