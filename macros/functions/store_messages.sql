{#- Segment messages into ingest.events: the one place that says what a message means, for ingest.track and `radar load`. -#}

{% macro message_numbers() -%}
    {#- Column -> where a message holds it and the highest value that can be true. -#}
    {{ return({
        'screen_width': ("screen -> 'width'", 1000000),
        'screen_height': ("screen -> 'height'", 1000000),
        'viewport_width': ("screen -> 'innerWidth'", 1000000),
        'viewport_height': ("screen -> 'innerHeight'", 1000000),
        'device_pixel_ratio': ("screen -> 'density'", 1000),
        'load_time_ms': ("properties -> 'load_time_ms'", 2147483647),
        'render_time_ms': ("properties -> 'render_time_ms'", 2147483647),
    }) }}
{%- endmacro %}

{% macro message_texts() -%}
    {#- Column -> where a message holds it, the first place that says something. -#}
    {{ return({
        'event_name': ["message ->> 'event'", "message ->> 'name'"],
        'event_category': ["message ->> 'category'"],
        'page_url': ["page ->> 'url'", "case when is_page then properties ->> 'url' end"],
        'page_title': ["page ->> 'title'", "case when is_page then properties ->> 'title' end"],
        'page_referrer': ["page ->> 'referrer'", "case when is_page then properties ->> 'referrer' end"],
        'utm_source': ["campaign ->> 'source'"],
        'utm_medium': ["campaign ->> 'medium'"],
        'utm_campaign': ["campaign ->> 'name'"],
        'utm_content': ["campaign ->> 'content'"],
        'utm_term': ["campaign ->> 'term'"],
        'user_agent': ["context ->> 'userAgent'", "p_user_agent"],
        'browser_language': ["context ->> 'locale'"],
        'timezone': ["context ->> 'timezone'"],
        'city': ["context #>> '{location,city}'"],
    }) }}
{%- endmacro %}

{% macro message_ids() -%}
    {#- The same for ids, of which the first real one counts. -#}
    {{ return({
        'session_id': ["context ->> 'sessionId'", "properties ->> 'session_id'", "message ->> 'sessionId'"],
        'external_id': ["context ->> 'externalId'"],
        'handshake_token': ["context ->> 'handshakeToken'"],
    }) }}
{%- endmacro %}

{% macro first_told(values, is_id=false) -%}
    {#- The first of some texts that is not empty; of ids, the first that is no placeholder. -#}
    coalesce(
    {%- for value in values -%}
        {{ schema_name('radar') ~ '.real_id(' ~ value ~ ')' if is_id else 'nullif(' ~ value ~ ", '')" }}{{ ', ' if not loop.last }}
    {%- endfor -%}
    )
{%- endmacro %}

{% macro sent_properties() -%}
    {#- The properties of a message; of one that says who somebody is the traits, which some SDKs put into the context. -#}
    case value ->> 'type'
        when 'identify' then coalesce(
            nullif(nullif(value -> 'traits', 'null'), '{}'), nullif(value #> '{context,traits}', 'null'),
            value -> 'traits', value -> 'properties')
        when 'group' then coalesce(value -> 'traits', value -> 'properties')
        else value -> 'properties'
    end
{%- endmacro %}

{% macro message_detail() -%}
    {#- What is wrong with a value of the message, null when nothing is. -#}
    case
        when jsonb_typeof(message) <> 'object' then 'not an object'
        when jsonb_typeof(message -> 'type') not in ('string', 'null') or octet_length(sent_type) > 100 then 'type'
        when jsonb_typeof(message -> 'messageId') not in ('string', 'number', 'boolean', 'null')
            or octet_length(message_id) > 512 then 'messageId'
        when jsonb_typeof(message -> 'anonymousId') not in ('string', 'number', 'boolean', 'null')
            or octet_length(anonymous_id) > 512 then 'anonymousId'
        when jsonb_typeof(message -> 'userId') not in ('string', 'number', 'boolean', 'null')
            or octet_length(user_id) > 512 then 'userId'
        when octet_length(session_id) > 512 then 'sessionId'
        when octet_length(external_id) > 512 then 'externalId'
        when octet_length(handshake_token) > 512 then 'handshakeToken'
        when jsonb_typeof(sent_properties) not in ('object', 'null') then 'properties'
        when occurred_at is null and coalesce(given_time, original_time, sent_time) is not null
            then 'timestamp: neither ISO 8601, as 2021-03-01T10:00:00Z, nor seconds or milliseconds since 1970'
        {% for column, (value, top) in message_numbers().items() -%}
        when {{ column }} is null and jsonb_typeof({{ value }}) <> 'null' then '{{ column }}'
        {% endfor -%}
    end
{%- endmacro %}

{% macro message_reason() -%}
    case
        when jsonb_typeof(message) <> 'object' then 'invalid'
        when project_id is null then 'unknown_project'
        when pg_column_size(message) > 5000 and octet_length(message::text)
            > case sent_type when 'batch' then {{ var('batch_bytes') }} else {{ var('message_bytes') }} end
            then 'too_large'
        when detail is not null then 'invalid'
        -- On a channel of conversations the person's id there says who it was.
        when anonymous_id is null and user_id is null and not coalesce(
            context ->> 'channelType' in ('{{ var("conversation_channels") | join("', '") }}') and external_id <> '', false)
            then 'no_id'
        when occurred_at is null then 'no_time'
        when occurred_at > now() + interval '{{ var("future_tolerance_hours") }} hours' then 'future'
    end
{%- endmacro %}

{% macro create_store_messages() %}
{%- set radar, ingest = schema_name('radar'), schema_name('ingest') -%}
drop function if exists {{ radar }}.store_messages(jsonb, text, bigint[], text, jsonb, text, text, boolean);
create or replace function {{ radar }}.store_messages(
    p_messages jsonb,       -- array of Segment messages
    p_source text,          -- file name, or track
    p_lines bigint[],       -- line of each message in that file; null from track, whose messages are new
    p_write_key text,       -- project of all messages; null: each names its own in writeKey
    p_agents jsonb,         -- array of what is known of user agents: user_agent, bot_class, device_type, ...
    p_user_agent text,      -- for messages that name none
    p_address text,
    p_keep_address boolean,
    p_first_arrival bigint  -- number of the first message, which the others follow; null: they arrive now
) returns jsonb             -- {"accepted": 1, "duplicate": 0, "rejected": {"no_id": 1}}
language plpgsql volatile
{{ pinned() }}
set work_mem = '32MB'  -- a chunk of a file that spills to disk takes a third longer
as $function$
declare
    counts jsonb;
begin
    -- `offset 0` keeps each step from being folded into the next, where every part would be looked up many times over.
    with sent as (
        select
            value as message,
            ordinality as position,
            coalesce(p_first_arrival + ordinality - 1, nextval('{{ radar }}.arrivals')) as arrival_number,
            value -> 'context' as context,
            coalesce(nullif(value ->> 'type', ''), 'track') as sent_type,
            coalesce(value ->> 'type' in ('page', 'screen'), false) as is_page,
            {{ sent_properties() }} as sent_properties
        from jsonb_array_elements(p_messages) with ordinality
        offset 0
    ),

    unpacked as (
        select
            *,
            context -> 'page' as page,
            context -> 'campaign' as campaign,
            context -> 'screen' as screen,
            case when jsonb_typeof(sent_properties) = 'object' then sent_properties end as properties,
            {{ radar }}.real_id(message ->> 'messageId') as message_id,
            {{ radar }}.real_id(message ->> 'anonymousId') as anonymous_id,
            {{ radar }}.real_id(message ->> 'userId') as user_id,
            nullif(message ->> 'timestamp', '') as given_time,
            nullif(message ->> 'originalTimestamp', '') as original_time,
            nullif(message ->> 'sentAt', '') as sent_time,
            coalesce(nullif(context ->> 'ip', ''), p_address) as address
        from sent
        offset 0
    ),

    read as (
        select
            unpacked.*,
            projects.workspace_id,
            projects.project_id,
            {{ parsed_time('coalesce(given_time, original_time, sent_time)') }} as named_at,
            {{ parsed_time('sent_time') }} as sent_at,
            -- A message from a file keeps its time at every load; only one that arrives now can lean on our clock.
            case when p_lines is null then now() else {{ parsed_time("unpacked.message ->> 'receivedAt'") }}
            end as receipt_at,
            {% for column, values in message_ids().items() -%}
            {{ first_told(values, is_id=true) }} as {{ column }},
            {% endfor -%}
            {% for column, values in message_texts().items() -%}
            {{ first_told(values) }} as {{ column }},
            {% endfor -%}
            {% for column, (value, top) in message_numbers().items() -%}
            {{ number_within(value, top) }} as {{ column }},
            {% endfor -%}
            {{ parsed_address('address') }} as full_address
        from unpacked
        left join {{ ingest }}.projects
            on projects.write_key = coalesce(p_write_key, unpacked.message ->> 'writeKey')
        offset 0
    ),

    dated as (
        select
            *,
            case
                when coalesce(given_time, original_time, sent_time) is null then receipt_at
                -- Who stored it has set the time right already, and keeps the device's own beside it.
                when given_time is not null and original_time is not null then named_at
                -- Both are by the device's clock, so what lies between them is true however wrong that clock is.
                else coalesce(receipt_at - (sent_at - named_at), named_at)
            end as occurred_at
        from read
        offset 0
    ),

    checked as (
        select *, {{ message_detail() }} as detail
        from dated
        offset 0
    ),

    judged as materialized (
        select *, {{ message_reason() }} as reason
        from checked
    ),

    stored as (
        insert into {{ ingest }}.events (
            workspace_id, project_id, message_id, occurred_at, event_type, anonymous_id, user_id, channel_type, page_path,
            {{ message_ids() | join(', ') }}, {{ message_texts() | join(', ') }}, {{ message_numbers() | join(', ') }},
            bot_class, device_type, os_name, os_version, browser_name, browser_version, ip_address, country_code,
            properties, sdk_version, arrival_number
        )
        select
            workspace_id,
            project_id,
            coalesce(message_id, gen_random_uuid()::text),
            occurred_at,
            case
                when sent_type = 'page' then 'pageview'
                when sent_type = 'track' and event_name in ('{{ var("tracker_event_types") | join("', '") }}') then event_name
                else sent_type
            end,
            anonymous_id,
            user_id,
            coalesce(nullif(context ->> 'channelType', ''), 'web'),
            coalesce(nullif(page ->> 'path', ''), case when is_page then nullif(properties ->> 'path', '') end,
                substring(page_url from '^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*([^?#]*)')),
            {{ message_ids() | join(', ') }},
            {{ message_texts() | join(', ') }},
            {% for column in message_numbers() -%}
            {{ column }}::{{ 'numeric' if column == 'device_pixel_ratio' else 'integer' }},
            {% endfor -%}
            case when user_agent is null then 'human' else agents.bot_class end,
            agents.device_type,
            coalesce(nullif(context #>> '{os,name}', ''), agents.os_name),
            coalesce(nullif(context #>> '{os,version}', ''), agents.os_version),
            agents.browser_name,
            agents.browser_version,
            case when p_keep_address then full_address else {{ radar }}.truncate_address(full_address) end,
            {{ uppered("substring(context #>> '{location,country}' from '^[a-zA-Z]{2}$')") }},
            coalesce(
                case when is_page
                    then properties - '{url,path,title,referrer,search,session_id,load_time_ms,render_time_ms}'::text[]
                    else properties - '{session_id,load_time_ms,render_time_ms}'::text[]
                end, '{}')
                || case when sent_type in ('alias', 'group') then jsonb_strip_nulls(jsonb_build_object(
                    'previousId', message -> 'previousId', 'groupId', message -> 'groupId')) else '{}' end,
            nullif(concat_ws(' ', context #>> '{library,name}', context #>> '{library,version}'), ''),
            arrival_number
        from judged
        left join jsonb_to_recordset(p_agents) as agents (
            user_agent text, bot_class text, device_type text, os_name text, os_version text, browser_name text,
            browser_version text
        ) using (user_agent)
        where reason is null
        -- One order in all writers: two that meet on the same messages wait for each other and never deadlock.
        order by workspace_id, message_id, occurred_at, position
        on conflict do nothing
        returning 1
    ),

    turned_away as (
        insert into {{ ingest }}.rejected_events (
            rejected_event_id, workspace_id, project_id, reason, detail, source, payload
        )
        select
            -- Of the redacted text, because a short secret could be found by trying what gives the same hash.
            md5(concat_ws(':', project_id, p_source, p_lines[position], message ->> 'writeKey', redacted_message))::uuid,
            workspace_id,
            project_id,
            reason,
            detail,
            concat_ws(':', p_source, p_lines[position]),
            left(redacted_message, {{ var('rejected_payload_characters') }})
        from judged
        cross join lateral (select {{ radar }}.redacted(message, '', true)::text as redacted_message) as redacted
        where reason is not null
        order by 1
        on conflict do nothing
    )

    select jsonb_build_object(
        'accepted', (select count(*) from stored),
        'duplicate', (select count(*) from judged where reason is null) - (select count(*) from stored),
        'rejected', (
            select coalesce(jsonb_object_agg(reason, times), '{}')
            from (select reason, count(*) as times from judged where reason is not null group by reason) as reasons
        )
    )
    into counts;
    return counts;
end
$function$;
{% endmacro %}
