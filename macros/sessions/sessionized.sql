{% macro sessionized(timeline) %}
    {#- Query: the events of the timeline with the visit that each belongs to. The timeline has event_id, workspace_id,
        project_id, has_client_session, stream (as streams() says), occurred_at, event_order, is_pageview,
        is_hidden and place_in_batch; what comes has session_started_at, is_session_start, number_of_kind and
        next_of_kind_at (among the visit's pageviews, or its other events), pause and was_hidden.
        The most distinct column comes first: sorting then compares it alone for nearly every pair. -#}
    {% set stream = 'stream, has_client_session, project_id, workspace_id' %}
    {% set is_start %}
        (pause is null or (
            not has_client_session and pause > interval '{{ var("session_timeout_minutes") }} minutes'
        ))
    {%- endset %}
    with paused_events as (
        select
            *,
            occurred_at - lag(occurred_at) over stream_in_time as pause,
            lag(is_hidden) over stream_in_time as was_hidden
        from {{ timeline }}
        window stream_in_time as (partition by {{ stream }} order by occurred_at, event_order, event_id)
    ),

    -- The visit's start is the last start so far: a running maximum over the same order, so that one sort does.
    started_events as (
        select
            *,
            {{ is_start }} as is_session_start,
            max(occurred_at) filter (where {{ is_start }}) over (
                partition by {{ stream }} order by occurred_at, event_order, event_id
            ) as session_started_at
        from paused_events
    )

    select
        *,
        row_number() over visit_by_kind as number_of_kind,
        lead(occurred_at) over visit_by_kind as next_of_kind_at
    from started_events
    window visit_by_kind as (
        partition by {{ stream }}, session_started_at, is_pageview order by occurred_at, event_order, event_id
    )
{% endmacro %}
