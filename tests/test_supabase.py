"""Radar beside an application on Supabase: from nothing to numbers, whatever is granted to the roles of its API."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from typer.testing import CliRunner

from radar import cli, last_run
from radar.demo.database import DemoError, stored_plan
from radar.errors import DbtError
from radar.load.project import find_project
from radar.server import Server
from tests.catalog_audit import problems
from tests.conftest import Database
from tests.supabase import BESIDE, supabase
from tests.tenants import ALPHA, BRAVO, Tenant, add_events, add_project, claim, walk
from tests.test_rights import grant_everything
from tests.test_roles import TRANSFORMER, as_transformer, prepare, session_as

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own


@pytest.fixture(scope="module")
def application(server: Server) -> Iterator[Database]:
    """The application before Radar comes; what dbt runs as has its role, and no more than that."""
    with supabase(server, "radar_supabase") as database:
        prepare(database)
        yield database
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(TRANSFORMER)))


def said(capfd: pytest.CaptureFixture[str]) -> str:
    return " ".join(capfd.readouterr().out.split())


def test_what_is_missing_is_said_before_anything_is_made(
    application: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    application.execute("drop policy radar_transformer on public.agent_runs")
    with pytest.raises(DbtError):
        as_transformer(application).dbt("run", "--vars", "{standalone: false, app_schema: public}")
    text = said(capfd)
    for problem in (
        "public.workspaces has no column workspace_id, slug",
        "public.agents has no column agent_id",
        "public.agent_runs has no column run_id, completed_at, tokens_used, error_type, error_message, user_rating",
        "public.agent_runs has row security and no policy that shows radar_transformer every row",
    ):
        assert problem in text
    assert application.query("select to_regclass('radar.installation') is null") == [(True,)]
    application.execute(POLICY)


POLICY = "create policy radar_transformer on public.agent_runs for select to radar_transformer using (true)"


def add_member(database: Database, tenant: Tenant) -> None:
    ids = {"workspace": tenant.workspace_id, "member": tenant.member_id, "agent": tenant.project_id}
    for statement in (
        "insert into public.users values (%(member)s)",
        "insert into public.workspaces values (%(workspace)s, 'W')",
        "insert into public.workspace_members values (%(workspace)s, %(member)s)",
        "insert into public.agents values (%(agent)s, %(workspace)s, 'A')",
        "insert into public.agent_runs (agent_id, user_id, workspace_id, runtime_seconds)"
        " values (%(agent)s, %(member)s, %(workspace)s, 1.5)",
    ):
        with database.connect() as connection:
            connection.execute(statement, ids)
    add_project(database, tenant)
    add_events(database, tenant)


def test_it_follows_the_application_and_shows_each_member_their_own(application: Database) -> None:
    grant_everything(application, "analytics", "ingest", "staging", "radar")
    application.execute("alter default privileges for role radar_transformer grant all on tables to anon")
    application.execute("alter default privileges for role radar_transformer grant all on routines to anon")
    transformer = as_transformer(application)
    transformer.dbt("run", "--quiet", *BESIDE)
    for tenant in (ALPHA, BRAVO):
        add_member(application, tenant)
    transformer.dbt("run", "--quiet", *BESIDE)
    application.execute("update public.agent_runs set status = 'completed' where workspace_id = %s", ALPHA.workspace_id)
    transformer.dbt("run", "--quiet", *BESIDE)

    runs = application.query("select workspace_id, status, runtime_seconds from analytics.runs order by 2")
    assert runs == [(ALPHA.workspace_id, "completed", 1.5), (BRAVO.workspace_id, "pending", 1.5)]
    assert application.query("select count(*), min(workspace_name) from analytics.mv_workspace_summary") == [(2, "W")]
    assert application.query("select * from radar.wrong_rights") == []
    with session_as(application, "authenticated") as member:
        claim(member, ALPHA.member_id)
        seen = walk(application, member, [BRAVO])
        assert seen.leaks == []
        assert min(seen.rows[f"analytics.{name}"] for name in ("sessions", "runs", "mv_top_agents")) > 0
    with session_as(application, "anon") as anon:
        claim(anon, ALPHA.member_id)
        assert not [name for name in walk(application, anon, [ALPHA, BRAVO]).rows if name.startswith("analytics.")]


def test_the_commands_know_the_application_too(application: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    transformer = as_transformer(application)
    for name, value in transformer.env.items():
        monkeypatch.setenv(name, value)
    assert last_run.options("run")[1:] != []
    with transformer.connect() as connection:
        assert find_project(connection, "alpha", str(ALPHA.workspace_id)).project_id == ALPHA.project_id
        with pytest.raises(DemoError, match="an application has its own users"):
            stored_plan(connection)
    outcome = CliRunner().invoke(cli.app, ["recompute", "--workspace", str(ALPHA.workspace_id)])
    assert outcome.exit_code == 0, outcome.output
    assert application.query("select to_regnamespace('app')") == [(None,)], "it ran with the vars of the last run"


def test_a_policy_that_is_gone_stops_the_run_and_keeps_the_mirror(
    application: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    application.execute("drop policy radar_transformer on public.agent_runs")
    with pytest.raises(DbtError):
        as_transformer(application).dbt("run", "-s", "runs", *BESIDE)
    assert "public.agent_runs has row security and no policy that shows radar_transformer every row" in said(capfd)
    assert application.query("select count(*) from analytics.runs") == [(2,)]
    application.execute(POLICY)
    with application.connect() as owner:
        owner.execute("drop schema auth cascade")
        assert [problem for problem in problems(owner) if "public" not in problem] == []
