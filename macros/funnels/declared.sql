{#- The funnels that models/funnels/_funnels__models.yml declares under funnel_steps, config.meta.funnels. -#}

{% macro declared_funnels() %}
    {#- List of {name, projects, window_hours, steps}, checked. A unit test knows no other model and says its own. -#}
    {% for node in (graph.get('nodes', {}).values() if execute else []) if node.resource_type == 'model' and node.name == 'funnel_steps' %}
        {% set funnels = node.config.get('meta', {}).get('funnels') or [] %}
        {% do assert_funnels(funnels) %}
        {{ return(funnels) }}
    {% endfor %}
    {{ return([]) }}
{% endmacro %}

{% macro assert_funnels(funnels) %}
    {% set names = [] %}
    {% for funnel in funnels %}
        {% set place = 'meta.funnels, ' ~ funnel.get('name', 'funnel ' ~ loop.index) %}
        {% do assert_known_keys(funnel, ['name', 'projects', 'window_hours', 'steps'], place) %}
        {% if not funnel.get('name') or funnel.name in names %}
            {% do exceptions.raise_compiler_error(place ~ ': each funnel needs a name of its own') %}
        {% endif %}
        {% if funnel.get('window_hours') is not number or funnel.window_hours <= 0 %}
            {% do exceptions.raise_compiler_error(place ~ ': window_hours must be a number above 0, the hours from the first step to the last') %}
        {% endif %}
        {% if funnel.get('projects', []) is string %}
            {% do exceptions.raise_compiler_error(place ~ ': projects must be a list of slugs; without it, the funnel is for all') %}
        {% endif %}
        {% do assert_funnel_steps(funnel.get('steps', []), place) %}
        {% do names.append(funnel.name) %}
    {% endfor %}
    {% do assert_step_conditions(funnels) %}
{% endmacro %}

{% macro assert_funnel_steps(steps, place) %}
    {% if steps | length < 2 %}
        {% do exceptions.raise_compiler_error(place ~ ': a funnel has two steps at least') %}
    {% endif %}
    {% for step in steps %}
        {% if not step.get('name') or steps | selectattr('name', 'equalto', step.name) | list | length > 1 %}
            {% do exceptions.raise_compiler_error(place ~ ', step ' ~ loop.index ~ ': each step needs a name of its own') %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{% macro assert_step_conditions(funnels) %}
    {#- By the same function that refuses a goal which can never be met. -#}
    {% if not funnels or flags.WHICH not in ['run', 'build', 'run-operation'] %}{{ return('') }}{% endif %}
    {% set steps = [] %}
    {% for funnel in funnels %}
        {% for step in funnel.steps %}
            {% do steps.append('(' ~ quoted(funnel.name ~ ', step ' ~ loop.index) ~ ', ' ~ quoted(tojson(step_condition(step))) ~ '::jsonb)') %}
        {% endfor %}
    {% endfor %}
    {% set problems = run_query(
        "select place || ': ' || problem from (values " ~ steps | join(', ') ~ ') as steps (place, condition) cross join lateral (select '
        ~ schema_name('radar') ~ ".goal_problem('custom', condition)) as checked (problem) where problem is not null limit 1").rows %}
    {% if problems %}{% do exceptions.raise_compiler_error('meta.funnels, ' ~ problems[0][0]) %}{% endif %}
{% endmacro %}

{% macro declared_funnels_sql() %}
    {#- Relation of the funnels: funnel_name, step_count, window_hours. -#}
    (values
        {%- for funnel in declared_funnels() %}
        ({{ quoted(funnel.name) }}, {{ funnel.steps | length }}, {{ funnel.window_hours }}::numeric),
        {%- endfor %}
        (null::text, null::integer, null::numeric)
    ) as funnels (funnel_name, step_count, window_hours)
{%- endmacro %}

{% macro declared_steps_sql(relation=none) %}
    {#- Relation of their steps: funnel_name, step, step_name; and is_met, by the event that the relation names. -#}
    (values
        {%- for funnel in declared_funnels() %}
        {%- for step in funnel.steps %}
        ({{ quoted(funnel.name) }}, {{ loop.index }}, {{ quoted(step.name) }}
            {%- if relation %}, {{ is_of_projects_sql(funnel) }} and {{ meets_step_sql(step, relation) }}{% endif %}),
        {%- endfor %}
        {%- endfor %}
        (null::text, null::integer, null::text{{ ', false' if relation }})
    ) as steps (funnel_name, step, step_name{{ ', is_met' if relation }})
{%- endmacro %}

{% macro meets_any_step_sql(relation) -%}
    {#- SQL condition that keeps few events before each is compared with each step. -#}
    {% set conditions = [] %}
    {% for funnel in declared_funnels() %}
        {% for step in funnel.steps %}{% do conditions.append(meets_step_sql(step, relation)) %}{% endfor %}
    {% endfor %}
    {{- '(' ~ (conditions | unique | join(' or ') or 'false') ~ ')' -}}
{%- endmacro %}

{% macro meets_step_sql(step, relation) -%}
    {{- '(' ~ event_condition_sql(step_condition(step), relation) | trim ~ ')' -}}
{%- endmacro %}

{% macro step_condition(step) %}
    {#- The step as it was declared, without its name. -#}
    {% set condition = {} %}
    {% for key, value in step.items() if key != 'name' %}{% do condition.update({key: value}) %}{% endfor %}
    {{ return(condition) }}
{% endmacro %}

{% macro is_of_projects_sql(funnel) -%}
    {% set slugs = [] %}
    {% for slug in funnel.get('projects', []) %}{% do slugs.append(quoted(slug)) %}{% endfor %}
    {{- 'stg_projects.slug in (' ~ slugs | join(', ') ~ ')' if slugs else 'true' -}}
{%- endmacro %}
