{#- Who is asking, and which workspaces are theirs. -#}

{% macro security_functions() %}
{%- set has_auth_uid = run_query("select to_regprocedure('auth.uid()') is not null").rows[0][0] %}
create or replace function {{ schema_name('radar') }}.current_user_id()
returns uuid
language sql
stable
set search_path = pg_catalog, pg_temp
as $function$
    {% if has_auth_uid -%}
    select auth.uid()
    {%- else -%}
    -- What auth.uid() does where it exists: the subject of the token that the API server has checked.
    select coalesce(
        nullif(current_setting('request.jwt.claim.sub', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
    )::uuid
    {%- endif %}
$function$;

create or replace function {{ schema_name('radar') }}.current_workspaces()
returns uuid[]
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $function$
    select coalesce(array_agg(workspace_id), '{}')
    from {{ application('workspace_members') }} as workspace_members
    where user_id = {{ schema_name('radar') }}.current_user_id()
$function$;

create or replace function {{ schema_name('radar') }}.workspaces() returns table (workspace_id uuid, name text, slug text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $function$
    select workspace_id, name, slug from {{ application('workspaces') }} as workspaces
$function$;
comment on function {{ schema_name('radar') }}.workspaces() is
    'The tenants as the main application has them, for commands: with the rights of whoever asks.';
{% endmacro %}
