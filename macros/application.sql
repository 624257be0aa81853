{#- Whether the main application's tables are as Radar needs them: asked when a run begins, before anything is made. -#}

{% macro refuse_unfit_application() %}
    {% if var('standalone') %}{{ return('') }}{% endif %}
    {% set tables = app_sources() %}
    {% do assert_known_keys(var('app_tables'), tables, 'The var app_tables') %}
    {% set problems = [] %}
    {% for name in tables %}
        {% do assert_known_keys(var('app_tables').get(name, {}), ['table', 'columns'], 'The var app_tables, ' ~ name) %}
        {% for row in run_query(application_problems_sql(name)).rows %}{% do problems.append(row[0]) %}{% endfor %}
    {% endfor %}
    {% if problems %}
        {% do exceptions.raise_compiler_error(
            'The application is not as Radar needs it: ' ~ problems | join('; ') ~ '. Nothing was changed. The var app_tables says what its '
            ~ 'tables and columns are called (null: it has no such column), and docs/transformer_role.sql gives the rights.') %}
    {% endif %}
{% endmacro %}

{% macro app_sources() %}
    {% set names = [] %}
    {% for node in graph.sources.values() | sort(attribute='name') if node.source_name == 'app' %}{% do names.append(node.name) %}{% endfor %}
    {{ return(names) }}
{% endmacro %}

{% macro application_problems_sql(name) %}
    {#- One text for each thing that is wrong with the table. Under row security a table without a policy that shows us everything looks
        like an empty one. A policy for everybody counts when it shows every row, one for this very role in any case. -#}
    {% set schema, table = schema_name('app') | trim, app_table_name(name) %}
    with
    found as (
        select
            class.oid, format('%s.%s', nspname, relname) as name, has_schema_privilege(namespace.oid, 'usage') as is_in_reach,
            relkind in ('r', 'p') and row_security_active(class.oid) as is_guarded
        from pg_class as class inner join pg_namespace as namespace on namespace.oid = relnamespace
        where nspname = {{ quoted(schema) }} and relname = {{ quoted(table) }} and relkind in ('r', 'p', 'f', 'v', 'm')
    ),
    columns as (
        select found.*, wanted.own, wanted.position, attribute.attnum
        from found
        cross join (values
            {% for column in app_columns(name) if column.own %}({{ quoted(column.own) }}, {{ loop.index }}){{ ', ' if not loop.last }}{% endfor %}
        ) as wanted (own, position)
        left join pg_attribute as attribute
            on attribute.attrelid = found.oid and attribute.attname = wanted.own and attribute.attnum > 0 and not attribute.attisdropped
    ),
    policies as (
        select polpermissive, pg_get_expr(polqual, polrelid) = 'true' as shows_all, polroles @> array[current_user::regrole::oid] as is_ours
        from pg_policy inner join found on found.oid = polrelid
        where
            polcmd in ('r', '*')
            and (0 = any(polroles) or exists (select from unnest(polroles) as role where role <> 0 and pg_has_role(role, 'usage')))
    )
    select {{ quoted(schema ~ '.' ~ table ~ ' is missing') }} where not exists (select from found)
    union all
    select name || ' has no column ' || string_agg(own, ', ' order by position) from columns where attnum is null group by name
    union all
    select format('%s may not read %s', current_user, name) from columns
    where attnum is not null group by name having not bool_and(is_in_reach and has_column_privilege(oid, attnum, 'select'))
    union all
    select format('%s has row security and no policy that shows %s every row', name, current_user) from found
    where
        is_guarded and (
            not exists (select from policies where polpermissive and (shows_all or is_ours))
            or exists (select from policies where not polpermissive and not shows_all))
{% endmacro %}
