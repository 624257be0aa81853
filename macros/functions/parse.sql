{#- Values from senders, read without ever raising: an error in one event would lose its whole batch. -#}

{% macro create_parse_time() %}
create or replace function {{ schema_name('radar') }}.parse_time(value text) returns timestamptz
language plpgsql stable strict parallel safe
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $function$
begin
    -- PostgreSQL also reads 'tomorrow' and 'infinity': only dates and ISO 8601 times are meant.
    if value !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.,]{5,18} ?(Z|z|[+-][0-9:]{2,5})?)?$' then
        return null;
    end if;
    return replace(value, ',', '.')::timestamptz;
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
