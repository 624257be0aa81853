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
    from {{ schema_name('app') }}.workspace_members
    where user_id = {{ schema_name('radar') }}.current_user_id()
$function$;
{% endmacro %}
