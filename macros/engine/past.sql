{#- Transaction ids tell what is new. They do so only as long as this database goes on with the past in which they were given out. -#}

{% macro past_problem_function() %}
{#- plpgsql, because the first run asks before the raw tables are there. A physical copy (a base backup, a standby, a point in time) brings
    its counter with it and goes on. A dump does not: restoring writes the row of radar.past anew, so the transaction that
    wrote it is no longer the one that the row names, and is the first one of this past. -#}
create or replace function {{ schema_name('radar') }}.past_problem() returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $function$
declare
    next_xid constant bigint := pg_snapshot_xmax(pg_current_snapshot());
    known record;
    read_until bigint;
    is_given_again boolean;
    raw_table regclass;
    is_ahead boolean;
begin
    select
        system_identifier = (select system_identifier from pg_control_system()) as is_same_cluster,
        {{ is_restored() }} as is_restored,
        -- The counter has 64 bits, and a row keeps the lower 32 of them.
        next_xid - mod(next_xid - past.xmin::text::bigint + 4294967296, 4294967296) as written_by
    into known
    from {{ schema_name('radar') }}.installation left join {{ schema_name('radar') }}.past on true;
    select max(horizon) into read_until
    from (
        select horizon from {{ schema_name('radar') }}.builds
        union all select horizon from {{ schema_name('radar') }}.runs
    ) as known_horizons;
    -- When the counter has passed all horizons again, the ids that runs rolled back tell it. (Of old ones PostgreSQL has forgotten it.)
    is_given_again := exists (
        select from {{ schema_name('radar') }}.runs
        where case when given_up < next_xid then pg_xact_status(given_up::text::xid8) <> 'aborted' end);
    if not known.is_same_cluster then
        return 'This database was restored into another PostgreSQL cluster, where transaction ids start anew';
    elsif known.is_restored and read_until > known.written_by then
        return 'This database was restored from a dump of a cluster that was ahead of this one: transaction ids come a second time';
    elsif read_until > next_xid or is_given_again then
        return 'The transaction ids of this cluster went back: they come a second time';
    end if;
    for raw_table in
        select attrelid::regclass from pg_attribute
        inner join pg_class on pg_class.oid = attrelid
        where attname = 'ingest_xid' and relnamespace = to_regnamespace('{{ schema_name("ingest") }}') and not relispartition
            and relkind in ('r', 'p')
    loop
        execute format('select exists (select from %s where ingest_xid >= $1)', raw_table) into is_ahead using next_xid;
        if is_ahead then
            return format('%s has rows of transactions that this cluster has not begun', raw_table);
        end if;
    end loop;
    return null;
end
$function$;
comment on function {{ schema_name('radar') }}.past_problem() is
    'Why new rows could be taken for old ones here, since the past of the cluster was replaced; null when all is well.';
{% endmacro %}

{% macro is_restored() %}
    {#- SQL, of the row of radar.past: whether a dump brought it here. -#}
    {{- return('mod(past.written_by, 4294967296) <> past.xmin::text::bigint') -}}
{% endmacro %}

{% macro refuse_replaced_past() %}
    {#- A restored database that can go on with its ids makes the row its own. -#}
    {% set radar = schema_name('radar') %}
    {% set found = run_query('select ' ~ radar ~ '.past_problem(), ' ~ is_restored() ~ ' from ' ~ radar ~ '.installation left join ' ~ radar ~ '.past on true').rows[0] %}
    {% if found[0] %}
        {% do exceptions.raise_compiler_error(
            found[0] ~ ', and new events could be taken for old ones. Nothing was changed. Adopt it with: dbt run-operation adopt_database') %}
    {% endif %}
    {% if found[1] %}
        {% do run_query(written_by_us() ~ '; commit') %}
        {% do log('This database was restored from a dump of this cluster; its transaction ids go on.', info=true) %}
    {% endif %}
{% endmacro %}

{% macro written_by_us() %}
    {% set past = schema_name('radar') ~ '.past' %}
    {{- return('delete from ' ~ past ~ '; insert into ' ~ past ~ ' select pg_current_xact_id()::text::bigint') -}}
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
    {% do run_query(written_by_us() ~ '; update ' ~ radar ~ '.installation set system_identifier = (select system_identifier from pg_control_system())') %}
    {% do run_query('commit') %}
    {% do log('Adopted. The next dbt run rebuilds every table.', info=true) %}
{% endmacro %}
