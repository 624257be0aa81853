{#- What is counted of runs, wherever they are counted. -#}

{% macro run_counts() %}
        count(*)::integer as total_runs,
        count(*) filter (where status = 'completed')::integer as successful_runs,
        count(*) filter (where status = 'failed')::integer as failed_runs,
        count(*) filter (where status = 'cancelled')::integer as cancelled_runs
{%- endmacro %}

{% macro runtime_percentile(percent) -%}
    {#- Exact, between the two runs next to it; only of runs that ended. -#}
    round((percentile_cont({{ percent / 100 }}) within group (order by runtime_seconds))::numeric, 2)
{%- endmacro %}

{% macro counted_by(relation, key, name, measure, as, where='true') %}
{#- Common table expression: for each key, an object {name: measure}. -#}
{{ as }} as (
    select {{ key }}, jsonb_object_agg(item, measure order by item) as {{ as }}
    from (
        select {{ key }}, {{ name }} as item, {{ measure }} as measure
        from {{ relation }}
        where {{ where }}
        group by {{ key }}, item
    ) as measured
    group by {{ key }}
)
{%- endmacro %}

{% macro workspace_today() -%}
    (now() at time zone '{{ var("workspace_timezone") }}')::date
{%- endmacro %}
