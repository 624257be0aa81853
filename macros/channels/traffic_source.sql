{#- What brought a visit, as source and medium in the sense of Google Analytics. -#}

{% macro is_internal_host(host, page_host, site_domain) -%}
    {#- Whether a referrer's host is the site itself: the page's host, the site's domain, or a subdomain of them. A site that names
        no domain may lie under its own: shop.example.com comes from example.com, unless strangers have sites there too. -#}
    coalesce({{ is_same_site(host, page_host) }}, false) or coalesce({{ is_same_site(host, site_domain) }}, false)
    or coalesce(
        {{ site_domain }} is null and {{ is_same_site(page_host, host) }}
        and {{ host }} not in ('{{ hosting_domains() | join("', '") }}'), false)
{%- endmacro %}

{% macro is_same_site(host, domain) -%}
    {#- No LIKE, because a domain may hold its wildcard, the underscore. -#}
    ({{ host }} = {{ domain }} or right({{ host }}, length({{ domain }}) + 1) = '.' || {{ domain }})
{%- endmacro %}

{% macro paid_click_source(url) -%}
    {#- The advertising platform whose click id the landing address carries, else null. Only ids that are put on paid
        clicks alone: not fbclid (on every link out of Facebook), igshid, srsltid (free Google listings) or epik. #}
    {%- set sources = {
        'gclid': 'google', 'gbraid': 'google', 'wbraid': 'google', 'dclid': 'doubleclick', 'msclkid': 'bing',
        'gad_source': 'google', 'gad_campaignid': 'google', 'gad': 'google',
        'yclid': 'yandex', 'ttclid': 'tiktok', 'twclid': 'twitter', 'li_fat_id': 'linkedin', 'rdt_cid': 'reddit',
        'ScCid': 'snapchat'} -%}
    case when {{ url }} like '%?%id=%' or {{ url }} like '%?%gad%' then
        case substring('&' || {{ url_query(url) }} from '&({{ sources | join('|') }})=[^&]')
            {%- for parameter, source in sources.items() %}
            when '{{ parameter }}' then '{{ source }}'
            {%- endfor %}
        end
    end
{%- endmacro %}

{% macro traffic_source(utm_source, referrer_host, click_source) -%}
    {#- utm wins over the referrer, which wins over the click id: a Google ad on YouTube is a visit from YouTube. The
        referrer's host must be null for an internal referrer. -#}
    coalesce(nullif(btrim({{ utm_source }}), ''), {{ referrer_host }}, {{ click_source }})
{%- endmacro %}

{% macro traffic_medium(utm_source, utm_medium, utm_campaign, referrer_host, click_source) -%}
    {#- The tagged medium; but a click id is proof of an advertisement, so it overrides a medium that denies it. Without
        a tag, another site is a referral. A campaign alone gets (not set): nobody typed that, so not Direct. -#}
    {%- set medium = lowered("btrim(coalesce(" ~ utm_medium ~ ", ''))") -%}
    case
        when {{ click_source }} is not null
            and not {{ is_paid_medium(medium) }} and not {{ is_display_medium(medium) }}
            then case {{ click_source }} when 'doubleclick' then 'display' else 'cpc' end
        when {{ medium }} <> '' then {{ medium }}
        when btrim({{ utm_source }}) <> '' then null
        when {{ referrer_host }} is not null then 'referral'
        when btrim({{ utm_campaign }}) <> '' then '(not set)'
    end
{%- endmacro %}
