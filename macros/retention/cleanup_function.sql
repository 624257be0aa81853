{% macro cleanup_function() %}
{#- What `radar retention --apply` does, by the same contracts, for who can only call a function: in one transaction, so that emptied
    partitions stay for the next `radar retention --apply`. -#}
{% set raw, derived = nodes_with_retention('raw_table'), nodes_with_retention('incremental_by_key') %}
{% set raw_days = raw | selectattr('name', 'equalto', 'events') | map(attribute='config.meta.table.retention.days') | first %}
{% set days = [raw_days, derived[1].config.meta.table.retention.days] | max %}
{% set sessions, session_events = relation_of(derived[1]), relation_of(derived[0]) %}
{% set expired = expired_sessions(utc_midnight_sql(days), utc_midnight_sql(raw_days)) %}
create or replace function {{ schema_name('radar') }}.remove_old_data() returns void
language plpgsql security definer
{{ pinned() }}
as $function$
declare
    leaf text;
begin
    {{ locks_of_models() | replace('select ', 'perform ') }}
    {% for node in raw %}
    {% set cutoff = utc_midnight_sql(node.config.meta.table.retention.days) %}
    {{ record_cutoff(node.name, cutoff) }};
    for leaf in select leaves.name from ({{ leaves_sql(relation_of(node), cutoff) }}) as leaves (name) loop
        execute 'delete from ' || leaf || ' where ' || {{ quoted(expired_condition(node, cutoff)) }};
    end loop;
    {% endfor %}
    if exists (select from {{ sessions }} where {{ expired }}) then
        if ({{ models_behind_sql() }}) is not null then
            raise exception 'Models did not finish the last run. Nothing was removed: complete it with dbt run, then call again.';
        end if;
        {{ record_cutoff('sessions', utc_midnight_sql(days)) }};
        {{ retire_sessions_sql(sessions, session_events, expired) }};
    end if;
end
$function$;
{% endmacro %}
