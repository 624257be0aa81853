{{ config(materialized='view') }}

with

-- Radar's names first, then those that other trackers use for the same.
events as (
    select
        *,
        {{ small_number("coalesce(properties ->> 'scroll_percentage', properties ->> 'percent')") }} as scrolled,
        case when event_type = 'click' then properties end as clicked
    from {{ ref('session_events') }}
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
    coalesce(properties ->> 'element_tag', clicked ->> 'tag') as element_tag,
    coalesce(properties ->> 'element_classes', clicked ->> 'classes') as element_classes,
    coalesce(properties ->> 'element_id', clicked ->> 'id') as element_id,
    coalesce(properties ->> 'element_text', clicked ->> 'text') as element_text,
    coalesce(properties ->> 'element_href', clicked ->> 'href') as element_href,
    case when scrolled > 100 then 100 else scrolled end as scroll_percentage,
    case when scrolled >= 100 then 100 when scrolled >= 25 then scrolled / 25 * 25 end as scroll_milestone,
    case when event_type like 'form%' then {{ form_id() }} end as form_id,
    case when event_type = 'text_copy' then coalesce(
        {{ small_number("properties ->> 'characters'") }}, length(properties ->> 'text')
    ) end as copied_characters,
    case when event_type = 'page_visibility' then properties ->> 'state' end as visibility_state
from events
where pageview_number is null and has_visit
