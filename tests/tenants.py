"""Two tenants whose every row says whose it is, a login with a reader's rights, and a walk over all it can reach."""

import itertools
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString
from uuid import UUID, uuid5

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from radar.server import Server
from tests.conftest import Database, make_database
from tests.tenant_rows import EVENTS, PROJECT, RARE, TENANT

NAMESPACE = UUID("5b8e2f60-0000-4000-8000-000000000000")
NOBODY = uuid5(NAMESPACE, "nobody")
"""A user who is a member of no workspace."""

LOGIN = "radar_test_login"


@dataclass(frozen=True)
class Tenant:
    name: str

    @property
    def workspace_id(self) -> UUID:
        return uuid5(NAMESPACE, f"{self.name} workspace")

    @property
    def project_id(self) -> UUID:
        return uuid5(NAMESPACE, f"{self.name} project")

    @property
    def member_id(self) -> UUID:
        return uuid5(NAMESPACE, f"{self.name} member")

    @property
    def secret(self) -> str:
        """Stands in every text of the tenant's rows and in no name that others could guess."""
        return f"{self.name}-secret-{self.workspace_id.hex[:8]}"

    @property
    def signs(self) -> list[str]:
        """What gives a row or a message away as this tenant's."""
        return [self.secret, str(self.workspace_id), str(self.project_id)]


ALPHA, BRAVO = Tenant("alpha"), Tenant("bravo")


@contextmanager
def copy_of(server: Server, template: str, name: str) -> Iterator[Database]:
    """A copy of a database, which is gone afterwards."""
    try:
        yield make_database(server, name, template)
    finally:
        with psycopg.connect(server.dsn, autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def add_tenant(database: Database, tenant: Tenant) -> None:
    """A workspace with a member, a project, a goal, events of every kind and a rejected one."""
    ids = {"workspace": tenant.workspace_id, "project": tenant.project_id, "member": tenant.member_id}
    with database.connect() as connection:
        for statement in TENANT:
            connection.execute(statement, {**ids, "name": tenant.name, "secret": tenant.secret})
    add_project(database, tenant)
    add_events(database, tenant)
    with database.connect() as connection:
        for statement in RARE:
            connection.execute(statement, {**ids, "name": tenant.name, "secret": tenant.secret})


def add_project(database: Database, tenant: Tenant) -> None:
    """The project that the events belong to."""
    ids = {"workspace": tenant.workspace_id, "project": tenant.project_id}
    with database.connect() as connection:
        connection.execute(PROJECT, {**ids, "name": tenant.name, "secret": tenant.secret})


def add_events(database: Database, tenant: Tenant, first: int = 1, last: int = 60) -> None:
    """One event a minute back from now, of three visitors."""
    ids = {"workspace": tenant.workspace_id, "project": tenant.project_id, "secret": tenant.secret}
    with database.connect() as connection:
        connection.execute(EVENTS, {**ids, "first": first, "last": last})


@contextmanager
def reader(database: Database, user_id: UUID | None = None) -> Iterator[psycopg.Connection]:
    """A connection as an API server makes one for a user (None: for a visitor who is not logged in)."""
    with database.connect() as owner:
        if owner.execute("select from pg_roles where rolname = %s", [LOGIN]).fetchone() is None:
            owner.execute(sql.SQL("create role {} login in role authenticated").format(sql.Identifier(LOGIN)))
    with psycopg.connect(make_conninfo(database.direct_dsn or database.dsn, user=LOGIN), autocommit=True) as connection:
        claim(connection, user_id)
        yield connection


def claim(connection: psycopg.Connection, user_id: UUID | None) -> None:
    """Say who the user of the connection is from now on."""
    claims = "" if user_id is None else json.dumps({"sub": str(user_id), "role": "authenticated"})
    connection.execute("select set_config('request.jwt.claims', %s, false)", [claims])


@dataclass
class Walk:
    """What a reader got: rows by relation, and every sign of somebody else's."""

    rows: dict[str, int] = field(default_factory=dict)
    denied: set[str] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)


def walk(database: Database, connection: psycopg.Connection, foreign: Sequence[Tenant]) -> Walk:
    """Read every relation and call every function of the database, reachable or not, as the connection's user."""
    seen = Walk()
    for (relation,) in database.query(RELATIONS):
        try:
            # Of a sequence only its columns can be read, not its row.
            read = f"select to_jsonb(this)::text from (select * from {relation}) as this"
            rows = connection.execute(read.encode()).fetchall()
        except psycopg.errors.InsufficientPrivilege as error:
            seen.denied.add(relation)
            rows = [(str(error),)]
        else:
            seen.rows[relation] = len(rows)
        seen.leaks += _signs(relation, rows, foreign)
    for name, types in database.query(FUNCTIONS):
        for arguments in itertools.islice(itertools.product(*(_guesses(type_, foreign) for type_ in types)), 300):
            seen.leaks += _call(connection, name, types, arguments, foreign)
    return seen


def rows_of(database: Database, tenant: Tenant, schema: str) -> dict[str, int]:
    """How many rows of the tenant each relation of the schema holds, as the owner sees them."""
    relations = [name for (name,) in database.query(RELATIONS) if name.startswith(f"{schema}.")]
    count = "select count(*) from {} where workspace_id = {}"
    with database.connect() as owner:
        query = sql.SQL(" union all ").join(
            sql.SQL(count).format(sql.Identifier(*name.split(".")), tenant.workspace_id) for name in relations
        )
        return dict(zip(relations, [rows for (rows,) in owner.execute(query)], strict=True))


def _call(
    connection: psycopg.Connection, name: str, types: list[str], arguments: Sequence[Any], foreign: Sequence[Tenant]
) -> list[str]:
    values = ", ".join(f"%s::{type_}" for type_ in types)
    try:
        call = f"select to_jsonb(this)::text from {name}({values}) as this"
        rows = connection.execute(call.encode(), arguments).fetchall()
    except psycopg.errors.InsufficientPrivilege as error:
        rows = [(str(error),)]
    except psycopg.Error as error:
        rows = [(f"{error} {error.diag.message_detail} {error.diag.context}",)]
    return _signs(name, rows, foreign, known=repr(arguments))


def _signs(where: str, rows: Sequence[Any], foreign: Sequence[Tenant], known: str = "") -> list[str]:
    """Foreign signs in the rows, beside those that the caller knew already."""
    signs = [sign for tenant in foreign for sign in tenant.signs if sign not in known]
    return [f"{where}: {sign}" for sign in signs if any(sign in str(row[0]) for row in rows)]


def _guesses(type_: str, foreign: Sequence[Tenant]) -> list[Any]:
    tenant = foreign[0]
    guesses: dict[str, list[Any]] = {
        "uuid": [tenant.workspace_id, tenant.project_id, tenant.member_id],
        "text": [str(tenant.workspace_id), tenant.name, "analytics.sessions", "1"],
        "regclass": ["ingest.events", "analytics.sessions"],
        "jsonb": ["{}", json.dumps({"workspace_id": str(tenant.workspace_id)})],
        "date": ["2026-01-01", "2026-12-31"],
        "integer": [1],
        "boolean": [True],
    }
    return guesses.get(type_, [None])


RELATIONS: LiteralString = """
    select format('%%I.%%I', nspname, relname)
    from pg_class inner join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p', 'v', 'm', 'f', 'S') and nspname !~ '^pg_' and nspname <> 'information_schema'
    order by 1"""

FUNCTIONS: LiteralString = """
    select format('%%I.%%I', nspname, proname), array(
        select format_type(type, null) from unnest(proargtypes::oid[]) with ordinality as types (type, position)
        order by position)
    from pg_proc inner join pg_namespace on pg_namespace.oid = pronamespace
    where prokind = 'f' and prorettype <> 'trigger'::regtype and nspname !~ '^pg_' and nspname <> 'information_schema'
    order by 1"""
