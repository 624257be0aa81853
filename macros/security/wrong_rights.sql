{#- Rights on what is Radar's: those that contracts and macros give, and those that somebody else gave. Supabase's own instructions for a
    schema that its API exposes grant everything in it to anon and authenticated, and so do its default privileges. -#}

{% macro wrong_rights_view() %}
{#- Kinds are as GRANT and ALTER DEFAULT PRIVILEGES write them. -#}
{% set radar = schema_name('radar') %}
create or replace view {{ radar }}.wrong_rights with (security_invoker = true) as
with
schemas as (
    select oid, nspname, nspowner, nspacl from pg_catalog.pg_namespace
    where nspname = any({{ names_array(schema_users()) }})
),
relations as (
    select
        class.oid, format('%I.%I', nspname, relname) as object, nspname, relname, relkind, relowner, relacl, relrowsecurity, reloptions,
        contracts.relation is not null as has_contract
    from pg_catalog.pg_class as class
    inner join schemas on schemas.oid = relnamespace
    left join {{ radar }}.contracts on contracts.relation = format('"%s"."%s"', nspname, relname)
    where relkind in ('r', 'p', 'v', 'S') and (
        contracts.relation is not null or nspname = '{{ radar }}' or exists (
            select from pg_catalog.pg_inherits
            inner join pg_catalog.pg_class as parent on parent.oid = inhparent
            inner join {{ radar }}.contracts as of_parent on of_parent.relation = format('"%s"."%s"', nspname, parent.relname)
            where inhrelid = class.oid))
),
functions as (
    select oid, oid::regprocedure::text as object, nspname, proname, proowner, proacl
    from (
        select process.oid, nspname, proname, proowner, proacl
        from pg_catalog.pg_proc as process inner join schemas on schemas.oid = pronamespace
        where prokind in ('f', 'p') and (nspname = '{{ radar }}' or (nspname, proname) in ({{ function_values() | join(', ') }}))
    ) as ours
    where not exists (select from pg_catalog.pg_depend where objid = ours.oid and deptype = 'e')
),
present as (
    select 'schema' as kind, format('%I', nspname) as object, null::name as column_name, acl.grantee, acl.privilege_type, nspowner as owner
    from schemas cross join lateral aclexplode(nspacl) as acl
    union all
    select case relkind when 'S' then 'sequence' else 'table' end, object, null, acl.grantee, acl.privilege_type, relowner
    from relations cross join lateral aclexplode(relacl) as acl
    union all
    select 'table', object, attname, acl.grantee, acl.privilege_type, relowner
    from relations
    inner join pg_catalog.pg_attribute on attrelid = relations.oid and attnum > 0 and not attisdropped
    cross join lateral aclexplode(attacl) as acl
    union all
    select 'routine', object, null, acl.grantee, acl.privilege_type, proowner
    from functions cross join lateral aclexplode(coalesce(proacl, acldefault('f', proowner))) as acl
    union all
    select 'default ' || case defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'routines' else 'types' end,
        format('%I', nspname), null, acl.grantee, acl.privilege_type, defaclrole
    from pg_catalog.pg_default_acl
    inner join schemas on schemas.oid = defaclnamespace and nspowner = defaclrole
    cross join lateral aclexplode(defaclacl) as acl
),
wanted as (
    {% for schema, users in schema_users().items() %}
    select 'schema' as kind, format('%I', nspname) as object, null::name as column_name, roles.oid as grantee, 'USAGE' as privilege_type, nspowner as owner
    from schemas inner join pg_catalog.pg_roles as roles on rolname = any({{ role_names(users + ['service']) }})
    where nspname = '{{ schema_name(schema) }}'
    union all
    {% endfor %}
    select 'table', object, null, roles.oid, acl.privilege_type, relowner
    from relations
    cross join lateral aclexplode(acldefault('r', relowner)) as acl
    inner join pg_catalog.pg_roles as roles
        on rolname = '{{ var("roles").service }}'
        or (rolname = '{{ var("roles").reader }}' and nspname = '{{ schema_name("analytics") }}' and acl.privilege_type = 'SELECT')
    where has_contract or (object = '{{ radar }}.builds' and acl.privilege_type = 'SELECT')
    union all
    -- Whoever inserts events draws their numbers.
    select 'sequence', object, null, roles.oid, 'USAGE', relowner
    from relations inner join pg_catalog.pg_roles as roles on rolname = any({{ role_names(['ingest', 'service']) }})
    where relkind = 'S' and object = '{{ radar }}.arrivals'
    union all
    select 'table', object, attname, roles.oid, 'INSERT', relowner
    from relations
    inner join pg_catalog.pg_attribute on attrelid = relations.oid and attnum > 0 and not attisdropped
    inner join pg_catalog.pg_roles as roles on rolname = '{{ var("roles").ingest }}'
    where has_contract and nspname = '{{ schema_name("ingest") }}' and attname <> 'ingest_xid' and attgenerated = ''
    union all
    select 'routine', object, null, roles.oid, 'EXECUTE', proowner
    from functions
    left join (values {{ function_values(with_roles=true) | join(', ') }}) as users (nspname, proname, role) using (nspname, proname)
    inner join pg_catalog.pg_roles as roles on rolname in ('{{ var("roles").service }}', users.role)
)
select kind, object, column_name, coalesce(rolname, 'public') as grantee, privilege_type, true as is_foreign, owner
from (select * from present where grantee <> owner except select * from wanted) as given
left join pg_catalog.pg_roles as roles on roles.oid = given.grantee
union all
select kind, object, column_name, rolname, privilege_type, false, owner
from (select * from wanted where grantee <> owner except select * from present) as missing
inner join pg_catalog.pg_roles as roles on roles.oid = missing.grantee
union all
select case relkind when 'v' then 'view' else 'row security' end, object, null, 'public', null, true, relowner
from relations
where (relkind in ('r', 'p') and not relrowsecurity) or (relkind = 'v' and not coalesce(reloptions, '{}') @> '{security_invoker=true}');
comment on view {{ radar }}.wrong_rights is
    'One row per right on what is Radar''s that is not as its contracts say: given by somebody else (is_foreign), or missing.
The kinds row security and view: a table without it, a view with the rights of its owner.';
{% endmacro %}

{% macro names_array(names) -%}
    array[{% for name in names %}'{{ schema_name(name) }}'{{ ', ' if not loop.last }}{% endfor %}]::name[]
{%- endmacro %}

{% macro role_names(keys) -%}
    array[{% for key in keys %}{{ quoted(var('roles')[key]) }}{{ ', ' if not loop.last }}{% endfor %}]::name[]
{%- endmacro %}

{% macro function_values(with_roles=false) %}
    {% set rows = [] %}
    {% for schema, functions in function_users().items() %}
        {% for name, role in functions.items() %}
            {% set user = (', ' ~ (quoted(var('roles')[role]) if role else 'null') ~ '::name') if with_roles else '' %}
            {% do rows.append('(' ~ quoted(schema_name(schema)) ~ '::name, ' ~ quoted(name) ~ '::name' ~ user ~ ')') %}
        {% endfor %}
    {% endfor %}
    {{ return(rows) }}
{% endmacro %}
