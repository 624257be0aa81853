{#- What is remembered of models that are no more: it would hold back retention, and journals would be kept for who never reads them. -#}

{% macro forget_gone_models() %}
    {#- Of models that a whole run does not know, and in any run of those whose table is gone. (A run of some models may be another branch's:
        what is forgotten of a model that is there is built anew.) Their tables stay, and are named. -#}
    {% set radar, names, pairs, is_whole = schema_name('radar'), [], [], [true] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized == 'incremental_by_key' %}
        {% do names.append(quoted(node.name)) %}
        {% for source in node.config.meta.table.recompute.get('when_changed', {}) %}{% do pairs.append("('" ~ node.name ~ "', '" ~ source ~ "')") %}{% endfor %}
        {% if node.unique_id not in selected_resources %}{% do is_whole.append(false) %}{% endif %}
    {% endfor %}
    {% if not names %}{{ return('') }}{% endif %}
    {% set is_whole = is_whole | min %}
    {% set gone = run_query(
        'select model, to_regclass(relation)::text from (select model from ' ~ radar ~ '.builds union select unnest(array[model, source]) from ' ~ radar
        ~ ".watermarks) as known cross join lateral (select format('%I.%I', '" ~ schema_name('analytics') ~ "', model) as relation) as named"
        ~ ' where model not in (' ~ names | join(', ') ~ ') and (' ~ is_whole ~ ' or to_regclass(relation) is null) order by 1').rows %}
    {% for row in gone %}
        {% do run_query(forget_model_sql(row[0])) %}
        {% do print(row[0] ~ ' is no model any more: what was remembered of it is forgotten.'
                    ~ (' Its table is left as it is, and no run follows: drop table ' ~ row[1] if row[1] else '')) %}
    {% endfor %}
    {% if is_whole and pairs %}
        {% do run_query('delete from ' ~ radar ~ '.watermarks where (model, source) not in (values ' ~ pairs | join(', ') ~ '); commit') %}
    {% endif %}
{% endmacro %}

{% macro forget_model_sql(name) %}
    {% set radar = schema_name('radar') %}
    delete from {{ radar }}.builds where model = '{{ name }}';
    delete from {{ radar }}.watermarks where '{{ name }}' in (model, source);
    delete from {{ radar }}.models where model = '{{ name }}';
    drop table if exists {{ changes_table(name) }};
    commit
{% endmacro %}
