{#- Columns that session_events and sessions share, in the order in which people read them. -#}

{% macro event_order() -%}
    {#- SQL: orders events of the same instant, by the number of the arrival and in it the place in the batch. Whatever a client
        writes there fits; rows from before there was a number come first, in the order of their ids. -#}
    (least(greatest(coalesce(arrival_number, 0), 0), 1::bigint << 44) << 18) + least(batch_position, 262143)
{%- endmacro %}

{% macro campaign_columns() %}
    {{ return(['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term']) }}
{% endmacro %}

{% macro device_columns() %}
    {{ return([
        'user_agent', 'bot_class', 'device_type', 'os_name', 'browser_name', 'browser_language', 'timezone',
        'ip_address', 'country_code', 'city', 'screen_width', 'screen_height', 'viewport_width', 'viewport_height',
        'device_pixel_ratio']) }}
{% endmacro %}
