{#- Conditions on an event's properties, in goals and in steps of funnels: {name: value} or {name: {operator: value}}, all of which
    hold. A name is a property or a path (cart.total). What an event does not have meets nothing but {"exists": false}. -#}

{% macro properties_match_function() %}
{% set radar = schema_name('radar') %}
create or replace function {{ radar }}.properties_match(properties jsonb, conditions jsonb)
returns boolean
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $function$
    select coalesce(bool_and(coalesce(
        case operator
            when '=' then {{ are_equal('found', 'operand') }}
            when '!=' then not {{ are_equal('found', 'operand') }}
            when '>' then {{ number_of('found') }} > {{ number_of('operand') }}
            when '>=' then {{ number_of('found') }} >= {{ number_of('operand') }}
            when '<' then {{ number_of('found') }} < {{ number_of('operand') }}
            when '<=' then {{ number_of('found') }} <= {{ number_of('operand') }}
            when 'contains' then
                case jsonb_typeof(found)
                    when 'array' then {{ is_any_equal('found', 'operand') }}
                    when 'object' then false
                    else strpos(found #>> '{}', operand #>> '{}') > 0
                end
            when 'in' then jsonb_typeof(operand) = 'array' and {{ is_any_equal('operand', 'found') }}
            when 'exists' then (found is not null) = (operand = 'true')
        end, false)), true)
    from jsonb_each(conditions) as named (name, condition)
    cross join lateral jsonb_each(
        case when jsonb_typeof(condition) = 'object' then condition else jsonb_build_object('=', condition) end
    ) as operations (operator, operand)
    cross join lateral (select nullif({{ property_of('properties', 'name') }}, 'null') as found) as properties_by_name
$function$;
comment on function {{ radar }}.properties_match is
    'Whether the properties meet all conditions {name: value or {operator: value}}; operators are =, !=, >, >=, <, <=, contains, in, exists.';
{% endmacro %}

{% macro property_of(properties, name) -%}
    {#- The property of that name, which may hold dots itself, else what the path leads to. -#}
    coalesce({{ properties }} -> {{ name }}, {{ properties }} #> string_to_array({{ name }}, '.'))
{%- endmacro %}

{% macro number_of(value) -%}
    {#- A number, also one that is written as text; else null. -#}
    case jsonb_typeof({{ value }})
        when 'number' then ({{ value }})::numeric
        when 'string' then {{ schema_name('radar') }}.try_numeric({{ value }} #>> '{}')
    end
{%- endmacro %}

{% macro are_equal(one, other) -%}
    {#- Numbers as numbers, and of two types nothing is equal but a text and what it spells: files, forms and tags have texts alone. -#}
    case
        when {{ one }} is null then null
        when jsonb_typeof({{ one }}) = jsonb_typeof({{ other }}) then {{ one }} = {{ other }}
        when 'string' not in (jsonb_typeof({{ one }}), jsonb_typeof({{ other }})) then false
        when 'number' in (jsonb_typeof({{ one }}), jsonb_typeof({{ other }}))
            then coalesce({{ number_of(one) }} = {{ number_of(other) }}, false)
        when 'boolean' in (jsonb_typeof({{ one }}), jsonb_typeof({{ other }})) then {{ one }} #>> '{}' = {{ other }} #>> '{}'
        else false
    end
{%- endmacro %}

{% macro is_any_equal(list, value) -%}
    exists (select from jsonb_array_elements({{ list }}) as listed (item) where {{ are_equal('item', value) }})
{%- endmacro %}
