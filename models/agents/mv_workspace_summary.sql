select * from {{ ref('workspace_summary') }}
