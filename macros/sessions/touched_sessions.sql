{#- Which visits of the past new events can change. -#}

{% macro touched_sessions(events) %}
    {#- Query: the visits that are there and that new events may lengthen, join or take over. -#}
    {% set session_timeout = "interval '" ~ var('session_timeout_minutes') ~ " minutes'" %}
    select workspace_id, project_id, session_id
    from {{ events }}
    cross join lateral (
        values (client_session_id), ({{ shared_visit_id() }})
    ) as visits (session_id)
    where has_client_session
    union
    -- The first device with a client's id takes in the visits of it that only knew a person.
    select {{ events }}.workspace_id, {{ events }}.project_id, known.session_id
    from {{ events }}
    cross join lateral (
        select this.session_id
        from {{ this }} as this
        where
            this.workspace_id = {{ events }}.workspace_id
            and this.project_id = {{ events }}.project_id
            and this.shared_session_id = {{ events }}.client_session_id
            and {{ names_no_device('this.anonymous_id') }}
        offset 0
    ) as known
    where has_client_session and not {{ names_no_device(events ~ '.anonymous_id') }}
    union
    select {{ events }}.workspace_id, {{ events }}.project_id, known.session_id
    from {{ events }}
    cross join lateral (
        select this.session_id
        from {{ this }} as this
        where
            this.workspace_id = {{ events }}.workspace_id
            and this.project_id = {{ events }}.project_id
            and this.anonymous_id = {{ events }}.anonymous_id
            and this.occurred_at between {{ events }}.occurred_at - {{ session_timeout }}
            and {{ events }}.occurred_at + {{ session_timeout }}
            and not this.has_client_session
        offset 0
    ) as known
    where not {{ events }}.has_client_session
{% endmacro %}
