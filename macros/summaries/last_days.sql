{% macro projects_today() %}
    {#- Query: the reader's projects that have days, with what day it is there. -#}
    select
        workspace_id,
        project_id,
        {{ schema_name('radar') }}.local_date(workspace_id, project_id) as today
    from {{ ref('daily_site_metrics') }}
    group by workspace_id, project_id
{% endmacro %}

{% macro in_last_days(days) -%}
    {#- SQL condition on metric_date: the days up to today, of which there are so many. -#}
    (metric_date > today - {{ days }} and metric_date <= today)
{%- endmacro %}
