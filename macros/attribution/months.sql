{% macro of_affected_months(relation, day) %}
    {#- Rows of a source that has a day but no month, of the months that are recomputed now: a range of its index each. -#}
    {% if not is_incremental() %}{{ return(relation) }}{% endif %}
    {{ return('(select looked_up.* from ' ~ affected_table() ~ ' as affected cross join lateral (select * from ' ~ relation
              ~ ' as source where source.workspace_id = affected.workspace_id and source.project_id = affected.project_id and source.' ~ day
              ~ ' >= affected.month and source.' ~ day ~ " < (affected.month + interval '1 month')::date offset 0) as looked_up)") }}
{% endmacro %}

{% macro month_of(day) -%}
    date_trunc('month', {{ day }}::timestamp)::date
{%- endmacro %}
