{#- History of a table that is recomputed by something else than its days: what it says of sessions that retention removed. (A
    table that is recomputed by days names them in final_days.) -#}

{% macro first_open_day() -%}
    {#- SQL: the first day of which no session was removed. The query asks, when it runs: a build that waited while retention ran
        goes by the new day. -#}
    coalesce((
        select (cutoff at time zone 'UTC')::date from {{ schema_name('radar') }}.retention where relation = 'sessions'
    ), '-infinity')
{%- endmacro %}

{% macro and_final_rows(columns, day) %}
    {#- SQL: this table's own rows of the days before that, in addition to a query's. Nothing changes them any more. -#}
    {% if not execute or model.resource_type != 'model' or load_cached_relation(this) is none %}{{ return('') }}{% endif %}
    union all
    {% if is_incremental() %}
    select {{ qualified(columns, 'final') }}
    from {{ affected_table() }} as affected
    cross join lateral (
        select *
        from {{ this }} as this
        where {{ same(recompute_config().by, 'this', 'affected') }} and {{ day }} < {{ first_open_day() }}
        offset 0
    ) as final
    {% else %}
    select {{ columns | join(', ') }} from {{ this }} where {{ day }} < {{ first_open_day() }}
    {% endif %}
{% endmacro %}
