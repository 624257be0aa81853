-- The hours of a day in the time zone of the workspaces have its runs, also where the clocks
-- change. (Those that retention has reached stay as they were.)
with

hours as (
    select
        workspace_id,
        (metric_hour at time zone '{{ var("workspace_timezone") }}')::date as metric_date,
        sum(total_runs) as total_runs,
        sum(successful_runs) as successful_runs,
        sum(failed_runs) as failed_runs,
        sum(total_credits_consumed) as total_credits_consumed
    from {{ ref('workspace_hours') }}
    group by workspace_id, metric_date
),

days as (
    select * from {{ ref('workspace_days') }}
    where total_runs > 0
)

select
    workspace_id,
    metric_date,
    days.total_runs,
    hours.total_runs as runs_of_hours
from days
full join hours using (workspace_id, metric_date)
where
    metric_date - 2 >= {{ first_open_day() }}
    and (
        coalesce(days.total_runs, 0), coalesce(days.successful_runs, 0), coalesce(days.failed_runs, 0),
        coalesce(days.total_credits_consumed, 0)
    ) is distinct from (
        hours.total_runs, hours.successful_runs, hours.failed_runs, hours.total_credits_consumed
    )
