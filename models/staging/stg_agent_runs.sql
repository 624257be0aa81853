select
    workspace_id,
    run_id,
    agent_id,
    status,
    started_at,
    completed_at,
    {{ run_problem() }} as rejection_reason
from {{ app_table('agent_runs') }}
