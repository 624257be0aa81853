{#- Checks and casts of what strangers wrote. None raises, and none needs a subtransaction, which parallel workers may not open. -#}

{% macro safe_cast_functions() %}
create or replace function {{ schema_name('radar') }}.try_timestamptz(value text)
returns timestamptz
language sql
stable
parallel safe
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $function$
    select case
        when value ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?$'
            and substr(value, 9, 2)::integer
            <= extract(day from (substr(value, 1, 7) || '-01')::date + interval '1 month' - interval '1 day')
            then value::timestamptz
    end
$function$;

create or replace function {{ schema_name('radar') }}.try_numeric(value text)
returns numeric
language sql
immutable
parallel safe
return case when value ~ '^-?[0-9]{1,15}([.][0-9]{1,40})?([eE][+-]?[0-9]{1,2})?$' then value::numeric end;
{% endmacro %}

{% macro timezone_function() %}
{#- For a check constraint, which sees one row at a time: declared immutable because a time zone that exists goes on existing. By
    name alone: PostgreSQL takes formulas too, in which UTC+3 lies west of Greenwich, and abbreviations, which know no summer. #}
create or replace function {{ schema_name('radar') }}.assert_timezone(name text)
returns boolean
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $function$
begin
    if not exists (select from pg_timezone_names as known where {{ lowered('known.name') }} = {{ lowered('assert_timezone.name') }}) then
        raise check_violation using message = format(
            '%s is no name of a time zone: write one of pg_timezone_names, such as Europe/Berlin or America/Sao_Paulo', name);
    end if;
    return true;
end
$function$;
select {{ schema_name('radar') }}.assert_timezone({{ quoted(var('workspace_timezone')) }});
{% endmacro %}
