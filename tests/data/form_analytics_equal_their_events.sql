-- Whoever improves a form looks at its day and then at what was sent: when this fails, the two do not agree.
with

submissions as (
    select
        workspace_id,
        project_id,
        session_date as metric_date,
        coalesce(left(form_id, 600), '(not set)') as form_id,
        count(*) as submissions,
        count(distinct session_id) as sessions
    from {{ recent(ref('form_submissions'), 'session_date') }} as form_submissions
    group by workspace_id, project_id, session_date, coalesce(left(form_id, 600), '(not set)')
)

select
    workspace_id,
    project_id,
    metric_date as day,
    form_id,
    form_analytics.submissions,
    submissions.submissions as submissions_found,
    form_analytics.sessions_submitted,
    submissions.sessions as sessions_found
from submissions
-- A project's last days with forms may be older than those of this: not looked at here.
left join {{ ref('form_analytics') }} as form_analytics using (workspace_id, project_id, metric_date, form_id)
where
    (form_analytics.submissions, form_analytics.sessions_submitted)
    is distinct from (submissions.submissions, submissions.sessions)
