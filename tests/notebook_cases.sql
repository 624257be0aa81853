-- Projects as people have them, for tests/test_notebooks.py.
insert into app.workspaces (workspace_id, name, slug) values (md5('edge')::uuid, 'Edge', 'edge');
-- Two names are the same, as they are in life.
insert into ingest.projects (workspace_id, name, slug)
select md5('edge')::uuid, 'Own', slug
from unnest('{empty,two-days,one-hour,edge,ends-mon,ends-tue,ends-wed,ends-thu,ends-fri,ends-sat,ends-sun}'::text[]) as slug;

insert into ingest.events (workspace_id, project_id, anonymous_id, event_type, page_url, page_referrer, occurred_at, received_at)
select workspace_id, project_id, day || ' ' || number, 'pageview', 'https://own.example/',
    case when day >= '2026-05-14' and number = 1 then 'https://chatgpt.com/' end, day + time, now()
from (values ('two-days', '2026-05-20', '2026-05-21'), ('one-hour', '2026-05-20', '2026-05-20'),
    ('ends-mon', '2026-04-27', '2026-05-25'), ('ends-tue', '2026-04-27', '2026-05-26'), ('ends-wed', '2026-04-27', '2026-05-27'),
    ('ends-thu', '2026-04-27', '2026-05-28'), ('ends-fri', '2026-04-27', '2026-05-29'), ('ends-sat', '2026-04-27', '2026-05-23'),
    ('ends-sun', '2026-04-27', '2026-05-24')) as cases (slug, first, last)
inner join ingest.projects using (slug)
cross join generate_series(first::timestamptz, last::timestamptz, '1 day') as day
cross join generate_series(1, 9) as number
cross join lateral (select case when slug = 'one-hour' then '10:00' else '23:45' end::time) as times (time)
where day <> '2026-05-12';

-- A model that is free, one that has a price and one that has none, all of them billed; and no visit.
insert into ingest.model_pricing (workspace_id, provider, model, input_price_per_1k, output_price_per_1k)
values (md5('edge')::uuid, 'own', 'free', 0, 0), (md5('edge')::uuid, 'own', 'priced', 1, 1);
insert into ingest.llm_calls
    (workspace_id, project_id, provider, model, input_tokens, output_tokens, latency_ms, verified_cost_usd, occurred_at)
select workspace_id, project_id, 'own', model, 100, 10, 5, case when day = '2026-05-20' then 0.01 end, day + '23:45'::time
from ingest.projects, unnest('{free,priced,unknown}'::text[]) as model,
    generate_series('2026-05-20'::timestamptz, '2026-05-22', '1 day') as day
where slug = 'edge';
insert into app.agents (workspace_id, agent_id, name) select md5('edge')::uuid, md5(of)::uuid, 'Twin' from unnest('{a,b}'::text[]) as of;
insert into app.agent_runs (workspace_id, run_id, agent_id, status, started_at, runtime_seconds)
select md5('edge')::uuid, gen_random_uuid(), md5(of)::uuid, 'completed', '2026-05-20 23:45Z', 60 from unnest('{a,a,b}'::text[]) as of;
