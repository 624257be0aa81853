{#- Neither raises, whatever time or id somebody inserts: no index takes a key of 3,000 bytes, and a sum must stay
    in range. -#}
{% set is_soon_enough %}
    greatest(occurred_at, '1970-01-01') - interval '{{ var("future_tolerance_hours") }} hours' <= received_at
{%- endset %}
{% set has_long_id %}
    (
        greatest(
            octet_length(anonymous_id), octet_length(user_id), octet_length(session_id), octet_length(external_id),
            octet_length(handshake_token),
            case when event_type = 'alias' then octet_length(properties ->> 'previousId') end
        ) > 512
    )
{%- endset %}
{% set real_id = schema_name('radar') ~ '.real_id' %}
{#- A message of a conversation belongs to its thread, named by the person's id on that channel: never to a visit. -#}
{% set is_message %}
    (channel_type in ('{{ var("conversation_channels") | join("', '") }}') and {{ real_id }}(external_id) is not null)
{%- endset %}
{% set has_id %}
    ({{ real_id }}(anonymous_id) is not null or {{ real_id }}(user_id) is not null or {{ is_message }})
{%- endset %}
{% set bot_classes = schema_name('radar') ~ '.bot_classes()' %}
{% set told_class = "case when bot_class = any(" ~ bot_classes ~ ") then bot_class end" %}

with

-- Columns by name: one that was added to the table later is last there, wherever the contract has it.
single_events as (
    select
        {% for column in contract_columns('events') %}
        {{ column }},
        {% endfor %}
        '' as place_in_batch,
        0 as batch_position
    from {{ ref('events') }}
    where event_type <> 'batch'
),

-- A batch holds events as JSON; each says what it has of its own, the rest is the batch's.
batches as (
    select *
    from {{ ref('events') }}
    where event_type = 'batch'
),

{#- A batch without an id of its own is told from others by its time: the table's key has both. -#}
{% set batch_id %}
    coalesce({{ real_id }}(batches.message_id), batches.message_id || ' ' || extract(epoch from batches.occurred_at))
{%- endset %}
{% set message_id = "coalesce(" ~ real_id ~ "(item ->> 'message_id'), " ~ batch_id ~ " || ':' || position)" %}
{% set occurred_at = schema_name('radar') ~ ".try_timestamptz(item ->> 'occurred_at')" %}
{% set unpacked = {
    'message_id': message_id,
    'event_id': 'md5(workspace_id::text || ' ~ message_id ~ ')::uuid',
    'occurred_at': 'coalesce(' ~ occurred_at ~ ', batches.occurred_at)',
    'event_type': "coalesce(nullif(item ->> 'event_type', ''), 'track')",
    'event_name': "item ->> 'event_name'",
    'event_category': "item ->> 'event_category'",
    'page_url': "coalesce(nullif(item ->> 'page_url', ''), batches.page_url)",
    'page_path': "coalesce(nullif(item ->> 'page_path', ''), batches.page_path)",
    'page_title': "coalesce(nullif(item ->> 'page_title', ''), batches.page_title)",
    'page_referrer': "coalesce(nullif(item ->> 'page_referrer', ''), batches.page_referrer)",
    'properties': "coalesce(item -> 'properties', '{}')",
} %}

unpacked_events as (
    select
        {% for column in contract_columns('events') %}
        {{ unpacked.get(column, 'batches.' ~ column) }} as {{ column }},
        {% endfor %}
        batches.message_id || ' ' || extract(epoch from batches.occurred_at) || ' ' || lpad(position::text, 9, '0')
            as place_in_batch,
        position as batch_position
    from batches
    cross join lateral jsonb_array_elements(
        case when jsonb_typeof(properties -> 'events') = 'array' then properties -> 'events' else '[]' end
    ) with ordinality as items (item, position)
),

events as (
    select * from single_events
    union all
    select * from unpacked_events
)

select
    workspace_id,
    project_id,
    -- Rows without an id of their own are no copies of each other.
    case
        when {{ real_id }}(message_id) is null
            then md5(workspace_id::text || message_id || ' ' || extract(epoch from occurred_at))::uuid
        else event_id
    end as event_id,
    {{ real_id }}(message_id) as message_id,
    case
        when {{ is_message }} then channel_type || ':' || {{ real_id }}(external_id)
        else coalesce({{ real_id }}(anonymous_id), 'user:' || {{ real_id }}(user_id))
    end as anonymous_id,
    {{ real_id }}(user_id) as user_id,
    -- Ids that Radar makes begin with "auto-": a client that sends one must not end up in somebody else's visit.
    case
        when {{ is_message }} then null
        when starts_with({{ real_id }}(session_id), 'auto-') then 'client-' || {{ real_id }}(session_id)
        else {{ real_id }}(session_id)
    end as client_session_id,
    ingest_xid,
    place_in_batch,
    {{ event_order() }} as event_order,

    coalesce(nullif(event_type, ''), 'track') as event_type,
    {{ is_message }} as is_message,
    coalesce(nullif(channel_type, ''), 'web') as channel_type,
    {{ real_id }}(external_id) as external_id,
    {{ real_id }}(handshake_token) as handshake_token,
    case when event_type = 'alias' then {{ real_id }}(properties ->> 'previousId') end as previous_id,
    coalesce(nullif(page_path, ''), {{ url_path('page_url') }}) as page_path,
    {% for parameter in campaign_columns() %}
    {% set sayings = [url_parameter('page_url', parameter), "nullif(" ~ parameter ~ ", '')"] %}
    {% for name in var('source_parameters') if parameter == 'utm_source' %}
    {% do sayings.append(url_parameter('page_url', name)) %}
    {% endfor %}
    coalesce({{ sayings | join(', ') }}) as {{ parameter }},
    {% endfor %}
    coalesce({{ told_class }}, {{ schema_name('radar') }}.bot_class(user_agent), 'human') as bot_class,
    -- An empty text says nothing, in whatever column.
    {% for column in [
        'event_name', 'event_category', 'page_url', 'page_title', 'page_referrer', 'user_agent', 'device_type', 'os_name',
        'os_version', 'browser_name', 'browser_version', 'browser_language', 'timezone', 'country_code', 'city',
        'sdk_version',
    ] %}
    nullif({{ column }}, '') as {{ column }},
    {% endfor %}
    ip_address,
    properties,

    screen_width,
    screen_height,
    viewport_width,
    viewport_height,
    device_pixel_ratio,
    load_time_ms,
    render_time_ms,

    -- Both are written over bare columns, so that PostgreSQL can tell from its statistics that they hold for nearly
    -- all rows; through a coalesce or case it would expect one in two hundred, and join accordingly.
    (bot_class <> 'human' and bot_class = any({{ bot_classes }}))
    or (
        (bot_class is null or bot_class <> all({{ bot_classes }}))
        and user_agent is not null
        and {{ schema_name('radar') }}.bot_class(user_agent) <> 'human'
    ) as is_bot,
    (
        {{ has_id }}
        and {{ is_soon_enough }}
        and occurred_at >= '1970-01-01'
        and occurred_at < {{ end_of_time() }}
        and {{ has_long_id }} is not true
    ) is true as is_accepted,
    case
        when {{ has_id }} is not true then 'no_id'
        when {{ has_long_id }} then 'invalid'
        when occurred_at < '1970-01-01' or occurred_at = 'infinity' then 'no_time'
        when occurred_at >= {{ end_of_time() }} or not ({{ is_soon_enough }}) then 'future'
    end as rejection_reason,

    occurred_at,
    received_at,
    (
        select min(builds.built_at)
        from {{ schema_name('radar') }}.builds as builds
        where builds.model = 'session_events' and builds.horizon > events.ingest_xid
    ) as processed_at
from events
