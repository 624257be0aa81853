with

visitor_days as (
    select * from {{ affected(ref('visitor_days')) }} as visitor_days
),

-- A visitor's further rows of a day follow one of the same day: of all types together, only the first counts.
visits as (
    select
        workspace_id,
        project_id,
        metric_date,
        '(all)' as referrer_type,
        coalesce(previous_date, {{ never() }}) as previous_date
    from visitor_days
    where previous_date is distinct from metric_date
    union all
    select
        workspace_id,
        project_id,
        metric_date,
        referrer_type,
        coalesce(previous_date_of_type, {{ never() }}) as previous_date
    from visitor_days
),

final as (
    select
        workspace_id,
        project_id,
        metric_date,
        referrer_type,
        previous_date,
        count(*)::integer as visitors
    from visits
    group by workspace_id, project_id, metric_date, referrer_type, previous_date
)

select * from final
