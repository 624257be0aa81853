"""Rights that nobody's contract gives: they open nothing of another tenant, a build takes them back, and all say so.

What is granted here is what Supabase tells people to run for a schema that its API exposes, and what databases may
have as default privileges since before Radar came.
"""

from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from radar.doctor import examine
from radar.errors import DbtError
from radar.server import Server
from tests.catalog_audit import problems
from tests.conftest import Database
from tests.tenants import ALPHA, BRAVO, NOBODY, copy_of, reader, rows_of, walk
from tests.test_roles import session_as

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

GRANTS: LiteralString = """
    grant usage on schema {schema} to anon, authenticated, service_role;
    grant all on all tables in schema {schema} to anon, authenticated, service_role;
    grant all on all routines in schema {schema} to anon, authenticated, service_role;
    grant all on all sequences in schema {schema} to anon, authenticated, service_role;
    alter default privileges in schema {schema} grant all on tables to anon, authenticated, service_role;
    alter default privileges in schema {schema} grant all on routines to anon, authenticated, service_role;
    alter default privileges in schema {schema} grant all on sequences to anon, authenticated, service_role"""

SERVICE_CALLS: tuple[LiteralString, ...] = (
    "select analytics.refresh_all_materialized_views()",
    "select analytics.cleanup_old_data()",
)


def grant_everything(database: Database, *schemas: str) -> None:
    """Run the instructions for the schemas, and give anon everything that the owner makes from now on, anywhere."""
    with database.connect() as owner:
        owner.execute(
            "do $$ begin create role anon nologin;"
            " exception when duplicate_object or unique_violation then null; end $$"
        )
        for schema in schemas:
            owner.execute(sql.SQL(GRANTS).format(schema=sql.Identifier(schema)))
        owner.execute("alter default privileges grant all on tables to anon")
        owner.execute("alter default privileges grant all on routines to anon")


@pytest.fixture(scope="module")
def granted(server: Server, tenants: Database) -> Iterator[Database]:
    """Two tenants in a database in which everything of the exposed schema was granted after the build."""
    with copy_of(server, "radar_tenants", "radar_granted") as database:
        grant_everything(database, "analytics")
        yield database


def test_a_member_reads_the_own_workspace_alone(granted: Database) -> None:
    with reader(granted, ALPHA.member_id) as connection:
        seen = walk(granted, connection, [BRAVO])
    assert seen.leaks == []
    assert seen.rows == rows_of(granted, ALPHA, "analytics")


@pytest.mark.parametrize("role", ["anon", "authenticated"])
def test_strangers_read_nothing_and_call_no_function_of_the_service(granted: Database, role: str) -> None:
    with session_as(granted, role) as connection:
        connection.execute("select set_config('request.jwt.claims', %s, false)", [f'{{"sub": "{NOBODY}"}}'])
        seen = walk(granted, connection, [ALPHA, BRAVO])
        assert seen.leaks == []
        assert set(seen.rows.values()) <= {0}
        for call in SERVICE_CALLS:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(call)
    with session_as(granted, role) as connection:
        for statement in ("delete from {}", "update {} set workspace_id = workspace_id"):
            for (table,) in granted.query(TABLES):
                assert changed_rows(connection, statement.format(table)) == 0


TABLES: LiteralString = """
    select oid::regclass::text from pg_class where relnamespace = 'analytics'::regnamespace and relkind = 'r'"""


def changed_rows(connection: psycopg.Connection, statement: str) -> int:
    """How many rows the statement changes; 0 when it is refused."""
    try:
        return connection.execute(statement.encode()).rowcount
    except psycopg.errors.InsufficientPrivilege:
        return 0


def test_the_gate_and_doctor_say_so_and_a_run_takes_them_back(
    granted: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    granted.execute("revoke select on analytics.sessions from authenticated")
    granted.execute("alter table ingest.events_default disable row level security")
    with pytest.raises(DbtError, match="rights_are_those_of_the_contracts"):
        granted.dbt("test", "--quiet", "-s", "rights_are_those_of_the_contracts")
    assert any("anon" in text for text in rights_found(granted))

    capfd.readouterr()
    granted.dbt("run", "--full-refresh", "-s", "user_activity", "form_submissions")
    said = " ".join(capfd.readouterr().out.split())
    assert "Taken back, because no contract gives it: what anon, authenticated, public, service_role had on" in said

    assert rights_found(granted) == []
    with granted.connect() as owner:
        owner.execute("alter default privileges revoke all on tables from anon")
        owner.execute("alter default privileges revoke all on routines from anon")
        assert problems(owner) == []
    granted.dbt("test", "--quiet", "-s", "rights_are_those_of_the_contracts")
    assert granted.query("select has_table_privilege('authenticated', 'analytics.sessions', 'select')") == [(True,)]
    assert granted.query("select has_schema_privilege('anon', 'analytics', 'usage')") == [(False,)]
    with session_as(granted, "service_role") as service:
        for call in SERVICE_CALLS:
            service.execute(call)
    capfd.readouterr()
    granted.dbt("run", "-s", "user_activity")
    assert "Taken back" not in capfd.readouterr().out


def rights_found(database: Database) -> list[str]:
    with database.connect() as connection:
        return next(found.texts for found in examine(connection) if found.check.subject == "rights")
