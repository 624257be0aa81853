{% macro url_decode_function() %}
    {#- DDL of radar.url_decode, which undoes the encoding of a query's value ("+" is a space). It cannot raise: only
        sequences that are valid UTF-8 and not NUL (which text cannot hold) are decoded, the rest stays as it was sent.
        An exception block would do it too, but opens a subtransaction, which parallel workers may not. #}
    {% set tail = '%[89ab][0-9a-f]' %}
    create or replace function {{ schema_name('radar') }}.url_decode(value text) returns text
    language plpgsql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
    as $$
    begin
        value := replace(value, '+', ' ');
        if strpos(value, '%') = 0 then
            return value;
        end if;
        return (
            select string_agg(
                case
                    when length(piece[1]) > 1 and piece[1] like '\%%'
                        then convert_from(decode(replace(piece[1], '%', ''), 'hex'), 'UTF8')
                    else piece[1]
                end, '' order by position)
            from regexp_matches(
                value collate "C",
                '(?:%0[1-9a-f]|%[1-7][0-9a-f]'
                || '|%c[2-9a-f]{{ tail }}|%d[0-9a-f]{{ tail }}'
                || '|%e0%[ab][0-9a-f]{{ tail }}|%e[1-9abcef]{{ tail }}{{ tail }}|%ed%[89][0-9a-f]{{ tail }}'
                || '|%f0%[9ab][0-9a-f]{{ tail }}{{ tail }}|%f[1-3]{{ tail }}{{ tail }}{{ tail }}'
                || '|%f4%8[0-9a-f]{{ tail }}{{ tail }})+|%|[^%]+',
                'gi'
            ) with ordinality as pieces(piece, position)
        );
    end
    $$;
    comment on function {{ schema_name('radar') }}.url_decode(text) is
        'Percent-decodes a query value; sequences that are not valid UTF-8 stay as they were sent.';
{% endmacro %}
