{#- What an application may ask of the database as service_role, and no reader may. -#}

{% macro service_functions() %}
    {% set analytics = schema_name('analytics') %}
    {{ refresh_function() }}
    {{ percentiles_function() }}
    {% set names = ['refresh_all_materialized_views()', 'calculate_percentiles(numeric[], numeric[])', 'update_updated_at()'] %}
    {% if nodes_with_retention('incremental_by_key') %}
    {{ cleanup_function() }}
    {% do names.append('cleanup_old_data()') %}
    {% endif %}
    {% for name in names %}
    revoke all on function {{ analytics }}.{{ name }} from public;
    grant execute on function {{ analytics }}.{{ name }} to {{ role_name('service') }};
    {% endfor %}
{% endmacro %}

{% macro refresh_function() %}
{#- Its owner may refresh. Readers go on reading the old rows meanwhile. -#}
create or replace function {{ schema_name('analytics') }}.refresh_all_materialized_views() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $function$
begin
    {% for node in graph.nodes.values() | sort(attribute='name') if node.config.materialized == 'materialized_view' %}
    refresh materialized view concurrently {{ relation_of(node) }};
    {% endfor %}
end
$function$;
comment on function {{ schema_name('analytics') }}.refresh_all_materialized_views() is 'Computes the materialized summaries anew.';
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
