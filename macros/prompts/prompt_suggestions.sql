{% macro prompt_suggestions(prompt_tokens, input_token_ratio, cached_share, redundant_share) %}
    {#- What would make prompts cheaper, as a JSON array of names, by the rules of the var prompt_rules: of one call, or of the averages
        of many. A number that is not known suggests nothing. The one place of these rules. -#}
    {% set rules = var('prompt_rules') %}
    {% set is_long = prompt_tokens ~ ' >= ' ~ rules.minimum_tokens %}
    to_jsonb(array_remove(array[
        case when {{ is_long }} and {{ input_token_ratio }} >= {{ rules.input_token_ratio }} then 'shorten_prompts' end,
        case when {{ is_long }} and {{ cached_share }} < {{ rules.cached_share }} then 'cache_prompts' end,
        case when {{ redundant_share }} >= {{ rules.redundant_share }} then 'reuse_answers' end
    ], null))
{% endmacro %}

{% macro input_token_ratio(prompt_tokens, output_tokens) -%}
    round({{ prompt_tokens }}::numeric / nullif({{ output_tokens }}, 0), 4)
{%- endmacro %}
