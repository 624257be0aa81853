{% macro classified_visits(relation) %}
    {#- Query: every row and column of the relation, and with it referrer_domain, is_internal_referrer, traffic_source,
        traffic_medium, referrer_type, referrer_platform and channel. The relation must have landing_url, referrer,
        utm_source, utm_medium, utm_campaign and site_domain (the project's domain, may be null).
        "offset 0" keeps PostgreSQL from copying the expressions below it into every place that uses them. #}
    with hosts as (
        select
            *,
            {{ url_host('referrer') }} as referrer_domain,
            {{ url_host('landing_url') }} as landing_host,
            {{ url_host("('https://' || site_domain)") }} as site_host,
            {{ paid_click_source('landing_url') }} as click_source
        from {{ relation }}
        offset 0
    ),

    origins as (
        select
            *,
            {{ is_internal_host('referrer_domain', 'landing_host', 'site_host') }} as is_internal_referrer,
            {{ is_return_host('referrer_domain') }} as is_return
        from hosts
        offset 0
    ),

    external_origins as (
        select
            *,
            case when not is_internal_referrer and not is_return then referrer_domain end as external_host
        from origins
    ),

    visits as (
        select
            *,
            {{ traffic_source('utm_source', 'external_host', 'click_source') }} as traffic_source,
            {{ traffic_medium('utm_source', 'utm_medium', 'utm_campaign', 'external_host', 'click_source') }}
                as traffic_medium
        from external_origins
    ),

    platforms as ({{ classified_sources('visits', 'traffic_source') }})

    select
        visits.*,
        {{ referrer_type('traffic_source', 'traffic_medium', 'platforms.referrer_type', 'is_internal_referrer', 'is_return') }}
            as referrer_type,
        coalesce(platforms.referrer_platform, traffic_source) as referrer_platform,
        {{ channel('traffic_source', 'traffic_medium', 'utm_campaign', 'platforms.referrer_type') }} as channel
    from visits
    -- A word may be a tag and no host: http://meta/ lies in somebody's own network.
    left join platforms on visits.traffic_source = platforms.source
        and (visits.traffic_source is distinct from visits.external_host or strpos(visits.external_host, '.') > 0)
{% endmacro %}
