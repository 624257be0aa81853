{{ config(materialized='view') }}

with

submissions as (
    select
        *,
        {{ form_id() }} as form_id,
        -- Trackers send the fields as an object by name, or as a list.
        coalesce(properties -> 'form_data', properties -> 'fields', properties -> 'data') as form_data
    from {{ ref('session_events') }}
    where event_type = 'form_submit' and has_visit
),

counted as (
    select
        *,
        case jsonb_typeof(form_data)
            when 'object' then (select count(*) from jsonb_object_keys(form_data))
            when 'array' then jsonb_array_length(form_data)
        end::integer as sent_fields
    from submissions
)

select
    workspace_id,
    project_id,
    event_id,
    session_id,
    anonymous_id,
    user_id,
    session_date,
    occurred_at as submitted_at,
    page_url,
    page_path,
    form_id,
    {{ form_property(['form_action', 'action']) }} as form_action,
    {{ uppered(form_property(['form_method', 'method'])) }} as form_method,
    coalesce({{ small_number("properties ->> 'field_count'") }}, sent_fields) as field_count,
    form_data
from counted
