{% macro counting_function(name, arguments, attempts, steps) %}
{#- A function that counts visitors by step, from the query of the attempts and that of the steps. -#}
{% set analytics = schema_name('analytics') %}
create or replace function {{ analytics }}.{{ name }}(
    workspace_id uuid,
    project_id uuid,
    {{ arguments }},
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
{{ pinned() }}
as $function$
    with

    clock as (
        select {{ data_clock(analytics ~ '.sessions', name ~ '.workspace_id', name ~ '.project_id') }} as data_until
    ),

    wanted as ({{ steps }}),

    attempts as ({{ attempts }}),

    -- A visitor's furthest attempt counts, and a visitor is open while any has time left.
    journeys as (
        select distinct on (attempts.person_id)
            attempts.session_id,
            attempts.own_segment,
            attempts.steps_reached,
            attempts.reached_at,
            case
                when attempts.is_converted then 'converted'
                when max(attempts.window_ends_at) over (partition by attempts.person_id) > clock.data_until then 'open'
                else 'lost'
            end as state
        from attempts
        cross join clock
        order by attempts.person_id, attempts.steps_reached desc, attempts.started_at
    ),

    -- Lateral, because the visit is not needed for a breakdown that the attempts have themselves.
    segmented_journeys as (
        select
            journeys.*,
            case when breakdown is null then 'all' else coalesce(journeys.own_segment, visit.segment, '(not set)') end as segment
        from journeys
        left join lateral (
            select to_jsonb(sessions) ->> breakdown as segment
            from {{ analytics }}.sessions
            where
                breakdown is not null
                and journeys.own_segment is null
                and sessions.workspace_id = {{ name }}.workspace_id
                and sessions.project_id = {{ name }}.project_id
                and sessions.session_id = journeys.session_id
            offset 0
        ) as visit on true
    ),

    counts as (
        select
            journeys.segment,
            wanted.step,
            wanted.step_name,
            count(*) filter (where journeys.steps_reached >= wanted.step) as visitors,
            count(*) filter (where journeys.steps_reached = wanted.step and journeys.state = 'open') as open_visitors,
            count(*) filter (where journeys.steps_reached = wanted.step and journeys.state = 'lost') as lost_visitors,
            percentile_cont(0.5) within group (order by seconds) as median_seconds,
            max(seconds) as max_seconds
        from segmented_journeys as journeys
        cross join wanted
        cross join lateral (
            select extract(epoch from journeys.reached_at[wanted.step] - journeys.reached_at[1])::double precision
        ) as lasted (seconds)
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
{% endmacro %}

{% macro data_clock(sessions, workspace_id, project_id) -%}
    {#- When the last visit of a project's last day ended: a feed that is late must not turn open visitors into lost ones.
        By day first, because that is an index of the project. -#}
    least(now(), (
        select sessions.ended_at
        from {{ sessions }} as sessions
        where sessions.workspace_id = {{ workspace_id }} and sessions.project_id = {{ project_id }}
        order by sessions.session_date desc, sessions.ended_at desc
        limit 1
    ))
{%- endmacro %}
