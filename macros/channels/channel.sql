{#- Referrer type and channel from source, medium and campaign. Mediums are in lower case here (traffic_medium). -#}

{% macro paid_medium() %}^(.*cp.*|ppc|retargeting|paid.*)${% endmacro %}
{% macro display_medium() %}^(display|banner|expandable|interstitial|cpm)${% endmacro %}
{% macro social_medium() %}^(social|social-network|social-media|sm|social network|social media)${% endmacro %}
{% macro email_word() %}^(email|e-mail|e_mail|e mail)${% endmacro %}

{% macro is_direct(source, medium) -%}
    coalesce(lower({{ source }}), '(direct)') in ('(direct)', 'direct')
    and coalesce({{ medium }}, '(none)') in ('(none)', '(not set)')
    and ({{ source }} is not null or {{ medium }} is null)
{%- endmacro %}

{% macro referrer_type(source, medium, source_type, is_internal) -%}
    {#- direct, internal, search, social, ai, email, video, shopping or referral. The medium decides where the source
        is no known platform: a newsletter may call itself anything. -#}
    case
        when {{ source }} is null and {{ medium }} is null and {{ is_internal }} then 'internal'
        when {{ is_direct(source, medium) }} then 'direct'
        when {{ source_type }} is not null then {{ source_type }}
        when {{ medium }} ~ '{{ email_word() }}' then 'email'
        when {{ medium }} ~ '{{ social_medium() }}' then 'social'
        when {{ medium }} = 'organic' then 'search'
        when {{ medium }} = 'ai-assistant' then 'ai'
        when {{ medium }} like '%video%' then 'video'
        else 'referral'
    end
{%- endmacro %}

{% macro channel(source, medium, campaign, source_type) -%}
    {#- The default channel groups of Google Analytics 4, in its order (support.google.com/analytics/answer/9756891),
        with AI Assistants before what a campaign's name can claim. An internal referrer gives no source: Direct. -#}
    {%- set is_paid = medium ~ " ~ '" ~ paid_medium() ~ "'" -%}
    {%- set is_shop = "lower(" ~ campaign ~ ") ~ '(([^a-df-z]|^)shop|shopping)'" -%}
    case
        when {{ is_direct(source, medium) }} then 'Direct'
        when lower({{ campaign }}) like '%cross-network%' then 'Cross-network'
        when ({{ source_type }} = 'shopping' or {{ is_shop }}) and {{ is_paid }} then 'Paid Shopping'
        when {{ source_type }} = 'search' and {{ is_paid }} then 'Paid Search'
        when {{ source_type }} = 'social' and {{ is_paid }} then 'Paid Social'
        when {{ source_type }} = 'video' and {{ is_paid }} then 'Paid Video'
        when {{ medium }} ~ '{{ display_medium() }}' then 'Display'
        when {{ is_paid }} then 'Paid Other'
        when {{ source_type }} = 'ai' or {{ medium }} = 'ai-assistant' then 'AI Assistants'
        when {{ source_type }} = 'shopping' or {{ is_shop }} then 'Organic Shopping'
        when {{ source_type }} = 'social' or {{ medium }} ~ '{{ social_medium() }}' then 'Organic Social'
        when {{ source_type }} = 'video' or {{ medium }} like '%video%' then 'Organic Video'
        when {{ source_type }} = 'search' or {{ medium }} = 'organic' then 'Organic Search'
        when {{ source_type }} = 'email' or {{ medium }} ~ '{{ email_word() }}' then 'Email'
        when {{ medium }} in ('affiliate', 'affiliates') then 'Affiliates'
        when {{ medium }} in ('referral', 'app', 'link') then 'Referral'
        when {{ medium }} = 'audio' then 'Audio'
        when lower({{ source }}) = 'sms' or {{ medium }} = 'sms' then 'SMS'
        when {{ medium }} ~ 'push$|mobile|notification' or lower({{ source }}) = 'firebase' then 'Mobile Push Notifications'
        else 'Unassigned'
    end
{%- endmacro %}
