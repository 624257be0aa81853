{% macro local_date_function() %}
{#- With its owner's rights, since readers may not read projects. To whoever knows both ids of somebody else's it tells the date
    at a place. #}
create or replace function {{ schema_name('radar') }}.local_date(of_workspace_id uuid, of_project_id uuid)
returns date
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $function$
    select (now() at time zone coalesce((
        select settings ->> 'timezone'
        from {{ schema_name('ingest') }}.projects
        where workspace_id = of_workspace_id and project_id = of_project_id
    ), 'UTC'))::date
$function$;
comment on function {{ schema_name('radar') }}.local_date is
    'Today in the reporting time zone of the project; in UTC when there is no such project.';
{% endmacro %}
