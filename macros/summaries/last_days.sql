{% macro last_days_of_projects(days) %}
    {#- Query: the reader's projects that have days, each with the first of so many days up to today, and today. Both are columns:
        by a date that is computed where it is compared, row security would keep PostgreSQL from using the index. -#}
    select
        workspace_id,
        project_id,
        {{ schema_name('radar') }}.local_date(workspace_id, project_id) as today,
        {{ schema_name('radar') }}.local_date(workspace_id, project_id) - {{ days - 1 }} as first_date
    from {{ ref('daily_site_metrics') }}
    group by workspace_id, project_id
{% endmacro %}
