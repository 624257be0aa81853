{#- What an application may ask of the database as service_role, and no reader may. What is called in the exposed schema has its caller's
    rights and calls what does the work in radar's own: whoever was granted everything in the exposed one gets no further. -#}

{% macro service_functions() %}
    {{ refresh_function() }}
    {{ service_function('refresh_all_materialized_views', 'refresh_summaries', 'Computes the materialized summaries anew.') }}
    {{ percentiles_function() }}
    {% if nodes_with_retention('incremental_by_key') %}
    {{ cleanup_function() }}
    {{ service_function('cleanup_old_data', 'remove_old_data', 'Removes what is older than the contracts keep, as radar retention --apply does.') }}
    {% endif %}
{% endmacro %}

{% macro service_function(name, work, description) %}
create or replace function {{ schema_name('analytics') }}.{{ name }}() returns void
language sql security invoker
set search_path = pg_catalog, pg_temp
as $function$
    select {{ schema_name('radar') }}.{{ work }}()
$function$;
comment on function {{ schema_name('analytics') }}.{{ name }}() is '{{ description }}';
{% endmacro %}

{% macro refresh_function() %}
{#- Its owner may write the summaries. Readers go on reading the old rows meanwhile: only those that differ are replaced. -#}
create or replace function {{ schema_name('radar') }}.refresh_summaries() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $function$
begin
    {% for node in summaries() %}
    {% set contract, summary = contract_of(node), relation_of(node) %}
    {% set columns = contract.columns | map(attribute='name') %}
    perform pg_advisory_xact_lock(hashtext({{ quoted(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias) | string) }}));
    create temporary table refreshed on commit drop as select * from {{ relation_of(graph.nodes[node.depends_on.nodes[0]]) }};
    {{ delete_stale_rows(contract, {'whole': true}, 'pg_temp.refreshed', summary) }};
    {{ insert_new_rows(contract, 'pg_temp.refreshed', summary) }};
    drop table pg_temp.refreshed;
    {% endfor %}
end
$function$;
{% endmacro %}

{% macro summaries() %}
    {#- Tables that hold what a view of the same name shows: PostgreSQL's own materialized views have no row security. -#}
    {% set nodes = [] %}
    {% for node in graph.nodes.values() | sort(attribute='name') if node.resource_type == 'model' and node.name.startswith('mv_') %}
        {% do nodes.append(node) %}
    {% endfor %}
    {{ return(nodes) }}
{% endmacro %}

{% macro percentiles_function() %}
{#- As percentile_cont, which knows double precision only, in exact numbers. -#}
create or replace function {{ schema_name('analytics') }}.calculate_percentiles("values" numeric[], percentiles numeric[])
returns numeric[]
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $function$
declare
    sorted numeric[] := array(select value from unnest("values") as given (value) where value is not null order by value);
    result numeric[] := '{}';
    percentile numeric;
    place numeric;
    below numeric;
begin
    foreach percentile in array coalesce(percentiles, '{}') loop
        if percentile not between 0 and 1 then
            raise numeric_value_out_of_range using message = format('The percentile %s is not between 0 and 1.', percentile);
        end if;
        place := 1 + percentile * (cardinality(sorted) - 1);
        below := sorted[floor(place)::integer];
        result := result || (below + (place - floor(place)) * (sorted[ceil(place)::integer] - below));
    end loop;
    return result;
end
$function$;
comment on function {{ schema_name('analytics') }}.calculate_percentiles(numeric[], numeric[]) is
    'Percentiles, 0 to 1, of the values, between the two next to each: null of no values and for null.';
{% endmacro %}
