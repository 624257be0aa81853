{% macro call_cost(calls, price) %}
    {#- USD of a call at a price, null when either is not known or the price does not hold for such a call: each kind of token at
        its own price, all of them at the long-context prices when the prompt is longer than the threshold. Kinds are disjoint, so
        nothing is paid twice. -#}
    {% set tokens = {
        'input': calls ~ '.input_tokens',
        'cached': calls ~ '.cached_tokens',
        'cache_write': '(' ~ calls ~ '.cache_write_tokens - ' ~ calls ~ '.cache_write_1h_tokens)',
        'cache_write_1h': calls ~ '.cache_write_1h_tokens',
        'output': 'coalesce(' ~ calls ~ '.output_tokens, 0)',
    } %}
    case
        when {{ not_priced(calls, price) }} is not null then null
        {%- for context in ['long_', ''] %}
        {{ 'when ' ~ prompt_tokens(calls) ~ ' > ' ~ price ~ '.long_context_tokens then' if context else 'else' }} (
            {%- for kind in tokens %}
            {{ tokens[kind] }} * {{ price_of(price, context, kind) }}{{ ' +' if not loop.last }}
            {%- endfor %}
        ) / 1000 + coalesce({{ price }}.request_price_usd, 0)
        {%- endfor %}
    end
{% endmacro %}

{% macro not_priced(calls, price) %}
    {#- Why a price gives no cost for a call, null when it does. An answer that costs nothing needs no number of tokens. -#}
    case
        when {{ calls }}.unmeasured_reason is not null then {{ calls }}.unmeasured_reason
        when {{ calls }}.output_tokens is null and {{ price }}.output_price_per_1k > 0 then 'no_tokens'
        when string_to_array({{ price }}.priced_apart, ',')
            && string_to_array('everything,' || coalesce({{ calls }}.special_uses, 'unsaid'), ',')
            then 'priced_apart'
        when {{ prompt_tokens(calls) }} > {{ price }}.priced_up_to_tokens then 'no_price_of_length'
        when {{ calls }}.cache_write_1h_tokens > 0 and {{ price }}.cache_write_1h_price_per_1k is null
            then 'no_price_of_1h_writes'
    end
{%- endmacro %}

{% macro prompt_tokens(calls) -%}
    ({{ calls }}.input_tokens + {{ calls }}.cached_tokens + {{ calls }}.cache_write_tokens)
{%- endmacro %}

{% macro price_of(price, context, kind) -%}
    {#- A price that is missing is the one above it: long as short, cached as input, and none where no token is. -#}
    {%- set kinds = [kind, 'input'] if kind in ['cached', 'cache_write'] else [kind] -%}
    {%- set columns = [] -%}
    {%- for each in kinds -%}{%- do columns.extend([context ~ each, each] if context else [each]) -%}{%- endfor -%}
    coalesce({% for column in columns %}{{ price }}.{{ column }}_price_per_1k{{ ', ' if not loop.last }}{% endfor %}
        {{- ', 0' if kind == 'cache_write_1h' }})
{%- endmacro %}
