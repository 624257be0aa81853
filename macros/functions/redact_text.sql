{#- Secrets in text: name=value pairs, numbers of cards and of social security, JSON in a string, and what cannot be read. -#}

{% macro secret_number_hint() -%}
    {#- Digits that may be the number of a card or of social security. -#}
    [0-9]([ .-]{0,3}[0-9]){12}|[0-9]{3}[ -][0-9]{2}[ -][0-9]{4}
{%- endmacro %}

{% macro create_redacted_text() %}
{%- set radar = schema_name('radar') -%}
create or replace function {{ radar }}.is_card_number(digits text) returns boolean
language sql immutable parallel safe
-- Luhn's check digit. No card begins with 0 or 1, but milliseconds since 1970 do.
return digits ~ '^[2-9][0-9]{12,18}$' and (
    select sum(case when position % 2 = 1 then digit when digit > 4 then digit * 2 - 9 else digit * 2 end) % 10 = 0
    from unnest(string_to_array(reverse(digits), null)::integer[]) with ordinality as found (digit, position)
);

create or replace function {{ radar }}.redacted_numbers(value text) returns text
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $function$
declare
    run text;
    parts text[];
begin
    value := regexp_replace(value, '(?<![0-9])[0-9]{3}[ -][0-9]{2}[ -][0-9]{4}(?![0-9])', '[redacted]', 'g');
    for run in select digits[1] from regexp_matches(value, '([0-9](?:[ .-]{0,3}[0-9]){12,60})', 'g') as digits loop
        -- A date or a security code may follow after a space: any whole groups of the digits can be the card's.
        parts := regexp_split_to_array(run, '[ .-]+');
        if exists (
            select from generate_subscripts(parts, 1) as first_part
            inner join generate_subscripts(parts, 1) as last_part on last_part >= first_part
            where {{ radar }}.is_card_number(array_to_string(parts[first_part:last_part], ''))
        ) then
            value := replace(value, run, '[redacted]');
        end if;
    end loop;
    return value;
end
$function$;

create or replace function {{ radar }}.redacted_pairs(value text) returns text
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $function$
declare
    parts text[] := string_to_array(value, '&');
    name text;
begin
    -- The values of an address or a form's encoding end with "&"; a "?" or "#" in one that nobody encoded belongs to it.
    for place in 1..coalesce(cardinality(parts), 0) loop
        for name in select names[1] from regexp_matches(parts[place], '([^=?#;,[:space:]"''{}]+)=', 'g') as names loop
            if {{ radar }}.is_secret_name(name) then
                parts[place] := left(parts[place], strpos(parts[place], name || '=') + length(name)) || '[redacted]';
                exit;
            end if;
        end loop;
    end loop;
    return array_to_string(parts, '&');
end
$function$;

create or replace function {{ radar }}.parsed_json(value text) returns jsonb
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $function$
begin
    return value::jsonb;
exception when data_exception or program_limit_exceeded or statement_too_complex then
    return null;
end
$function$;

create or replace function {{ radar }}.redacted_text(value text, is_form boolean, depth integer default 0) returns text
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $function$
declare
    document jsonb;
begin
    -- A string may hold a document of its own; one that is broken and speaks of a secret cannot be told apart from it.
    if value ~ '^[[:space:]]*[{[]' then
        document := {{ radar }}.parsed_json(value);
        if document is not null then
            return {{ radar }}.redacted(document, '', is_form, depth + 1)::text;
        elsif {{ may_name_a_secret('value') }} then
            return '[redacted]';
        end if;
    end if;
    if strpos(value, '=') > 0 and {{ may_name_a_secret('value') }} then
        value := {{ radar }}.redacted_pairs(value);
    end if;
    if is_form and value ~ '{{ secret_number_hint() }}' then
        value := {{ radar }}.redacted_numbers(value);
    end if;
    return value;
end
$function$;

create or replace function {{ radar }}.redacted_payload(value text) returns text
language plpgsql immutable parallel safe
{{ pinned() }}
as $function$
declare
    document constant jsonb := {{ radar }}.parsed_json(value);
    redacted text;
    rest text;
begin
    if document is not null then
        return {{ radar }}.redacted(document, '', true)::text;
    end if;
    -- What still speaks of a secret once its pairs are clean is given up: where the secret ends, nobody can tell. Escaped
    -- letters could spell a name of one, and in a document that broke off it could have come after the value.
    redacted := {{ radar }}.redacted_numbers({{ radar }}.redacted_pairs(value));
    rest := regexp_replace(redacted, '[^=&?#\s]*=\[redacted\]|"[^"\\]*": "\[redacted\]"', '', 'g');
    return case
        when {{ may_name_a_secret('rest') }} or rest ~ '\\u00[4-7]'
            or value ~ '^[[:space:]]*[{[]' and rest collate "C" ~* 'form|field|value' then '[redacted]'
        else redacted
    end;
end
$function$;
{% endmacro %}
