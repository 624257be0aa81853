{% macro funnel_attempts_function() %}
{#- What the model funnel_journeys has of a declared funnel, for any steps: found anew at every call. -#}
{% set analytics = schema_name('analytics') %}
create or replace function {{ analytics }}.funnel_attempts(
    workspace_id uuid,
    project_id uuid,
    steps text[],
    first_date date,
    last_date date,
    time_limit interval default interval '7 days'
)
returns table (
    person_id text,
    session_id text,
    started_at timestamptz,
    steps_reached integer,
    reached_at timestamptz[],
    is_converted boolean,
    window_ends_at timestamptz
)
language sql
stable
{{ pinned() }}
as $function$
    with

    visits as (
        select sessions.session_id, sessions.person_id, sessions.session_date <= last_date as may_start
        from {{ analytics }}.sessions
        where
            sessions.workspace_id = funnel_attempts.workspace_id
            and sessions.project_id = funnel_attempts.project_id
            and sessions.session_date between first_date and (last_date + time_limit + interval '1 day')::date
    ),

    events as (
        select
            visits.person_id,
            visits.session_id,
            session_events.event_id,
            session_events.occurred_at,
            session_events.event_order,
            wanted.step::integer as step
        from {{ analytics }}.session_events
        inner join (
            select pattern, step, {{ schema_name('radar') }}.path_pattern(pattern) as path_pattern
            from unnest(steps) with ordinality as listed (pattern, step)
        ) as wanted
            -- A step is a page when it begins with a slash (with % or * for any text, as in goals), else the name of an event.
            on case
                when wanted.pattern like '/%'
                    then session_events.pageview_number is not null
                        and session_events.page_path like wanted.path_pattern
                else session_events.event_name = wanted.pattern
            end
        inner join visits on session_events.session_id = visits.session_id
        where
            session_events.workspace_id = funnel_attempts.workspace_id
            and session_events.project_id = funnel_attempts.project_id
            and session_events.session_date between first_date and (last_date + time_limit + interval '1 day')::date
            and session_events.has_visit
            and (wanted.step > 1 or visits.may_start)
    ),

    paths as (
        select
            events.person_id,
            array_agg(events.step order by events.occurred_at, events.event_order, events.event_id, events.step desc) as event_steps,
            array_agg(events.occurred_at order by events.occurred_at, events.event_order, events.event_id, events.step desc) as event_times
        from events
        group by events.person_id
        having bool_or(events.step = 1)
    ),

    starts as (
        select distinct on (events.person_id, events.occurred_at)
            events.person_id, events.occurred_at, events.session_id
        from events
        where events.step = 1
        order by events.person_id, events.occurred_at, events.event_order, events.event_id
    )

    select
        paths.person_id,
        starts.session_id,
        walk.reached_at[1],
        cardinality(walk.reached_at),
        walk.reached_at,
        cardinality(walk.reached_at) = cardinality(steps),
        walk.last_started_at + time_limit
    from paths
    cross join lateral {{ analytics }}.funnel_walk(
        paths.event_steps, paths.event_times, cardinality(steps), time_limit
    ) as walk
    inner join starts on paths.person_id = starts.person_id and walk.reached_at[1] = starts.occurred_at
$function$;
comment on function {{ analytics }}.funnel_attempts is
    'One row per attempt at the steps that began in a visit of the dates, with the time of each step, as in funnel_journeys.';
{% endmacro %}
