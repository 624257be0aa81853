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
    case when goal_type = 'event' then conditions ->> 'event_name' end as event_name,
    -- A pattern that ends with its escape character would stop the run.
    case when goal_type = 'pageview' then rtrim(conditions ->> 'page_path', '\') end
        as page_path_pattern,
    case when goal_type = 'duration' then make_interval(secs => (conditions ->> 'seconds')::double precision) end
        as minimum_duration,
    value
from goals
where is_active
