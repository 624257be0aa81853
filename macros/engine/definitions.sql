{#- What the rows of a table mean: the text of its model and of the views, macros and functions that it goes through, and the vars that
    these name. When that is edited, rows of before stay as they were made: a run says so, or rebuilds, as the contract says. -#}

{% macro remember_definitions(installed_functions) %}
    {#- Compares every definition with those that the rows were made with, and leaves in `graph` for the run:
        `used`, by model what a build of this run uses (a view that is not of the run is as the database has it), and `outdated`. -#}
    {% set models = schema_name('radar') ~ '.models' %}
    {% set texts = {'macros': {}, 'functions': functions_by_name(installed_functions)} %}
    {% set own, declared, used, outdated = {}, {}, {}, [] %}
    {% for node in nodes_with_definition() %}{% do own.update({node.name: own_definition(node, texts)}) %}{% endfor %}
    {% set known = {} %}
    {% for row in run_query('select model, definition, built_with from ' ~ models).rows %}{% do known.update({row[0]: [row[1], row[2]]}) %}{% endfor %}
    {% set in_database = dict(own) %}
    {% for node in nodes_with_definition() if node.config.materialized == 'view' and node.unique_id not in selected_resources and node.name in known %}
        {% do in_database.update({node.name: fromjson(known[node.name][1])[-1]}) %}
    {% endfor %}
    {% for node in nodes_with_definition() %}
        {% set views = views_below(node, []) if node.config.materialized != 'view' else [] %}
        {% do declared.update({node.name: with_views(own, node.name, views)}) %}
        {% do used.update({node.name: with_views(in_database, node.name, views) if views else own[node.name]}) %}
        {% if node.name in known and fromjson(known[node.name][1]) != [declared[node.name]] %}{% do outdated.append(node.name) %}{% endif %}
    {% endfor %}
    {% do graph.engine.update({'used': used, 'outdated': outdated}) %}
    {% do declare_definitions(models, declared, known) %}
{% endmacro %}

{% macro nodes_with_definition() %}
    {% set found = [] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized in ['incremental_by_key', 'view'] %}
        {% do found.append(node) %}
    {% endfor %}
    {{ return(found | sort(attribute='name')) }}
{% endmacro %}

{% macro own_definition(node, texts) %}
    {% set macros, functions, declared, values = {}, {}, {}, {} %}
    {% do collect_macros(node.depends_on.macros, macros, texts.macros) %}
    {% set text = without_comments(node.raw_code) ~ macros.values() | sort | join(' ') %}
    {% do collect_functions(text, functions, texts.functions) %}
    {% for key, value in node.config.get('meta', {}).items() if key != 'table' %}{% do declared.update({key: value}) %}{% endfor %}
    {% for name in modules.re.findall('var\\([\'"](\\w+)[\'"]', text) %}{% do values.update({name: var(name, none)}) %}{% endfor %}
    {{ return(local_md5(tojson([text, functions, declared, values], sort_keys=true))) }}
{% endmacro %}

{% macro collect_macros(unique_ids, found, known) %}
    {#- The project's macros that these call, by name, but those that say how and when rows are written and not what they are. -#}
    {% for unique_id in unique_ids if unique_id.startswith('macro.' ~ project_name ~ '.') and unique_id.split('.')[-1] not in found %}
        {% set name = unique_id.split('.')[-1] %}
        {% set macro = context[name].macro if name in context %}
        {% if macro and macro.original_file_path.split('/')[1] not in ['engine', 'contracts', 'retention', 'security', 'names.sql'] %}
            {% if name not in known %}{% do known.update({name: without_comments(macro.macro_sql)}) %}{% endif %}
            {% do found.update({name: known[name]}) %}
            {% do collect_macros(macro.depends_on.macros, found, known) %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{% macro functions_by_name(sql) %}
    {% set found = {} %}
    {% for part in sql.split('create or replace function ')[1:] %}
        {% set name = part.split('(')[0].split('.')[-1] | trim %}
        {% do found.update({name: found.get(name, '') ~ part.split('$function$;')[0]}) %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}

{% macro collect_functions(text, found, known) %}
    {#- Installed functions that the text calls, and those that they call. -#}
    {% for name in modules.re.findall('\\.(\\w+)\\(', text) if name in known and name not in found %}
        {% do found.update({name: known[name]}) %}
        {% do collect_functions(known[name], found, known) %}
    {% endfor %}
{% endmacro %}

{% macro views_below(node, found) %}
    {% for unique_id in node.depends_on.nodes if unique_id in graph.nodes and graph.nodes[unique_id].config.materialized == 'view' %}
        {% if graph.nodes[unique_id].name not in found %}
            {% do found.append(graph.nodes[unique_id].name) %}
            {% do views_below(graph.nodes[unique_id], found) %}
        {% endif %}
    {% endfor %}
    {{ return(found | sort) }}
{% endmacro %}

{% macro with_views(own, name, views) %}
    {% set parts = [own[name]] %}
    {% for view in views %}{% do parts.append(own[view]) %}{% endfor %}
    {{ return(local_md5(parts | join) if views else own[name]) }}
{% endmacro %}

{% macro without_comments(text) %}
    {#- Nor differences of white space: neither changes a row. -#}
    {% set text = modules.re.sub('(?s)\\{#.*?#\\}', '', text) %}
    {{ return(modules.re.sub('\\s+', ' ', modules.re.sub('(?m)^\\s*--.*$', '', text)) | trim) }}
{% endmacro %}

{% macro declare_definitions(models, declared, known) %}
    {#- A model that is seen for the first time counts as built with what it says now: before a build it has no rows, and of what an older
        version of Radar built nothing is known. -#}
    {% set rows = [] %}
    {% for name, definition in declared.items() if known.get(name, [none])[0] != definition %}
        {% do rows.append("('" ~ name ~ "', '" ~ definition ~ "', '" ~ tojson([definition]) ~ "')") %}
    {% endfor %}
    {% if rows %}
        {% do run_query('insert into ' ~ models ~ ' (model, definition, built_with) values ' ~ rows | join(', ')
                        ~ ' on conflict (model) do update set definition = excluded.definition; commit') %}
    {% endif %}
{% endmacro %}

{% macro tell_outdated() %}
    {#- When the run has ended: what is read from a table that was built anew is built anew, too. -#}
    {% set names = run_query('select model from ' ~ schema_name('radar') ~ '.models where not built_with <@ jsonb_build_array(definition) order by 1')
                   .columns[0].values() | list %}
    {% if names %}
        {% do print('Rows of an older definition are kept in ' ~ names | join(', ') ~ '. To build them and what reads them anew: '
                    ~ 'dbt run --full-refresh -s ' ~ names | join('+ ') ~ '+') %}
    {% endif %}
{% endmacro %}

{% macro rebuilds_when_redefined(node) %}
    {{ return(node.config.materialized == 'view'
              or node.config.get('meta', {}).get('table', {}).get('recompute', {}).get('when_redefined', 'keep') == 'rebuild') }}
{% endmacro %}

{% macro is_redefined() %}
    {#- Whether this model's rows were made with another definition and its contract says that they are built anew then. -#}
    {{ return(rebuilds_when_redefined(model) and model.name in graph.engine.outdated) }}
{% endmacro %}

{% macro record_definition(is_full) %}
    {#- Statement that records that rows of this model are made with the definition that the run uses. -#}
    {% set models, used = schema_name('radar') ~ '.models', "'" ~ tojson([graph.engine.used[model.name]]) ~ "'::jsonb" %}
    {{ return('update ' ~ models ~ ' set built_with = ' ~ (used if is_full else 'built_with || ' ~ used) ~ " where model = '" ~ model.name
              ~ "'" ~ ('' if is_full else ' and not built_with @> ' ~ used)) }}
{% endmacro %}
