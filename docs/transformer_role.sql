-- What the role needs that runs dbt on your own server, where it should not be a superuser. An administrator runs this once,
-- in the database of the application (psql -f docs/transformer_role.sql), with three names changed where yours differ:
-- radar_transformer (log in as it to run dbt: give it a password with \password), public (the var app_schema), and the roles
-- of the var `roles`. Where the application calls its tables otherwise (var app_tables), the list at the end has their names.
-- Then, as that role:  dbt run --vars '{standalone: false, app_schema: public}'

create role radar_transformer login;
-- Who is no superuser makes schemas for another role as its member.
grant radar_transformer to current_user;

-- Roles that Radar grants to. Supabase has authenticated and service_role already.
do $$
declare
    name text;
begin
    foreach name in array array['authenticated', 'radar_ingest', 'service_role'] loop
        if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I nologin', name);
        end if;
    end loop;
end
$$;

-- Its own schemas belong to it. (Instead of these four, `grant create on database ...` lets it create them.)
create schema ingest authorization radar_transformer;
create schema staging authorization radar_transformer;
create schema analytics authorization radar_transformer;
create schema radar authorization radar_transformer;

-- Temporary tables, in case that they were taken from everybody.
do $$ begin execute format('grant connect, temporary on database %I to radar_transformer', current_database()); end $$;

-- On Supabase, auth.uid() says who asks.
do $$
begin
    if to_regnamespace('auth') is not null then
        grant usage on schema auth to radar_transformer;
    end if;
end
$$;

-- Of the application it reads who belongs to which workspace, and its agents with their runs; it never writes. Where these tables
-- have row security, Radar would find nobody: it needs a policy that shows it every row.
grant usage on schema public to radar_transformer;
do $$
declare
    name text;
begin
    foreach name in array array['workspaces', 'workspace_members', 'agents', 'agent_runs'] loop
        execute format('grant select on public.%I to radar_transformer', name);
        if (select relrowsecurity from pg_class where oid = format('public.%I', name)::regclass) then
            execute format('create policy radar_transformer on public.%I for select to radar_transformer using (true)', name);
        end if;
    end loop;
end
$$;
