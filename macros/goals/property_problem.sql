{#- What is wrong with the condition on one property: a form that is none, or operators that contradict each other. -#}

{% macro property_problem_function() %}
{% set radar = schema_name('radar') %}
create or replace function {{ radar }}.property_problem(name text, condition jsonb)
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $function$
    select case
        when name = '' then 'properties: a property needs a name'
        when condition = '{}' then format('properties.%s: a condition needs an operator', name)
        when wrong_operand is not null then format('properties.%s: %s', name, wrong_operand)
        when operators -> 'exists' = 'false' and operators - 'exists' <> '{}'
            then format('properties.%s: what does not exist meets nothing else', name)
        -- Tried out: with = and in on what they name, else on numbers at the ends and between them.
        when operators ?| array['=', 'in', '>', '>=', '<', '<='] and (operators ?| array['=', 'in'] or not operators ? 'contains')
            and not exists (
                select from jsonb_array_elements(
                    case
                        when operators ? '=' then jsonb_build_array(operators -> '=')
                        when operators ? 'in' then operators -> 'in'
                        else jsonb_build_array(
                            lowest, highest, lowest + 1, lowest + 2, highest - 1, highest - 2, (lowest + highest) / 2, (3 * lowest + highest) / 4)
                    end
                ) as candidates (value)
                where {{ radar }}.properties_match(jsonb_build_object(name, value), jsonb_build_object(name, operators))
            ) then format('properties.%s: its operators contradict each other', name)
    end
    from (
        select case when jsonb_typeof(condition) = 'object' then condition else jsonb_build_object('=', condition) end as operators
    ) as conditions
    cross join lateral (
        select
            min({{ operand_problem() }}) as wrong_operand,
            max({{ number_of('operand') }}) filter (where operator in ('>', '>=')) as lowest,
            min({{ number_of('operand') }}) filter (where operator in ('<', '<=')) as highest
        from jsonb_each(operators) as operations (operator, operand)
    ) as judged
$function$;
{% endmacro %}

{% macro operand_problem() -%}
    {%- set is_scalar = "jsonb_typeof(%s) in ('string', 'number', 'boolean')" -%}
    case
        when operator not in ('=', '!=', '>', '>=', '<', '<=', 'contains', 'in', 'exists')
            then format('unknown operator %s; known are =, !=, >, >=, <, <=, contains, in, exists', operator)
        when operator = 'in' and (jsonb_typeof(operand) <> 'array' or operand = '[]' or exists (
            select from jsonb_array_elements(case jsonb_typeof(operand) when 'array' then operand end) as listed (item)
            where not {{ is_scalar % 'item' }}
        )) then 'in needs an array of texts, numbers, true or false'
        when operator = 'exists' and jsonb_typeof(operand) <> 'boolean' then 'exists needs true or false'
        when operator in ('>', '>=', '<', '<=') and {{ number_of('operand') }} is null then format('%s needs a number', operator)
        when operator in ('=', '!=', 'contains') and not {{ is_scalar % 'operand' }}
            then format('%s needs a text, a number or true or false', operator)
    end
{%- endmacro %}
