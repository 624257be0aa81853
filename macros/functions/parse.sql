{#- Values from senders, read without ever raising: an error in one event would lose its whole batch. -#}

{% macro create_parse_time() %}
create or replace function {{ schema_name('radar') }}.parse_time(value text) returns timestamptz
language plpgsql stable strict parallel safe
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $function$
declare
    -- PostgreSQL would also read 'tomorrow', 'infinity' and, one way or the other, 01/02/2026.
    parts constant text[] := regexp_match(
        upper(value collate "C"), '^([0-9]{4}-[0-9]{2}-[0-9]{2})([T ](([01][0-9]|2[0-3]):[0-5][0-9])'
        || '(:([0-5][0-9]|60)([.,][0-9]+)?)? ?(Z|UTC|GMT|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?)?$');
    whole constant text := substring(value from '^([0-9]{9,10}|[0-9]{12,13}|[0-9]{15,16}|[0-9]{18,19})(?:[.][0-9]+)?$');
begin
    -- The number of digits tells seconds, milliseconds, microseconds and nanoseconds since 1970 apart.
    if whole is not null then
        return timestamptz '1970-01-01 00:00:00+00' + interval '1 microsecond'
            * trunc(value::numeric * 10.0 ^ (6 - 3 * ((length(whole) - 9) / 3)));
    end if;
    return (parts[1] || ' ' || coalesce(parts[3], '00:00') || ':' || coalesce(parts[6], '00')
        || coalesce('.' || substr(parts[7], 2, 6), '') || ' ' || coalesce(replace(parts[8], 'GMT', 'UTC'), 'UTC'))::timestamptz;
exception when data_exception then
    return null;
end
$function$;
{% endmacro %}

{% macro create_parse_address() %}
create or replace function {{ schema_name('radar') }}.parse_address(value text) returns inet
language plpgsql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
as $function$
begin
    return value::inet;
exception when data_exception then
    return null;
end
$function$;
{% endmacro %}

{% macro parsed_time(value) -%}
    {#- The usual form needs no function with an exception block, which costs a subtransaction. -#}
    case
        when {{ value }} ~ '^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$'
            then ({{ value }})::timestamptz
        else {{ schema_name('radar') }}.parse_time({{ value }})
    end
{%- endmacro %}

{% macro parsed_address(value) -%}
    case
        when {{ value }} ~ '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])$'
            then ({{ value }})::inet
        else {{ schema_name('radar') }}.parse_address({{ value }})
    end
{%- endmacro %}

{% macro create_truncate_address() %}
create or replace function {{ schema_name('radar') }}.truncate_address(value inet) returns inet
language sql immutable parallel safe  -- not strict, which would keep it from being inlined
return network(set_masklen(value, least(masklen(value), case family(value) when 4 then 24 else 48 end)))::inet;
{% endmacro %}

{% macro number_within(value, top) -%}
    {#- A jsonb number from 0 to top as jsonb, else null: casts of other values would raise. -#}
    case when jsonb_typeof({{ value }}) = 'number' and {{ value }} >= '0' and {{ value }} <= '{{ top }}' then {{ value }} end
{%- endmacro %}
