{% macro recent(relation, day) %}
    {#- Rows of each project's last days: older ones were tested when they were written. The last day is found in the index on
        (workspace_id, project_id, day), once a project (materialized: else it can be once a row), so the cost follows those
        days and not the history. -#}
    {{ return('(with newest as materialized (select known_projects.workspace_id, known_projects.project_id, last_day from '
              ~ ref('stg_projects') ~ ' as known_projects cross join lateral (select ' ~ day ~ ' as last_day from ' ~ relation
              ~ ' as of_project where of_project.workspace_id = known_projects.workspace_id and of_project.project_id ='
              ~ ' known_projects.project_id order by ' ~ day ~ ' desc limit 1) as of_last) select rows_of_day.* from newest'
              ~ ' inner join ' ~ relation ~ ' as rows_of_day on rows_of_day.workspace_id = newest.workspace_id'
              ~ ' and rows_of_day.project_id = newest.project_id and rows_of_day.' ~ day ~ ' > newest.last_day - '
              ~ var('tested_days') ~ ')') }}
{% endmacro %}
