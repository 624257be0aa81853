{% macro embed_again_function() %}
create or replace function {{ schema_name('radar') }}.embed_again()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
begin
    -- Who renumbers the rows, as adopt_database does, is left alone.
    if new.ingest_xid = old.ingest_xid then
        new.ingest_xid := pg_current_xact_id()::text::bigint;
        new.received_at := now();
    end if;
    return new;
end
$function$;
{% endmacro %}
