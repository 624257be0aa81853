{#- What is wrong with the conditions of a goal: said when they are written, so that nobody waits for a goal that cannot be met. -#}

{% macro goal_problem_function() %}
{% set radar = schema_name('radar') %}
{{ property_problem_function() }}

create or replace function {{ radar }}.properties_problem(conditions jsonb)
returns text
language sql
immutable
{{ pinned() }}
as $function$
    select case
        when jsonb_typeof(conditions) <> 'object' or conditions = '{}' then 'properties has to be an object with a condition'
        else (select min({{ radar }}.property_problem(name, condition)) from jsonb_each(conditions) as named (name, condition))
    end
$function$;

create or replace function {{ radar }}.goal_problem(goal_type text, conditions jsonb)
returns text
language sql
immutable
{{ pinned() }}
as $function$
    select case
        when jsonb_typeof(conditions) <> 'object' then 'conditions have to be an object'
        when unknown_key is not null
            then format('%s is no condition of a goal of type %s; it can have %s', unknown_key, goal_type, array_to_string(known, ', '))
        when required is not null and not conditions ? required then format('a goal of type %s needs %s', goal_type, required)
        when goal_type = 'custom' and not conditions ?| array['event_name', 'event_type', 'page_path', 'properties']
            then 'a goal of type custom needs a condition: event_name, event_type, page_path or properties'
        when wrong_text is not null then format('%s has to be a text', wrong_text)
        when octet_length(conditions ->> 'event_name') > 2000 or octet_length(conditions ->> 'page_path') > 2000
            then 'a name or path is longer than 2000 bytes'
        when conditions ->> 'page_path' ~ '(^|[^\\])(\\\\)*\\$' then 'page_path ends with its escape character'
        when conditions ->> 'page_path' like '%://%' then 'page_path is the path alone, without the host: /thanks'
        when goal_type = 'duration' and coalesce({{ radar }}.try_numeric(conditions ->> 'seconds') not between 1 and 86400, true)
            then 'seconds has to be a number from 1 to 86400'
        else {{ radar }}.properties_problem(coalesce(conditions -> 'properties', '{"any": {"exists": true}}'))
    end
    from (
        select case goal_type
            when 'event' then array['event_name', 'properties', 'value_property']
            when 'pageview' then array['page_path', 'properties', 'value_property']
            when 'duration' then array['seconds']
            else array['event_name', 'event_type', 'page_path', 'properties', 'value_property']
        end as known,
        case goal_type when 'event' then 'event_name' when 'pageview' then 'page_path' when 'duration' then 'seconds' end as required
    ) as types
    cross join lateral (
        select
            min(key) filter (where key <> all(known)) as unknown_key,
            min(key) filter (
                where key in ('event_name', 'event_type', 'page_path', 'value_property')
                and (jsonb_typeof(value) <> 'string' or value = '""')
            ) as wrong_text
        from jsonb_each(case when jsonb_typeof(conditions) = 'object' then conditions else '{}' end)
    ) as keys
$function$;

create or replace function {{ radar }}.assert_goal(goal_type text, conditions jsonb)
returns boolean
language plpgsql
immutable
{{ pinned() }}
as $function$
declare
    problem constant text := {{ radar }}.goal_problem(goal_type, conditions);
begin
    if problem is not null then
        raise check_violation using message = 'This goal can never be met: ' || problem, detail = conditions::text;
    end if;
    return true;
end
$function$;
comment on function {{ radar }}.assert_goal is 'True for conditions that a goal of the type can have; raises check_violation with the reason otherwise.';
{% endmacro %}
