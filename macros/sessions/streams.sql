{#- Which events can make a visit together: those of one device, and of one client's session where it names them. -#}

{% macro names_no_device(anonymous_id) -%}
    {#- Whether the id was made of the person's: a server knows who acted, not on what. -#}
    starts_with({{ anonymous_id }}, 'user:')
{%- endmacro %}

{% macro shared_visit_id() -%}
    {#- Id of the visit of a device that was not the first to use the client's id. -#}
    'auto-' || md5(jsonb_build_array(client_session_id, anonymous_id)::text)
{%- endmacro %}

{% macro streams(events) %}
    {#- CTEs that end with `streams`: the events with the stream that sessionized() cuts into visits. It is the visitor, or, where
        the client names the visit, its id for the device that used it first and one of their own for the others. Events
        without a device join the first device. What has no visit is a stream by itself. -#}
    {% set client_visit = 'client_session_id, project_id, workspace_id' %}
    -- Arrival decides, because it never changes: whoever is first in one run is so in a full build.
    first_devices as (
        select distinct on ({{ client_visit }}) {{ client_visit }}, anonymous_id as first_device
        from (
            select {{ client_visit }}, anonymous_id, min(arrival) as arrival
            from {{ events }}
            where has_client_session
            group by {{ client_visit }}, anonymous_id
        ) as devices
        order by {{ client_visit }}, {{ names_no_device('anonymous_id') }}, arrival, anonymous_id collate "C"
    ),

    streams as (
        select
            event_id,
            workspace_id,
            project_id,
            client_session_id,
            has_client_session,
            occurred_at,
            event_order,
            is_pageview,
            is_hidden,
            place_in_batch,
            case
                when not has_visit and is_message is not true then event_id::text
                when not has_client_session then anonymous_id
                when anonymous_id = first_device then client_session_id
                when {{ names_no_device('anonymous_id') }} and not {{ names_no_device('first_device') }} then client_session_id
                else {{ shared_visit_id() }}
            end collate "C" as stream
        from {{ events }}
        left join first_devices using ({{ client_visit }})
    )
{% endmacro %}
