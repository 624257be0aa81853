{#- Numbers that order events of the same instant as they arrived. -#}

{% macro arrivals_function() %}
{% set radar = schema_name('radar') %}
create sequence if not exists {{ radar }}.arrivals;
comment on sequence {{ radar }}.arrivals is 'Numbers of arriving events, the default of ingest.events.arrival_number.';

create or replace function {{ radar }}.reserve_arrivals(amount bigint)
returns bigint
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $function$
begin
    -- Two that reserve at once would get the same numbers; whoever draws single ones meanwhile draws from among these.
    perform pg_advisory_xact_lock(hashtext('{{ radar }}.arrivals'));
    return setval('{{ radar }}.arrivals', nextval('{{ radar }}.arrivals') + amount) - amount;
end
$function$;
comment on function {{ radar }}.reserve_arrivals is
    'The first of as many numbers for events that are read in order and stored in any.';
{% endmacro %}
