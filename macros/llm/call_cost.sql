{% macro call_cost(calls, price) %}
    {#- USD of a call at a price, null when either is not known: each kind of token at its own price, all of them at the
        long-context prices when the prompt is longer than the threshold. Kinds are disjoint, so nothing is paid twice. -#}
    {% set kinds = {'input': 'input', 'cached': 'cached', 'cache_write': 'cache_write', 'output': 'output'} %}
    {% set is_long %}
        {{ calls }}.input_tokens + {{ calls }}.cached_tokens + {{ calls }}.cache_write_tokens > {{ price }}.long_context_tokens
    {%- endset %}
    case
        when {{ calls }}.unmeasured_reason is not null then null
        when {{ is_long }} then (
            {%- for kind in kinds %}
            {{ calls }}.{{ kind }}_tokens * {{ price_of(price, 'long_', kind) }}{{ ' +' if not loop.last }}
            {%- endfor %}
        ) / 1000
        else (
            {%- for kind in kinds %}
            {{ calls }}.{{ kind }}_tokens * {{ price_of(price, '', kind) }}{{ ' +' if not loop.last }}
            {%- endfor %}
        ) / 1000
    end
{% endmacro %}

{% macro price_of(price, context, kind) -%}
    {#- A price that is missing is the one above it: long as short, cached as input. -#}
    {%- set columns = [context ~ kind, context ~ 'input' if kind in ['cached', 'cache_write'] else none,
                       kind if context else none, 'input' if context and kind in ['cached', 'cache_write'] else none] | select | unique | list -%}
    {%- if columns | length == 1 -%}{{ price }}.{{ columns[0] }}_price_per_1k
    {%- else -%}coalesce({% for column in columns %}{{ price }}.{{ column }}_price_per_1k{{ ', ' if not loop.last }}{% endfor %})
    {%- endif -%}
{%- endmacro %}
