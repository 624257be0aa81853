-- Ten workspaces, of which the first has a third of everything; 90 days until yesterday.
set session_replication_role = replica;

insert into app.workspaces (workspace_id, name, slug)
select md5('workspace ' || number)::uuid, 'Workspace ' || number, 'workspace-' || number
from generate_series(0, 9) as number;

insert into app.users (user_id, email, name)
select md5('user ' || number)::uuid, 'user' || number || '@example.org', 'User ' || number
from generate_series(0, 9999) as number;

insert into app.workspace_members (workspace_id, user_id)
select md5('workspace ' || number % 10)::uuid, md5('user ' || number)::uuid
from generate_series(0, 9999) as number;

insert into app.agents (workspace_id, agent_id, name)
select md5('workspace ' || number % 10)::uuid, md5('agent ' || number)::uuid, 'Agent ' || number
from generate_series(0, 299) as number;

insert into ingest.projects (workspace_id, project_id, name, slug, domain, settings)
select
    md5('workspace ' || number)::uuid, md5('project ' || number)::uuid, 'Project ' || number, 'project-' || number,
    number || '.example.org', '{"timezone": "Europe/Berlin"}'
from generate_series(0, 9) as number;

insert into ingest.model_pricing (provider, model, input_price_per_1k, output_price_per_1k, cached_price_per_1k, effective_date)
select 'provider', 'model-' || number, 0.001 * (number + 1), 0.004 * (number + 1), 0.0005 * (number + 1), effective_date
from generate_series(0, 5) as number
cross join (values ('-infinity'::timestamptz), (now() - interval '30 days')) as dates (effective_date);

select radar.ensure_month_partitions('ingest.llm_calls', current_date - 92, current_date);
set session_replication_role = origin;
