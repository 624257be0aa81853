with

projects as (
    select * from {{ ref('projects') }}
)

select
    workspace_id,
    project_id,
    name,
    slug,
    domain,
    coalesce(settings ->> 'timezone', 'UTC') as timezone
from projects
