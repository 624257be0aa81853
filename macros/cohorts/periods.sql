{% macro period_start(day, period) -%}
    {#- SQL: first day of the calendar period (week, of ISO 8601; month) that a day is in. -#}
    date_trunc('{{ period }}', {{ day }}::timestamp)::date
{%- endmacro %}

{% macro days_of_affected_periods(relation) %}
    {#- Cells of single days with the week and the month that they count in: all, or those of the cells that are recomputed now, looked
        up by each day of the cohort, since a range of cohorts would read all their later days too. -#}
    {% if not is_incremental() %}
    (
        {%- for period in ['week', 'month'] %}
        select
            *,
            '{{ period }}' as period,
            {{ period_start('cohort_date', period) }} as cohort_start,
            {{ period_start('activity_date', period) }} as period_start
        from {{ relation }}
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    )
    {%- else %}
    (
        select
            affected.period,
            affected.cohort_start,
            affected.period_start,
            looked_up.*
        from {{ affected_table() }} as affected
        cross join lateral (select ('1 ' || affected.period)::interval as length) as periods
        cross join lateral generate_series(
            affected.cohort_start::timestamp, affected.cohort_start + periods.length - interval '1 day', '1 day'
        ) as cohort_day
        cross join lateral (
            select *
            from {{ relation }} as source
            where
                source.workspace_id = affected.workspace_id
                and source.project_id = affected.project_id
                and source.anchor = affected.anchor
                and source.cohort_date = cohort_day::date
                and source.activity_date >= affected.period_start
                and source.activity_date < (affected.period_start + periods.length)::date
            offset 0
        ) as looked_up
    )
    {%- endif %}
{% endmacro %}
