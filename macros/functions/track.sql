{#- ingest.track: events from any client that may execute one function. -#}

{% macro create_track() %}
{%- set radar, ingest = schema_name('radar'), schema_name('ingest') -%}
create or replace function {{ radar }}.unpack_messages(body jsonb) returns jsonb
language sql immutable parallel safe
{{ pinned() }}
as $function$
    -- A message, an array of messages, or {"batch": [messages]}, whose own context, times and key its messages inherit.
    select coalesce(jsonb_agg(
        case when jsonb_typeof(message) = 'object' then inherited || message else message end
        order by sent.position, unpacked.position), '[]')
    from jsonb_array_elements(
        case jsonb_typeof(body) when 'array' then body else jsonb_build_array(coalesce(body, 'null')) end
    ) with ordinality as sent (message_or_batch, position)
    cross join lateral (
        select
            coalesce(jsonb_typeof(message_or_batch -> 'batch') = 'array', false) as is_batch,
            jsonb_strip_nulls(jsonb_build_object(
                'context', message_or_batch -> 'context', 'sentAt', message_or_batch -> 'sentAt',
                'receivedAt', message_or_batch -> 'receivedAt', 'writeKey', message_or_batch -> 'writeKey')) as envelope
    ) as kind
    cross join lateral jsonb_array_elements(
        case when is_batch then message_or_batch -> 'batch' else jsonb_build_array(message_or_batch) end
    ) with ordinality as unpacked (message, position)
    cross join lateral (select case when is_batch then envelope else '{}' end as inherited) as inheritance
$function$;

create or replace function {{ radar }}.refusal(write_key text, messages integer, bytes integer, origin text) returns text
language sql stable
{{ pinned() }}
as $function$
    -- Why a whole call is refused, null when it is not. A list of origins is for browsers, which always send theirs: a call
    -- without one could be any page behind a gateway that drops the header, so it is refused too.
    select case
        when projects.project_id is null then 'unknown_project'
        when messages > {{ var('track_messages') }} or bytes > {{ var('batch_bytes') }} then 'too_large'
        when cardinality(projects.allowed_origins) > 0 and not exists (
            select from unnest(projects.allowed_origins) as allowed (allowed_origin)
            where rtrim({{ lowered('allowed_origin') }}, '/') = rtrim({{ lowered('refusal.origin') }}, '/')
        ) then 'origin_not_allowed'
    end
    from (values (write_key)) as sent (sent_key)
    left join {{ ingest }}.projects on projects.write_key = sent.sent_key
$function$;

create or replace function {{ radar }}.refuse(
    p_write_key text, body jsonb, p_messages integer, p_reason text, p_detail text
) returns jsonb
language sql volatile
{{ pinned() }}
as $function$
    -- One row for a refused call: whoever has no key must not be able to fill the table with hundreds of rows at a time.
    insert into {{ ingest }}.rejected_events (
        rejected_event_id, workspace_id, project_id, reason, detail, source, payload
    )
    select
        md5(concat_ws(':', 'track', p_write_key, p_reason, redacted_body))::uuid,
        projects.workspace_id,
        projects.project_id,
        p_reason,
        concat_ws(', ', nullif(p_detail, ''), p_messages || ' messages'),
        'track',
        left(redacted_body, {{ var('rejected_payload_characters') }})
    from (values (p_write_key, {{ radar }}.redacted(body, '', true)::text)) as sent (sent_key, redacted_body)
    left join {{ ingest }}.projects on projects.write_key = sent.sent_key
    on conflict do nothing;
    select jsonb_build_object('accepted', 0, 'duplicate', 0, 'rejected', p_messages);
$function$;

create or replace function {{ radar }}.agents_of(messages jsonb, user_agent text) returns jsonb
language sql immutable parallel safe
{{ pinned() }}
as $function$
    select jsonb_agg(jsonb_build_object('user_agent', agent, 'bot_class', {{ radar }}.bot_class(agent)))
    from (
        select distinct coalesce(message #>> '{context,userAgent}', agents_of.user_agent) as agent
        from jsonb_array_elements(messages) as sent (message)
    ) as agents
    where agent is not null
$function$;

create or replace function {{ ingest }}.track(
    write_key text, batch jsonb, origin text default null, user_agent text default null, ip_address inet default null
) returns jsonb
language plpgsql volatile
security definer
{{ pinned() }}
as $function$
declare
    messages constant jsonb := {{ radar }}.unpack_messages(batch);
    -- Behind PostgREST (Supabase) the browser's own header says where the call comes from; a client can put anything into
    -- the argument.
    sender constant text := coalesce(nullif(current_setting('request.headers', true), '')::jsonb ->> 'origin', origin);
    refusal constant text := {{ radar }}.refusal(
        write_key, jsonb_array_length(messages), octet_length(batch::text), sender);
    agents jsonb;
    message jsonb;
    counts jsonb;
    accepted integer := 0;
    duplicate integer := 0;
begin
    if refusal is not null then
        return {{ radar }}.refuse(
            write_key, coalesce(batch, 'null'), jsonb_array_length(messages), refusal,
            case refusal when 'origin_not_allowed' then coalesce(sender, 'no origin') end);
    end if;
    agents := {{ radar }}.agents_of(messages, user_agent);
    begin
        counts := {{ radar }}.store_messages(
            messages, 'track', null, write_key, agents, user_agent, host(ip_address), false, null);
        accepted := counts -> 'accepted';
        duplicate := counts -> 'duplicate';
    exception when data_exception or integrity_constraint_violation or program_limit_exceeded then
        -- One event that the table refuses must not take the others with it: each on its own.
        for message in select value from jsonb_array_elements(messages) loop
            begin
                counts := {{ radar }}.store_messages(
                    jsonb_build_array(message), 'track', null, write_key, agents, user_agent, host(ip_address), false, null);
                accepted := accepted + (counts -> 'accepted')::integer;
                duplicate := duplicate + (counts -> 'duplicate')::integer;
            exception when data_exception or integrity_constraint_violation or program_limit_exceeded then
                perform {{ radar }}.refuse(write_key, message, 1, 'invalid', sqlerrm);
            end;
        end loop;
    end;
    return jsonb_build_object(
        'accepted', accepted,
        'duplicate', duplicate,
        'rejected', jsonb_array_length(messages) - accepted - duplicate);
end
$function$;
comment on function {{ ingest }}.track(text, jsonb, text, text, inet) is
    'Stores Segment messages (one, an array, or {"batch": [...]}) of the project with this write key; returns how many were accepted, duplicate and rejected.';

create or replace function {{ radar }}.storable_json(body text) returns text
language sql immutable parallel safe
{{ pinned() }}
as $function$
    -- PostgreSQL stores neither U+0000 nor half a surrogate pair: they are left out. An escaped backslash and a whole pair
    -- are matched first, and kept.
    select regexp_replace(
        body,
        '(\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u0000|\\u[dD][89a-fA-F][0-9a-fA-F]{2}',
        '\1', 'g')
$function$;

create or replace function {{ ingest }}.track(
    write_key text, body text, origin text default null, user_agent text default null, ip_address inet default null
) returns jsonb
language plpgsql volatile
security definer
{{ pinned() }}
as $function$
declare
    storable constant text := {{ radar }}.storable_json(body);
    content jsonb := {{ radar }}.parsed_json(storable);
    sender constant text := coalesce(nullif(current_setting('request.headers', true), '')::jsonb ->> 'origin', origin);
    refusal constant text := {{ radar }}.refusal(write_key, 1, octet_length(body), sender);
    document json;
    is_batch boolean;
    part json;
    readable jsonb := '[]';
    unreadable integer := 0;
    counts jsonb;
begin
    if content is null and refusal is not null then
        return {{ radar }}.refuse(write_key, to_jsonb(coalesce(body, '')), 1, refusal, null);
    elsif content is null then
        -- What cannot be read of one message must not take the others with it.
        document := storable::json;
        is_batch := json_typeof(document) = 'object' and json_typeof(document -> 'batch') = 'array';
        for part in
            select value from json_array_elements(case
                when is_batch then document -> 'batch'
                when json_typeof(document) = 'array' then document
                else json_build_array(document)
            end)
        loop
            if {{ radar }}.parsed_json(part::text) is null then
                unreadable := unreadable + 1;
                perform {{ radar }}.refuse(write_key, to_jsonb(part::text), 1, 'unparsable', null);
            else
                readable := readable || jsonb_build_array(part::jsonb);
            end if;
        end loop;
        content := case when is_batch then (
            select coalesce(jsonb_object_agg(key, {{ radar }}.parsed_json(value::text)), '{}')
            from json_each(document) where key <> 'batch'
        ) || jsonb_build_object('batch', readable) else readable end;
    end if;
    counts := {{ ingest }}.track(write_key, content, origin, user_agent, ip_address);
    return counts || jsonb_build_object('rejected', (counts -> 'rejected')::integer + unreadable);
exception when invalid_text_representation or program_limit_exceeded then
    return {{ radar }}.refuse(write_key, to_jsonb(coalesce(body, '')), 1, 'unparsable', sqlerrm);
end
$function$;
comment on function {{ ingest }}.track(text, text, text, text, inet) is
    'The same for JSON as text, as clients send it: what PostgreSQL cannot store of a message costs that message at most, and not the call.';
{% endmacro %}

{% macro loading_functions() %}
    {#- Everything that `radar load` and ingest.track need in the database, in order. -#}
    {{ create_bot_class() }}
    {{ create_limits() }}
    {{ create_real_id() }}
    {{ create_parse_time() }}
    {{ create_parse_address() }}
    {{ create_truncate_address() }}
    {{ create_is_secret_name() }}
    {{ create_redacted_text() }}
    {{ create_redacted() }}
    {{ create_redaction_triggers() }}
    {{ create_store_messages() }}
    {{ create_track() }}
{% endmacro %}
