{#- Funnels as SQL functions: any steps over the finished tables, or a declared funnel, counted by the same rules. They run with
    their caller's rights, so row security holds for them as it does for the tables. -#}

{% macro funnel_functions() %}
{% set analytics = schema_name('analytics') %}
drop function if exists {{ analytics }}.funnel_journeys(uuid, uuid, text[], date, date, interval);
drop function if exists {{ analytics }}.funnel_path(integer[], timestamptz[], integer, interval);
{{ funnel_walk_function() }}
{{ funnel_attempts_function() }}
{{ funnel_function() }}
{{ named_funnel_function() }}
{% endmacro %}

{% macro funnel_function() %}
{% set analytics = schema_name('analytics') %}
{{ counting_function(
    'funnel',
    "steps text[], first_date date, last_date date, time_limit interval default interval '7 days'",
    'select *, null as own_segment from ' ~ analytics ~ '.funnel_attempts(funnel.workspace_id, funnel.project_id, steps, first_date, last_date, time_limit)',
    'select step::integer, step_name from unnest(steps) with ordinality as steps (step_name, step)') }}
comment on function {{ analytics }}.funnel is
    'One row per segment and step of a funnel of any steps: visitors who came so far in order and in time, and those who stopped
    there, open or lost. Seconds are counted from the first step. The segment is a column of sessions, or all.';
{% endmacro %}

{% macro named_funnel_function() %}
{% set analytics = schema_name('analytics') %}
{% set in_dates %}
    found.workspace_id = named_funnel.workspace_id and found.project_id = named_funnel.project_id
    and found.funnel_name = named_funnel.funnel_name and found.start_date between first_date and last_date
{% endset %}
{% set own_segment %}
    case breakdown when 'channel' then channel when 'device_type' then device_type when 'country_code' then country_code end as own_segment
{% endset %}
{{ counting_function(
    'named_funnel',
    'funnel_name text, first_date date, last_date date',
    'select *, ' ~ own_segment ~ ' from ' ~ analytics ~ '.funnel_journeys as found where ' ~ in_dates,
    'select distinct step, step_name from ' ~ analytics ~ '.daily_funnels as found where ' ~ in_dates) }}
comment on function {{ analytics }}.named_funnel is
    'One row per segment and step of a funnel that models/funnels declares: counted as by funnel, from funnel_journeys.';
{% endmacro %}
