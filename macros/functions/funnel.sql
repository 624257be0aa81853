{#- Funnels. One visitor's path is found by a walk through their events in time, the rest is SQL over the finished tables. The
    functions run with their caller's rights, so row security holds for them as it does for the tables. -#}

{% macro funnel_functions() %}
{{ funnel_path_function() }}
{{ funnel_journeys_function() }}
{{ funnel_function() }}
{% set analytics = schema_name('analytics') %}
{% for name in ['funnel_path', 'funnel_journeys', 'funnel'] %}
revoke execute on function {{ analytics }}.{{ name }} from public;
grant execute on function {{ analytics }}.{{ name }} to {{ role_name('reader') }}, {{ role_name('service') }};
{% endfor %}
{% endmacro %}

{% macro funnel_path_function() %}
create or replace function {{ schema_name('analytics') }}.funnel_path(
    event_steps integer[], event_times timestamptz[], step_count integer, time_limit interval
)
returns timestamptz[]
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $function$
-- When one visitor reached each step, as far as they came in any attempt. Of the chains that end at a step, the one that began
-- last is kept: it has the most time left, so no other can come further.
declare
    chains timestamptz[] := array_fill(null::timestamptz, array[step_count * step_count]);  -- one row per step, end to end
    furthest timestamptz[] := '{}';
    step integer;
    reached timestamptz;
    own integer;
    before integer;
begin
    for i in 1 .. coalesce(array_length(event_steps, 1), 0) loop
        step := event_steps[i];
        reached := event_times[i];
        own := (step - 1) * step_count;
        before := own - step_count;
        if step = 1 then
            chains[1] := reached;
        elsif chains[before + 1] is null or reached > chains[before + 1] + time_limit then
            continue;
        else
            chains[own + 1 : own + step] := chains[before + 1 : before + step - 1] || reached;
        end if;
        if step > coalesce(array_length(furthest, 1), 0) then
            furthest := chains[own + 1 : own + step];
        end if;
        exit when array_length(furthest, 1) = step_count;
    end loop;
    return furthest;
end
$function$;
comment on function {{ schema_name('analytics') }}.funnel_path is
    'When a visitor reached each step. The events come in the order of time, and at the same time the later step first: a step
    then never follows one of its own moment.';
{% endmacro %}

{% macro funnel_journeys_function() %}
{% set analytics = schema_name('analytics') %}
create or replace function {{ analytics }}.funnel_journeys(
    workspace_id uuid,
    project_id uuid,
    steps text[],
    first_date date,
    last_date date,
    time_limit interval default interval '7 days'
)
returns table (
    visitor text,
    session_id text,
    started_at timestamptz,
    steps_reached integer,
    reached_at timestamptz[],
    state text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $function$
    with

    -- The clock of the data: a feed that is late must not turn open visitors into lost ones.
    clock as (
        select least(max(sessions.ended_at), now()) as data_until
        from {{ analytics }}.sessions
        where sessions.workspace_id = funnel_journeys.workspace_id and sessions.project_id = funnel_journeys.project_id
    ),

    visits as (
        select
            sessions.session_id,
            -- A known person is one visitor on all devices.
            coalesce('user:' || sessions.user_id, sessions.anonymous_id) as visitor,
            sessions.session_date <= last_date as may_start
        from {{ analytics }}.sessions
        where
            sessions.workspace_id = funnel_journeys.workspace_id
            and sessions.project_id = funnel_journeys.project_id
            and sessions.session_date between first_date and (last_date + time_limit + interval '1 day')::date
    ),

    events as (
        select
            visits.visitor,
            visits.session_id,
            session_events.occurred_at,
            wanted.step::integer as step
        from {{ analytics }}.session_events
        inner join unnest(steps) with ordinality as wanted (pattern, step)
            -- A step is a page when it begins with a slash (with % for any text, as in goals), else the name of an event.
            on case
                when wanted.pattern like '/%'
                    then session_events.pageview_number is not null
                        and session_events.page_path like rtrim(wanted.pattern, '\')
                else session_events.event_name = wanted.pattern
            end
        inner join visits on session_events.session_id = visits.session_id
        where
            session_events.workspace_id = funnel_journeys.workspace_id
            and session_events.project_id = funnel_journeys.project_id
            and session_events.session_date between first_date and (last_date + time_limit + interval '1 day')::date
            and (wanted.step > 1 or visits.may_start)
    ),

    paths as (
        select
            events.visitor,
            max(events.occurred_at) filter (where events.step = 1) as last_started_at,
            {{ analytics }}.funnel_path(
                array_agg(events.step order by events.occurred_at, events.step desc),
                array_agg(events.occurred_at order by events.occurred_at, events.step desc),
                cardinality(steps),
                time_limit
            ) as reached_at
        from events
        group by events.visitor
    ),

    starts as (
        select events.visitor, events.occurred_at, min(events.session_id) as session_id
        from events
        where events.step = 1
        group by events.visitor, events.occurred_at
    )

    select
        paths.visitor,
        starts.session_id,
        paths.reached_at[1] as started_at,
        cardinality(paths.reached_at) as steps_reached,
        paths.reached_at,
        case
            when cardinality(paths.reached_at) = cardinality(steps) then 'converted'
            when paths.last_started_at + time_limit > clock.data_until then 'open'
            else 'lost'
        end as state
    from paths
    inner join starts on paths.visitor = starts.visitor and paths.reached_at[1] = starts.occurred_at
    cross join clock
$function$;
comment on function {{ analytics }}.funnel_journeys is
    'One row per visitor who took the first step in a visit of the dates: the furthest attempt, with the time of each step. State:
    converted, open (still within the time limit of the latest attempt) or lost.';
{% endmacro %}

{% macro funnel_function() %}
{% set analytics = schema_name('analytics') %}
create or replace function {{ analytics }}.funnel(
    workspace_id uuid,
    project_id uuid,
    steps text[],
    first_date date,
    last_date date,
    time_limit interval default interval '7 days',
    breakdown text default null
)
returns table (
    segment text,
    step integer,
    step_name text,
    visitors bigint,
    conversion_rate numeric,
    step_conversion_rate numeric,
    open_visitors bigint,
    lost_visitors bigint,
    median_seconds double precision,
    max_seconds double precision
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $function$
    with

    journeys as (
        select
            found.steps_reached,
            found.reached_at,
            found.state,
            -- Any column of sessions, of the visit that began the journey.
            case when breakdown is null then 'all' else coalesce(to_jsonb(sessions) ->> breakdown, '(not set)') end as segment
        from {{ analytics }}.funnel_journeys(
            funnel.workspace_id, funnel.project_id, steps, first_date, last_date, time_limit
        ) as found
        inner join {{ analytics }}.sessions
            on
                sessions.workspace_id = funnel.workspace_id
                and sessions.project_id = funnel.project_id
                and sessions.session_id = found.session_id
    ),

    counts as (
        select
            journeys.segment,
            wanted.step::integer as step,
            wanted.step_name,
            count(*) filter (where journeys.steps_reached >= wanted.step) as visitors,
            count(*) filter (where journeys.steps_reached = wanted.step and journeys.state = 'open') as open_visitors,
            count(*) filter (where journeys.steps_reached = wanted.step and journeys.state = 'lost') as lost_visitors,
            percentile_cont(0.5) within group (order by extract(epoch from journeys.reached_at[wanted.step] - journeys.reached_at[1]))
                as median_seconds,
            max(extract(epoch from journeys.reached_at[wanted.step] - journeys.reached_at[1])) as max_seconds
        from journeys
        cross join unnest(steps) with ordinality as wanted (step_name, step)
        group by journeys.segment, wanted.step, wanted.step_name
    )

    select
        segment,
        step,
        step_name,
        visitors,
        {{ rate('visitors', 'first_value(visitors) over of_segment') }} as conversion_rate,
        {{ rate('visitors', 'lag(visitors) over of_segment') }} as step_conversion_rate,
        open_visitors,
        lost_visitors,
        median_seconds,
        max_seconds
    from counts
    window of_segment as (partition by segment order by step)
    order by segment, step
$function$;
comment on function {{ analytics }}.funnel is
    'One row per segment and step of a funnel: visitors who came so far in order and in time, and those who stopped there, open or
    lost. Seconds are counted from the first step. The segment is a column of sessions, or all.';
{% endmacro %}
