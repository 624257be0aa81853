{#- What a run does about wrong rights: it takes back what no contract gives, gives what is missing, and says so. -#}

{% macro restore_rights_function() %}
{% set radar = schema_name('radar') %}
create or replace function {{ radar }}.restore_rights() returns table (is_foreign boolean, told text)
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
declare
    wrong record;
    foreign_ones text[] := '{}';
    missing_ones text[] := '{}';
    grantees text[] := '{}';
begin
    perform pg_advisory_xact_lock(hashtext('{{ radar }}.rights'));
    for wrong in
        select
            rights.kind, rights.object, rights.is_foreign, rights.grantee, rights.owner::regrole::text as owner,
            case rights.grantee when 'public' then 'public' else quote_ident(rights.grantee) end as role,
            string_agg(rights.privilege_type || coalesce(' (' || quote_ident(rights.column_name) || ')', ''), ', ') as privileges
        from {{ radar }}.wrong_rights as rights
        group by 1, 2, 3, 4, 5, 6
        order by 1, 2
    loop
        begin
            execute case
                when wrong.kind = 'row security' then format('alter table %s enable row level security', wrong.object)
                when wrong.kind = 'view' then format('alter view %s set (security_invoker = true)', wrong.object)
                when wrong.kind like 'default %' then format(
                    'alter default privileges for role %s in schema %s revoke all on %s from %s',
                    wrong.owner, wrong.object, substring(wrong.kind from 9), wrong.role)
                when wrong.is_foreign then format(
                    'revoke %s on %s %s from %s cascade', wrong.privileges, wrong.kind, wrong.object, wrong.role)
                else format('grant %s on %s %s to %s', wrong.privileges, wrong.kind, wrong.object, wrong.role)
            end;
        exception when others then null;  -- not ours to change, or another run is at it: what is still wrong, doctor and the tests say
        end;
        if wrong.is_foreign then
            foreign_ones := foreign_ones || (wrong.kind || ' ' || wrong.object);
            grantees := grantees || wrong.grantee;
        else
            missing_ones := missing_ones || (wrong.kind || ' ' || wrong.object);
        end if;
    end loop;
    return query
    select rights.is_foreign, rights.told || (
        select count(*) || ' objects: ' || string_agg(name, ', ' order by name) filter (where number <= 3) || case when count(*) > 3 then ' ...' else '' end
        from (select name, row_number() over (order by name) as number from unnest(rights.objects) as name group by name) as objects)
    from (values
        (true, 'Taken back, because no contract gives it: what ' || (
            select string_agg(distinct name, ', ' order by name) from unnest(grantees) as name) || ' had on ', foreign_ones),
        (false, 'Given again, because a contract gives it: what was missing on ', missing_ones)
    ) as rights (is_foreign, told, objects)
    where cardinality(rights.objects) > 0;
end
$function$;
comment on function {{ radar }}.restore_rights() is
    'Makes the rights on what is Radar''s those of its contracts, and says in a sentence what it took back (is_foreign) and what it gave.';
{% endmacro %}

{% macro restore_rights(is_new=false) %}
    {#- After an installation much is missing: that is no news. -#}
    {% for row in run_query('select is_foreign, told from ' ~ schema_name('radar') ~ '.restore_rights()').rows %}
        {% if row[0] or not is_new %}{% do exceptions.warn(row[1]) %}{% endif %}
    {% endfor %}
{% endmacro %}

{% macro end_run() %}
    {#- Tables, partitions and journals that the run made have what default privileges give. -#}
    {% if execute and flags.WHICH in ['run', 'build'] %}
        {% do restore_rights() %}
        {% do run_query('commit') %}
        {% do tell_outdated() %}
    {% endif %}
{% endmacro %}
