{% set person = 'workspace_id, project_id, person_id' %}
{% set conversion = 'workspace_id, project_id, goal_id, event_id' %}
{% set lookback = "interval '" ~ var('attribution_lookback_days') ~ " days'" %}
{% set columns = [
    'workspace_id', 'project_id', 'goal_id', 'event_id', 'touch_number', 'touch_count', 'person_id', 'session_id', 'session_date',
    'started_at', 'conversion_date', 'completed_at', 'channel', 'source', 'medium', 'campaign', 'value'
] %}
{% for name in path_models() %}{% do columns.extend([name ~ '_credit', name ~ '_revenue']) %}{% endfor %}

with

sessions as {{ 'materialized' if is_incremental() else 'not materialized' }} (
    select
        {{ person }},
        session_id,
        session_date,
        started_at,
        event_order,
        converted,
        channel,
        referrer_type is not distinct from 'return' as is_return,
        {{ source_of_visit() }}
    from {{ affected(ref('sessions')) }} as sessions
),

converted_persons as (
    select distinct {{ person }}
    from sessions
    where converted
),

converted_visits as (
    select
        *,
        lag(started_at) over (partition by {{ person }} order by started_at, event_order, session_id) as previous_started_at
    from sessions
    inner join converted_persons using ({{ person }})
),

-- Coming back from a payment or login page goes on with the visit before, and is no touch. It is one where no visit was.
visits as (
    select
        *,
        row_number() over (partition by {{ person }} order by started_at, event_order, session_id) as visit_number
    from converted_visits
    where not is_return or coalesce(previous_started_at < started_at - {{ lookback }}, true)
),

completions as (
    select
        {{ person }},
        session_id as own_session_id,
        session_goals.*
    from converted_visits as visits
    cross join lateral (
        select goal_id, event_id, session_date as conversion_date, completed_at, value
        from {{ ref('session_goals') }} as goals
        where
            goals.workspace_id = visits.workspace_id
            and goals.project_id = visits.project_id
            and goals.session_id = visits.session_id
        offset 0
    ) as session_goals
    where converted
),

-- Visits and completions of a person in one line tell which visit was the last to begin before each completion. Joining
-- every visit with every completion would take days for a login that a whole company shares.
timeline as (
    select {{ person }}, null::uuid as goal_id, null::uuid as event_id, started_at as happened_at, true as is_visit
    from visits
    union all
    select {{ person }}, goal_id, event_id, completed_at as happened_at, false as is_visit
    from completions
),

last_visits as (
    select
        *,
        count(*) filter (where is_visit) over (
            partition by {{ person }} order by happened_at, is_visit desc rows unbounded preceding
        ) as last_visit_number
    from timeline
),

-- Materialized, so that they meet the visits by number: joined by person alone, they would make the square after all.
candidates as materialized (
    select
        completions.*,
        last_visit_number,
        visit_number
    from last_visits
    inner join completions using ({{ person }}, goal_id, event_id)
    cross join lateral generate_series(
        greatest(last_visit_number - {{ var('attribution_maximum_touches') - 1 }}, 1), last_visit_number
    ) as numbers (visit_number)
),

-- The last visit counts even when it began before the look-back: a conversion without a touch would be lost.
touches as (
    select
        *,
        (row_number() over (partition by {{ conversion }} order by visit_number))::integer as touch_number,
        (count(*) over (partition by {{ conversion }}))::integer as touch_count
    from candidates
    inner join visits using ({{ person }}, visit_number)
    where
        started_at >= completed_at - {{ lookback }}
        or visit_number = last_visit_number
        or session_id = own_session_id
),

judged as (
    select
        *,
        -- The last visit that something sent; when nothing did, the last one.
        coalesce(max(touch_number) filter (where channel <> 'Direct') over of_conversion, touch_count) as last_sent_number,
        -- Relative to the last visit, which leaves the shares as they are and keeps a short half-life from ending in 0 / 0.
        power(0.5, least(300, extract(epoch from max(started_at) over of_conversion - started_at)::double precision
            / ({{ var('attribution_half_life_days') }} * 86400)))::numeric as freshness
    from touches
    window of_conversion as (partition by {{ conversion }})
),

weighted as (
    select
        *,
        {% for name, weight in path_models().items() %}
        {{ weight }} as {{ name }}_weight{{ ',' if not loop.last }}
        {% endfor %}
    from judged
    window of_conversion as (partition by {{ conversion }})
),

credited as (
    select
        *,
        {% for name in path_models() %}
        {{ exact_share(name ~ '_weight', '1', 'touch_number = touch_count', 'of_conversion') }} as {{ name }}_credit,
        {{ exact_share(name ~ '_weight * value', 'value', 'touch_number = touch_count', 'of_conversion') }} as {{ name }}_revenue
        {{- ',' if not loop.last }}
        {% endfor %}
    from weighted
    window of_conversion as (partition by {{ conversion }})
),

final as (
    select {{ columns | join(', ') }}
    from credited
    where conversion_date - {{ var('attribution_lookback_days') }} >= {{ first_open_day() }}
    {{ and_final_rows(columns, "conversion_date - " ~ var('attribution_lookback_days')) }}
)

select * from final
