{#- A run begins: the installation is up to date, the database is the one we know, and the horizon is drawn. -#}

{% macro start_run() %}
    {% if not execute or flags.WHICH not in ['run', 'build'] %}{{ return('') }}{% endif %}
    {% do install() %}
    {% do refuse_unknown_cluster() %}
    {% do remember_catalog() %}
    {% set radar = schema_name('radar') %}
    {#- Every transaction below the horizon is finished, so no row can appear below it later: what this run does not see, the
        next one will. -#}
    insert into {{ radar }}.runs (run_id, horizon)
    select '{{ invocation_id }}', pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    commit
{% endmacro %}

{% macro refuse_unknown_cluster() %}
    {% set known = run_query(
        'select i.system_identifier = c.system_identifier from ' ~ schema_name('radar') ~ '.installation as i, pg_control_system() as c'
    ).rows[0][0] %}
    {% if not known %}
        {% do exceptions.raise_compiler_error(
            'This database was restored into another PostgreSQL cluster, where transaction ids start anew: new events could be '
            ~ 'taken for old ones. Nothing was changed. Adopt it with: dbt run-operation adopt_database') %}
    {% endif %}
{% endmacro %}

{% macro adopt_database() %}
    {#- Makes a restored database this cluster's own: every raw row counts as arrived, and the next run builds all anew. -#}
    {% set radar = schema_name('radar') %}
    {% for node in graph.nodes.values() if node.config.materialized == 'raw_table' and 'ingest_xid' in node.columns %}
        {% set relation = api.Relation.create(schema=node.schema, identifier=node.alias) %}
        {% do log('Renumbering ' ~ relation, info=true) %}
        {% do run_query('update ' ~ relation ~ ' set ingest_xid = 0 where ingest_xid <> 0') %}
    {% endfor %}
    {% do run_query('truncate ' ~ radar ~ '.builds, ' ~ radar ~ '.watermarks, ' ~ radar ~ '.runs') %}
    {% do run_query('update ' ~ radar ~ '.installation set system_identifier = (select system_identifier from pg_control_system())') %}
    {% do run_query('commit') %}
    {% do log('Adopted. The next dbt run rebuilds every table.', info=true) %}
{% endmacro %}
