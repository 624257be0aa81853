{% macro arrive_now_function() %}
create or replace function {{ schema_name('radar') }}.arrive_now()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
begin
    new.ingest_xid := pg_current_xact_id()::text::bigint;
    return new;
end
$function$;
{% endmacro %}

{% macro arrive_again_function() %}
create or replace function {{ schema_name('radar') }}.arrive_again()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
begin
    -- Who renumbers the rows, as adopt_database does, is left alone.
    if new.ingest_xid = old.ingest_xid then
        new.ingest_xid := pg_current_xact_id()::text::bigint;
    end if;
    return new;
end
$function$;
{% endmacro %}
