-- From looking at products to sending a form, by visits of the last 30 days. The paths are examples: put in your own.
with

visits as (
    select
        events.workspace_id,
        events.project_id,
        events.session_id,
        bool_or(events.page_path like '/products%') as has_viewed_products,
        bool_or(events.page_path like '/contact%') as has_viewed_contact,
        bool_or(events.event_type = 'form_submit') as has_submitted_form
    from {{ ref('session_events') }} as events
    where events.session_date > current_date - 30 and events.has_visit
    group by events.workspace_id, events.project_id, events.session_id
),

counts as (
    select
        count(*) as sessions,
        count(*) filter (where has_viewed_products) as product_viewers,
        count(*) filter (where has_viewed_contact) as contact_viewers,
        count(*) filter (where has_submitted_form) as form_submitters
    from visits
)

select
    *,
    {{ rate('contact_viewers', 'sessions') }} as contact_rate,
    {{ rate('form_submitters', 'contact_viewers') }} as form_conversion_rate
from counts
