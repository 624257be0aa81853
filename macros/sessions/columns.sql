{#- Columns that session_events and sessions share, in the order in which people read them. -#}

{% macro campaign_columns() %}
    {{ return(['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term']) }}
{% endmacro %}

{% macro device_columns() %}
    {{ return([
        'user_agent', 'bot_class', 'device_type', 'os_name', 'browser_name', 'browser_language', 'timezone',
        'ip_address', 'country_code', 'city', 'screen_width', 'screen_height', 'viewport_width', 'viewport_height',
        'device_pixel_ratio']) }}
{% endmacro %}
