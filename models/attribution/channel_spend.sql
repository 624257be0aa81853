with

-- A campaign is classified as a visit that carries its tags would be.
tagged_spend as (
    select
        *,
        source as utm_source,
        nullif(medium, '(none)') as utm_medium,
        nullif(campaign, '(none)') as utm_campaign,
        null::text as landing_url,
        null::text as referrer,
        null::text as site_domain
    from {{ arrived(ref('ad_spend')) }} as ad_spend
),

classified_spend as (
    {{ classified_visits('tagged_spend') }}
),

final as (
    select
        workspace_id,
        project_id,
        spend_date,
        channel,
        source,
        medium,
        campaign,
        cost,
        clicks,
        impressions
    from classified_spend
)

select * from final
