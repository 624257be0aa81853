{% macro update_updated_at_function() %}
create or replace function {{ schema_name('analytics') }}.update_updated_at()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
begin
    new.updated_at = now();
    return new;
end
$function$;
{% endmacro %}
