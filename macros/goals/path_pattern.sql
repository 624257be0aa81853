{#- The pattern of a path in a condition, as LIKE reads it. -#}

{% macro path_pattern_function() %}
create or replace function {{ schema_name('radar') }}.path_pattern(pattern text)
returns text
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $function$
    -- % and * are any text, unless a backslash precedes them or the % begins a character as addresses have it: nobody who writes
    -- %cart, %404 or %2024 means one.
    select coalesce(string_agg(
        case
            when piece[1] in ('*', '%') then '%'
            when piece[1] = '_' then '\_'
            when piece[1] like '\%%' then replace(piece[1], '%', '\%')
            else piece[1]
        end, '' order by position), '')
    from regexp_matches(pattern, '(?:{{ encoded_character() }})|\\.|[*%_]|[^\\*%_]+', 'g') with ordinality as pieces (piece, position)
$function$;
comment on function {{ schema_name('radar') }}.path_pattern is
    'The LIKE pattern of a path in which % or * is any text; _ and percent-encoded characters are themselves.';
{% endmacro %}

{% macro encoded_character() -%}
    {#- Percent-encoded UTF-8 of what an address cannot hold: letters beyond ASCII, else signs (upper case, and no further digit). -#}
    {%- set tail = '%[89ABab][0-9A-Fa-f]' -%}
    %[CcDd][0-9A-Fa-f]{{ tail }}|%[Ee][0-9A-Fa-f]{{ tail }}{{ tail }}|%[Ff][0-4]{{ tail }}{{ tail }}{{ tail }}
    {{- '|%(?:2[0-9ABCF]|3[A-F]|40|5[B-E]|60|7[BCD])(?![0-9])' }}
{%- endmacro %}
