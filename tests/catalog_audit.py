"""What is wrong with the rights in a database, read from its catalog: whatever is added later is looked at too."""

from typing import LiteralString

import psycopg

KNOWN_DEFINERS = {
    "radar.current_workspaces()",  # the caller's own workspaces, for the policies
    "radar.local_date(uuid,uuid)",  # the date at a place, to whoever knows a project's and a workspace's random ids
    "radar.nearest_own_calls(uuid,uuid,vector,numeric,integer)",  # calls of the caller's own workspaces
}
"""Functions with the owner's rights that readers may call. Before one is added: show what it tells to whom."""

OWN_WORKSPACES = "(workspace_id = ANY (( SELECT radar.current_workspaces() AS current_workspaces)::uuid[]))"


def problems(owner: psycopg.Connection) -> list[str]:
    """A sentence for each relation, function, schema or role whose rights are wrong; none when all is well."""
    found = [sentence for query in AUDITS for (sentence,) in owner.execute(OURS + query)]
    definers = {name for (name,) in owner.execute(OURS + READABLE_DEFINERS)} - KNOWN_DEFINERS
    return found + [f"{name} runs with its owner's rights and readers may call it" for name in sorted(definers)]


OURS: LiteralString = """
    with schemas as (
        select oid, nspname, nspowner, nspacl from pg_namespace
        where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')
    ),
    relations as (
        select pg_class.*, pg_class.oid::regclass::text as name, nspname
        from pg_class inner join schemas on schemas.oid = relnamespace
    ),
    functions as (
        select pg_proc.*, pg_proc.oid::regprocedure::text as name
        from pg_proc inner join schemas on schemas.oid = pronamespace
    )"""

READABLE_DEFINERS: LiteralString = """
    select name from functions where prosecdef and has_function_privilege('authenticated', oid, 'execute')"""

AUDITS: tuple[LiteralString, ...] = (
    "select name || ' has no row security' from relations where relkind in ('r', 'p') and not relrowsecurity",
    """select distinct name || ' has no policy for ' || grantee::regrole
    from relations cross join lateral aclexplode(relacl)
    where relkind in ('r', 'p') and grantee <> relowner and not exists (
        select from pg_policy where polrelid = relations.oid and polroles && array[grantee, 0::oid])""",
    f"""select name || ' lets readers see rows where ' || coalesce(pg_get_expr(polqual, polrelid), 'true')
    from pg_policy inner join relations on relations.oid = polrelid
    where polroles && array['authenticated'::regrole::oid, 0::oid]
    and (polcmd <> 'r' or pg_get_expr(polqual, polrelid) is distinct from '{OWN_WORKSPACES}')""",
    """select name || ' has no workspace_id that is never null'
    from relations
    where nspname = 'analytics' and relkind in ('r', 'p') and not exists (
        select from pg_attribute where attrelid = relations.oid and attname = 'workspace_id' and attnotnull)""",
    """select name || ' is a view with the rights of its owner'
    from relations where relkind = 'v' and not coalesce(reloptions, '{}') @> '{security_invoker=true}'""",
    """select name || ' has no row security in PostgreSQL, and readers may read it'
    from relations where relkind in ('m', 'f') and has_any_column_privilege('authenticated', oid, 'select')""",
    """select name || ' is outside of analytics, and readers may read it'
    from relations
    where nspname <> 'analytics' and relkind in ('r', 'p', 'v', 'm', 'f')
    and has_any_column_privilege('authenticated', oid, 'select')""",
    """select name || ' can be written by readers'
    from relations
    where relkind in ('r', 'p', 'v', 'm', 'f') and (
        has_any_column_privilege('authenticated', oid, 'insert, update, references')
        or has_table_privilege('authenticated', oid, 'delete, truncate, trigger'))""",
    """select nspname || ': readers may create in it'
    from schemas where has_schema_privilege('authenticated', oid, 'create')""",
    """select 'the schema ' || nspname || ' is granted to public'
    from schemas cross join lateral aclexplode(nspacl) where grantee = 0""",
    "select name || ' is granted to public' from relations cross join lateral aclexplode(relacl) where grantee = 0",
    """select name || '.' || attname || ' is granted to public'
    from relations inner join pg_attribute on attrelid = relations.oid cross join lateral aclexplode(attacl)
    where grantee = 0""",
    """select name || ' is granted to public'
    from functions cross join lateral aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0""",
    "select 'default rights for public' from pg_default_acl cross join lateral aclexplode(defaclacl) where grantee = 0",
    """select name || ' runs with its owner''s rights and a search_path that callers choose'
    from functions where prosecdef and not coalesce(proconfig, '{}') @> '{"search_path=pg_catalog, pg_temp"}'""",
    """select rolname || ' is more than a role to grant to'
    from pg_roles
    where rolname in ('authenticated', 'radar_ingest', 'service_role')
    and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolcanlogin)""",
)
