{#- What brought a visit, as source and medium in the sense of Google Analytics: the inputs of referrer_type and channel. -#}

{% macro is_internal_host(host, page_host, site_domain) -%}
    {#- Whether a referrer's host is the site itself: the page's host, or the site's domain, or a subdomain of either. -#}
    coalesce(
        {{ host }} = {{ page_host }} or right({{ host }}, length({{ page_host }}) + 1) = '.' || {{ page_host }}, false)
    or coalesce(
        {{ host }} = {{ site_domain }} or right({{ host }}, length({{ site_domain }}) + 1) = '.' || {{ site_domain }}, false)
{%- endmacro %}

{% macro paid_click_source(url) -%}
    {#- The advertising platform whose click id the landing address carries, else null. Only ids that are put on paid
        clicks alone: not fbclid (on every link out of Facebook), igshid, srsltid (free Google listings) or epik. #}
    {%- set sources = {
        'gclid': 'google', 'gbraid': 'google', 'wbraid': 'google', 'dclid': 'doubleclick', 'msclkid': 'bing',
        'yclid': 'yandex', 'ttclid': 'tiktok', 'twclid': 'twitter', 'li_fat_id': 'linkedin', 'rdt_cid': 'reddit',
        'ScCid': 'snapchat'} -%}
    case when {{ url }} like '%?%id=%' then
        case substring({{ url }} from '^[^#?]*\?(?:[^#]*&)?({{ sources | join('|') }})=[^&#]')
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
        a tag, another site is a referral. A campaign alone gets (not set): a tagged link was not typed, so not Direct. -#}
    case
        when {{ click_source }} is not null
            and coalesce({{ utm_medium }}, '') !~* '{{ paid_medium() }}|{{ display_medium() }}'
            then case {{ click_source }} when 'doubleclick' then 'display' else 'cpc' end
        when btrim({{ utm_medium }}) <> '' then lower(btrim({{ utm_medium }}))
        when btrim({{ utm_source }}) <> '' then null
        when {{ referrer_host }} is not null then 'referral'
        when btrim({{ utm_campaign }}) <> '' then '(not set)'
    end
{%- endmacro %}
