-- A visit of a device whose person is known has that person: when this fails, users, cohorts and
-- attribution miss visits.
with

sessions as (
    select * from {{ recent(ref('sessions'), 'session_date') }} as sessions
),

identities as (
    select * from {{ ref('identities') }}
    where is_active
)

select
    workspace_id,
    project_id,
    sessions.session_id,
    sessions.session_date as day
from sessions
inner join identities using (workspace_id, project_id, anonymous_id)
where sessions.user_id is null
