{% macro horizon_function() %}
{#- No SQL body: PostgreSQL would put it in place of the call, and then not know the number when it plans. #}
create or replace function {{ schema_name('radar') }}.horizon_of(model_name text) returns bigint
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $function$
begin
    return coalesce((
        select max(horizon) from {{ schema_name('radar') }}.builds
        where
            model = model_name
            and build >= (select max(build) from {{ schema_name('radar') }}.builds where model = model_name and is_full)
    ), 0);
end
$function$;
comment on function {{ schema_name('radar') }}.horizon_of(text) is
    'The model has read the raw rows with a lower ingest_xid; 0 before its first build.';
{% endmacro %}
