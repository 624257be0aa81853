with

goals as (
    select * from {{ ref('goals') }}
)

select
    workspace_id,
    project_id,
    goal_id,
    name as goal_name,
    goal_type,
    conditions ->> 'event_name' as event_name,
    conditions ->> 'event_type' as event_type,
    {{ schema_name('radar') }}.path_pattern(conditions ->> 'page_path') as page_path_pattern,
    conditions -> 'properties' as property_conditions,
    case when goal_type = 'duration' then make_interval(secs => (conditions ->> 'seconds')::double precision) end
        as minimum_duration,
    coalesce(conditions ->> 'value_property', 'revenue') as value_property,
    value
from goals
where is_active
