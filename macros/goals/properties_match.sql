{#- Conditions on an event's properties, in goals and in steps of funnels: {name: value} or {name: {operator: value}}, all of which
    hold. A name may be a path (cart.total). What an event does not have meets nothing but {"exists": false}. -#}

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
            when '=' then found = wanted
            when '!=' then found <> wanted
            when '>' then {{ radar }}.try_numeric(found) > {{ radar }}.try_numeric(wanted)
            when '>=' then {{ radar }}.try_numeric(found) >= {{ radar }}.try_numeric(wanted)
            when '<' then {{ radar }}.try_numeric(found) < {{ radar }}.try_numeric(wanted)
            when '<=' then {{ radar }}.try_numeric(found) <= {{ radar }}.try_numeric(wanted)
            when 'contains' then strpos(found, wanted) > 0
            when 'in' then operand ? found
            when 'exists' then (found is not null) = (wanted = 'true')
        end, false)), true)
    from jsonb_each(conditions) as named (name, condition)
    cross join lateral jsonb_each(
        case when jsonb_typeof(condition) = 'object' then condition else jsonb_build_object('=', condition) end
    ) as operations (operator, operand)
    cross join lateral (
        select properties #>> string_to_array(name, '.') as found, operand #>> '{}' as wanted
    ) as texts
$function$;
comment on function {{ radar }}.properties_match is
    'Whether the properties meet all conditions {name: value or {operator: value}}; operators are =, !=, >, >=, <, <=, contains, in, exists.';
{% endmacro %}
