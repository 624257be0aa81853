{#- Whether a model has anything to do. -#}

{% macro has_news(recompute, state) %}
    {#- Whether there is anything to read since the last build. Most models of a short run have nothing: for them this is all. -#}
    {% if recompute.get('whole') or sources_have_changed(state) %}{{ return(true) }}{% endif %}
    {% set own = state.models[model.name] %}
    {% set news = [] %}
    {% if recompute.get('arrivals') %}
        {% do news.append('exists (select from ' ~ schema_name('ingest') ~ '.' ~ recompute.arrivals ~ ' where '
                          ~ arrived_condition(own.horizon, state.horizon) ~ ')') %}
    {% endif %}
    {% if recompute.get('mirrors') %}
        {% do news.append('exists (select from ' ~ rewritten(app_table(recompute.mirrors, versions=true)) ~ ' as rewritten)') %}
        {% do news.append(rows_vanished(mirrored_rows(recompute))) %}
    {% endif %}
    {{ return(news and run_query('select ' ~ news | join(' or ')).rows[0][0]) }}
{% endmacro %}

{% macro sources_have_changed(state) %}
    {% for name, source in state.models.items() if name != model.name and source.build != source.seen %}{{ return(true) }}{% endfor %}
    {{ return(false) }}
{% endmacro %}

{% macro nothing_to_do(query="select 'nothing has changed'") %}
    {#- dbt wants a result, and commits only what a statement began. -#}
    {% call statement('main') %}
        {{ query }}
    {% endcall %}
{% endmacro %}
