{#- Values from senders, read without ever raising: an error in one event would lose its whole batch. -#}

{% macro create_parse_time() %}
create or replace function {{ schema_name('radar') }}.parse_time(value text) returns timestamptz
language sql stable strict parallel safe
{{ pinned() }}
as $function$
    -- PostgreSQL would also read 'tomorrow', 'infinity' and, one way or the other, 01/02/2026. No exception is caught, since that
    -- takes a subtransaction: what is cast is looked at before.
    select case
        -- The number of digits tells seconds, milliseconds, microseconds and nanoseconds since 1970 apart.
        when value ~ '^([0-9]{9,10}|[0-9]{12,13}|[0-9]{15,16}|[0-9]{18,19})([.][0-9]+)?$'
            then timestamptz '1970-01-01 00:00:00+00' + interval '1 microsecond'
                * trunc(value::numeric * 10.0 ^ (6 - 3 * ((strpos(value || '.', '.') - 10) / 3)))
        when upper(value collate "C") ~ ('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([T ]([01][0-9]|2[0-3]):[0-5][0-9]'
            || '(:([0-5][0-9]|60)([.,][0-9]+)?)? ?(Z|UTC|GMT|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?)?$') and value !~ '^0000'
            then case
                when substr(value, 9, 2)::integer
                    <= extract(day from (left(value, 7) || '-01')::date + interval '1 month' - interval '1 day')
                    then regexp_replace(
                        translate(upper(value collate "C"), ',', '.'), '([.][0-9]{6})[0-9]+', '\1')::timestamptz
            end
    end
$function$;
{% endmacro %}

{% macro create_parse_address() %}
create or replace function {{ schema_name('radar') }}.parse_address(value text) returns inet
language plpgsql immutable strict parallel safe
{{ pinned() }}
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
