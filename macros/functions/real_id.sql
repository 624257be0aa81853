{#- What a sender's id is worth: "undefined" and its like name nobody, and would join strangers. -#}

{% macro id_blanks() -%}
    {#- Every character that Unicode calls white space, and those without a width, as an escaped text of SQL and of JSON. -#}
    \u0020\u0009\u000A\u000B\u000C\u000D\u0085\u00A0\u00AD\u1680\u180E\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u200B\u200C\u200D\u200E\u200F\u2028\u2029\u202F\u205F\u2060\u3000\uFEFF
{%- endmacro %}

{% macro create_real_id() %}
{%- set radar = schema_name('radar') -%}
{%- set placeholders = [''] + (var('placeholder_ids') | map('lower') | list) -%}
create or replace function {{ radar }}.trimmed_id(value text) returns text
language sql immutable parallel safe
return btrim(value, E'{{ id_blanks() }}');

create or replace function {{ radar }}.unusual_id(value text) returns text
language sql immutable parallel safe
return case
    when lower({{ radar }}.trimmed_id(value) collate "C") = any (array[
        {%- for placeholder in placeholders %}{{ quoted(placeholder) }}{{ ', ' if not loop.last }}{% endfor %}]) then null
    -- A UUID or a device's number of nothing but zeros; a counter may begin at 0.
    when ltrim({{ radar }}.trimmed_id(value), '0-') = '' and octet_length(value) >= 8 then null
    -- A number is the same id as JSON's 42, as text and as a column of floats writes it.
    when {{ radar }}.trimmed_id(value) ~ '^-?[0-9]+[.]0+$' then split_part({{ radar }}.trimmed_id(value), '.', 1)
    else {{ radar }}.trimmed_id(value)
end;

-- Asked for every id of every event: what is longer than any placeholder and plain needs no look at the list.
create or replace function {{ radar }}.real_id(value text) returns text
language sql immutable parallel safe
return case
    when value is null then null
    when octet_length(value) > {{ placeholders | map('length') | max }} and value not like '0%' and value not like '%.%0'
        and octet_length(value) = length(value) and btrim(value, E' \t\n\x0B\f\r') = value then value
    else {{ radar }}.unusual_id(value)
end;
comment on function {{ radar }}.real_id is
    'An id without blanks around it and a number without decimals; null for a placeholder such as undefined or null.';
{% endmacro %}
