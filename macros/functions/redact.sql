{#- What a form must not leave in the database is replaced before it is stored, whichever way it came. -#}

{% macro create_redacted() %}
{%- set radar, deepest = schema_name('radar'), 30 -%}
{%- set part_of_field = '(field|input|element|new|old|current|default)?[_-]?' -%}
create or replace function {{ radar }}.masked(value jsonb) returns jsonb
language sql immutable parallel safe
-- Whether a box is ticked, or a value missing, is no secret.
return case when jsonb_typeof(value) in ('boolean', 'null') then value else '"[redacted]"' end;

create or replace function {{ radar }}.names_a_secret(value jsonb) returns boolean
language sql immutable parallel safe
-- Whether an object describes a secret field beside its value: {"name": "password", "value": ...}, {"type": "password", ...}.
return exists (
    select from jsonb_each(value) as member
    cross join jsonb_path_query(member.value, '$[*] ? (@.type() == "string")') as name
    where
        member.key collate "C" ~* '^{{ part_of_field }}(name|id|field|key|label|type|autocomplete)s?$'
        and {{ radar }}.is_secret_name(name #>> '{}')
);

create or replace function {{ radar }}.redacted(value jsonb, name text, is_form boolean, depth integer default 0) returns jsonb
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $function$
declare
    hides_values boolean;
begin
    -- Each level takes some of the server's stack: what lies deeper than anything that people send goes as a whole.
    if depth > {{ deepest }} and jsonb_typeof(value) in ('object', 'array') then
        return '"[redacted]"';
    end if;
    case jsonb_typeof(value)
        when 'object' then
            is_form := is_form or {{ is_form("value ->> 'event_type'", "value ->> 'event_name'") }};
            hides_values := {{ radar }}.names_a_secret(value);
            return coalesce((
                select jsonb_object_agg(member.key, case
                    when {{ radar }}.is_secret_name(member.key) or {{ radar }}.is_secret_name(name || '.' || member.key)
                        or hides_values and member.key collate "C" ~* '^{{ part_of_field }}(value|val|text|content|data|answer|response)s?$'
                        then {{ radar }}.masked(member.value)
                    else {{ radar }}.redacted(member.value, member.key, is_form, depth + 1)
                end)
                from jsonb_each(value) as member
            ), '{}');
        when 'array' then
            -- Entries of a form: [["email", ...], ["password", ...]].
            if jsonb_array_length(value) = 2 and jsonb_typeof(value -> 0) = 'string' and {{ radar }}.is_secret_name(value ->> 0) then
                return jsonb_build_array(value -> 0, {{ radar }}.masked(value -> 1));
            end if;
            return coalesce((
                select jsonb_agg({{ radar }}.redacted(element, name, is_form, depth + 1) order by position)
                from jsonb_array_elements(value) with ordinality as elements (element, position)
            ), '[]');
        when 'string' then
            return to_jsonb({{ radar }}.redacted_text(value #>> '{}', is_form, depth));
        when 'number' then
            return case when is_form and {{ radar }}.is_card_number(value #>> '{}') then '"[redacted]"' else value end;
        else
            return value;
    end case;
end
$function$;
{% endmacro %}

{% macro create_redaction_triggers() %}
{%- set radar = schema_name('radar') -%}
create or replace function {{ radar }}.redact_event() returns trigger
language plpgsql
security definer
{{ pinned() }}
as $function$
declare
    is_form constant boolean := {{ is_form('new.event_type', 'new.event_name') }};
begin
    new.properties := {{ radar }}.redacted(new.properties, '', is_form);
    new.page_url := {{ radar }}.redacted_text(new.page_url, is_form);
    new.page_path := {{ radar }}.redacted_text(new.page_path, is_form);
    new.page_referrer := {{ radar }}.redacted_text(new.page_referrer, is_form);
    return new;
end
$function$;

create or replace function {{ radar }}.redact_rejected_event() returns trigger
language plpgsql
security definer
{{ pinned() }}
as $function$
declare
    payload constant text := {{ radar }}.redacted_payload(new.payload);
begin
    -- An error message repeats the value that it is about, after a colon.
    new.detail := case
        when payload like '%[redacted]%' then split_part(new.detail, ': ', 1)
        else {{ radar }}.redacted_payload(new.detail)
    end;
    new.source := {{ radar }}.redacted_payload(new.source);
    new.payload := payload;
    return new;
end
$function$;
{% endmacro %}

{% macro may_hold_a_secret() %}
    {#- Condition of the trigger on events: a cheap look that may find too much, so that nearly all events cost no more than it.
        It calls none of our functions, which those who insert may not execute. -#}
    {% set text -%}
        (new.properties::text
        {%- for column in ['page_url', 'page_path', 'page_referrer'] %}
        || case when strpos(new.{{ column }}, '=') > 0 then new.{{ column }} else '' end
        {%- endfor %})
    {%- endset %}
    {{ return(may_name_a_secret(text) ~ " or (new.event_type = 'batch' or "
              ~ is_form('new.event_type', 'new.event_name') ~ ') and ' ~ text ~ " ~ '" ~ secret_number_hint() ~ "'") }}
{% endmacro %}

{% macro is_form(event_type, event_name) -%}
    {#- Whether an event is about a form, by its type or by its name ("Signup Form Submitted"). -#}
    (({{ event_type }} like 'form%' or ({{ event_name }}) collate "C" ilike '%form%') is true)
{%- endmacro %}
