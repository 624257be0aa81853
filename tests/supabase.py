"""A database as Supabase makes one, with the tables of an application that grew there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from radar.server import Server
from tests.conftest import Database

ROLES: LiteralString = """
    do $$
    declare
        name text;
    begin
        foreach name in array array['anon', 'authenticated', 'service_role'] loop
            begin
                execute format('create role %%I nologin', name);
            exception when duplicate_object or unique_violation then null;
            end;
        end loop;
    end
    $$"""

PLATFORM: LiteralString = """
    grant usage on schema public to anon, authenticated, service_role;
    alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
    alter default privileges in schema public grant all on routines to anon, authenticated, service_role;
    alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
    create schema auth;
    grant usage on schema auth to anon, authenticated, service_role;
    create function auth.uid() returns uuid language sql stable as $$
        select coalesce(
            nullif(current_setting('request.jwt.claim.sub', true), ''),
            (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')
        )::uuid $$;
    create schema extensions"""
"""What the platform brings: auth.uid(), and default privileges that give the API's roles everything in public."""

APPLICATION: LiteralString = """
    create type public.run_status as enum ('pending', 'running', 'completed', 'failed', 'cancelled');
    create table public.users (id uuid primary key, email text);
    create table public.workspaces (id uuid primary key, name text not null, created_at timestamptz default now());
    create table public.workspace_members (
        workspace_id uuid references public.workspaces(id), user_id uuid references public.users(id),
        primary key (workspace_id, user_id));
    create table public.agents (
        id uuid primary key, workspace_id uuid not null references public.workspaces(id), name varchar(255) not null);
    create table public.agent_runs (
        id uuid primary key default gen_random_uuid(),
        agent_id uuid not null references public.agents(id),
        user_id uuid references public.users(id),
        workspace_id uuid references public.workspaces(id),
        status public.run_status not null default 'pending',
        started_at timestamptz not null default now(),
        runtime_seconds double precision,
        credits_consumed numeric(10, 2),
        model varchar(50));
    alter table public.workspaces enable row level security;
    alter table public.workspace_members enable row level security;
    alter table public.agents enable row level security;
    alter table public.agent_runs enable row level security;
    create policy members on public.workspace_members for select using (user_id = auth.uid());
    create policy members on public.agent_runs for select using (
        workspace_id in (select workspace_id from public.workspace_members where user_id = auth.uid()))"""
"""Tables as document 1 reads them: keys are called id, and nobody has a slug."""

APP_TABLES = """{
    workspaces: {columns: {workspace_id: id, slug: null}},
    agents: {columns: {agent_id: id}},
    agent_runs: {columns: {
        run_id: id, completed_at: null, tokens_used: null, error_type: null, error_message: null, user_rating: null
    }}}"""
BESIDE = ("--vars", f"{{standalone: false, app_schema: public, app_tables: {APP_TABLES}}}")
"""The vars of Radar beside this application."""


@contextmanager
def supabase(server: Server, name: str) -> Iterator[Database]:
    """Such a database, without Radar; gone afterwards."""
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        try:
            database = Database(make_conninfo(server.dsn, dbname=name))
            for statement in (ROLES, PLATFORM, APPLICATION):
                database.execute(statement)
            yield database
        finally:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
