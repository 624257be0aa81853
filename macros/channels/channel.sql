{#- Referrer type and channel from source, medium and campaign. Mediums are in lower case here (traffic_medium). The
    lists and patterns are Google's (support.google.com/analytics/answer/9756891), as LIKE and IN for speed. -#}

{% macro is_direct(source, medium) -%}
    (
        ({{ source }} is null and {{ medium }} is null)
        or (
            {{ lowered(source) }} in ('(direct)', 'direct') and coalesce({{ medium }}, '(none)') in ('(none)', '(not set)')
        )
    )
{%- endmacro %}

{% macro is_paid_medium(medium) -%}
    ({{ medium }} like '%cp%' or {{ medium }} in ('ppc', 'retargeting') or {{ medium }} like 'paid%')
{%- endmacro %}

{% macro is_display_medium(medium) -%}
    ({{ medium }} in ('display', 'banner', 'expandable', 'interstitial', 'cpm'))
{%- endmacro %}

{% macro is_social_medium(medium) -%}
    ({{ medium }} in ('social', 'social-network', 'social-media', 'sm', 'social network', 'social media'))
{%- endmacro %}

{% macro is_email_medium(medium) -%}
    ({{ medium }} in ('email', 'e-mail', 'e_mail', 'e mail'))
{%- endmacro %}

{% macro is_shop_campaign(campaign) -%}
    ({{ lowered(campaign) }} like '%shop%' and {{ lowered(campaign) }} ~ '([^a-df-z]|^)shop|shopping')
{%- endmacro %}

{% macro referrer_type(source, medium, source_type, is_internal, is_return) -%}
    {#- direct, internal, return, search, social, ai, email, video, shopping or referral. The medium decides where the source
        is no known platform: a newsletter may call itself anything. -#}
    case
        when {{ source }} is null and {{ medium }} is null and {{ is_internal }} then 'internal'
        when {{ source }} is null and {{ medium }} is null and {{ is_return }} then 'return'
        when {{ is_direct(source, medium) }} then 'direct'
        when {{ source_type }} is not null then {{ source_type }}
        when {{ is_email_medium(medium) }} then 'email'
        when {{ is_social_medium(medium) }} then 'social'
        when {{ medium }} = 'organic' then 'search'
        when {{ medium }} = 'ai-assistant' then 'ai'
        when {{ medium }} like '%video%' then 'video'
        else 'referral'
    end
{%- endmacro %}

{% macro channel(source, medium, campaign, source_type) -%}
    {#- The default channel groups of Google Analytics 4, in its order, with AI Assistants before what a campaign's name
        can claim. An internal referrer gives no source, nor does a return: both are Direct. -#}
    case
        when {{ is_direct(source, medium) }} then 'Direct'
        when {{ lowered(campaign) }} like '%cross-network%' then 'Cross-network'
        when {{ is_paid_medium(medium) }} then
            case
                when {{ source_type }} = 'shopping' or {{ is_shop_campaign(campaign) }} then 'Paid Shopping'
                when {{ source_type }} = 'search' then 'Paid Search'
                when {{ source_type }} = 'social' then 'Paid Social'
                when {{ source_type }} = 'video' then 'Paid Video'
                when {{ is_display_medium(medium) }} then 'Display'
                else 'Paid Other'
            end
        when {{ is_display_medium(medium) }} then 'Display'
        when {{ source_type }} = 'ai' or {{ medium }} = 'ai-assistant' then 'AI Assistants'
        when {{ source_type }} = 'shopping' or {{ is_shop_campaign(campaign) }} then 'Organic Shopping'
        when {{ source_type }} = 'social' or {{ is_social_medium(medium) }} then 'Organic Social'
        when {{ source_type }} = 'video' or {{ medium }} like '%video%' then 'Organic Video'
        when {{ source_type }} = 'search' or {{ medium }} = 'organic' then 'Organic Search'
        when {{ source_type }} = 'email' or {{ is_email_medium(medium) }} then 'Email'
        when {{ medium }} in ('affiliate', 'affiliates') then 'Affiliates'
        when {{ medium }} in ('referral', 'app', 'link') then 'Referral'
        when {{ medium }} = 'audio' then 'Audio'
        when {{ lowered(source) }} = 'sms' or {{ medium }} = 'sms' then 'SMS'
        when {{ lowered(source) }} = 'firebase' or {{ medium }} like '%push' or {{ medium }} like '%mobile%'
            or {{ medium }} like '%notification%' then 'Mobile Push Notifications'
        else 'Unassigned'
    end
{%- endmacro %}
