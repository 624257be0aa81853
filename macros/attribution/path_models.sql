{#- Models that give the credit of a conversion to visits by their place on the path, and exact shares. -#}

{% macro path_models() %}
    {#- {model: weight}: the weight of a visit, as SQL over the columns of the CTE in touchpoints; the weights of a conversion add
        up to 1, but for rounding. -#}
    {{ return({
        'first_touch': '(touch_number = 1)::integer::numeric',
        'last_touch': '(touch_number = touch_count)::integer::numeric',
        'last_non_direct': '(touch_number = last_sent_number)::integer::numeric',
        'linear': '1.0 / touch_count',
        'position_based': 'case when touch_count <= 2 then 1.0 / touch_count when touch_number in (1, touch_count) then 0.4'
            ~ ' else 0.2 / (touch_count - 2) end',
        'time_decay': 'freshness / sum(freshness) over of_conversion',
    }) }}
{% endmacro %}

{% macro exact_share(share, total, takes_rest, window) -%}
    {#- SQL: the share in millionths. The row that takes the rest gets what rounding left over, so that the shares in the window
        add up to the total exactly. -#}
    round({{ share }}, 6) + case
        when {{ takes_rest }} then {{ total }} - sum(round({{ share }}, 6)) over {{ window }}
        else 0
    end
{%- endmacro %}

{% macro source_of_visit() %}
    {#- SQL columns source, medium and campaign of a session; what nobody said is (none), as in the spend, and what is too long for
        a key is cut. -#}
    left(coalesce(nullif(btrim(utm_source), ''), referrer_platform, referrer_domain, '(none)'), 120) as source,
    left(coalesce(nullif(btrim(utm_medium), ''), '(none)'), 120) as medium,
    left(coalesce(nullif(btrim(utm_campaign), ''), '(none)'), 120) as campaign
{%- endmacro %}
