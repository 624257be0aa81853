"""`radar erase`: nothing of a tenant or project stays anywhere, and the rest is as a full refresh builds it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

import pytest
from typer.testing import CliRunner, Result

from radar import cli
from radar.server import Server
from tests.conftest import Database
from tests.full_refresh import assert_equals_full_refresh
from tests.tenants import ALPHA, BRAVO, NAMESPACE, RELATIONS, Tenant, add_events, add_project, copy_of

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own


@dataclass(frozen=True)
class Another(Tenant):
    """A second project of alpha's workspace, whose texts are its own."""

    @property
    def workspace_id(self) -> UUID:
        return ALPHA.workspace_id

    @property
    def secret(self) -> str:
        return f"{self.name}-secret-{uuid5(NAMESPACE, self.name).hex[:8]}"


OTHER = Another("other")
CALL = """
    with call as (
        insert into ingest.llm_calls (
            workspace_id, project_id, trace_id, feature, user_id, provider, model, occurred_at)
        values (%(w)s, %(p)s, %(s)s, %(s)s, %(s)s, 'openai', 'gpt-4o', now() - interval '1 minute') returning *
    )
    insert into ingest.prompt_embeddings (workspace_id, call_id, embedding, prompt_hash)
    select workspace_id, call_id, array_fill(1::real, array[1536]), %(s)s from call"""


@pytest.fixture(scope="module")
def erasing(server: Server, tenants: Database) -> Iterator[Database]:
    """Two tenants, of whom alpha has a second project."""
    with copy_of(server, "radar_tenants", "radar_erasing") as database:
        add_project(database, OTHER)
        add_events(database, OTHER, 1000, 1050)
        with database.connect() as connection:
            connection.execute(CALL, {"w": OTHER.workspace_id, "p": OTHER.project_id, "s": OTHER.secret})
        yield database


def erase(database: Database, patch: pytest.MonkeyPatch, *arguments: str) -> Result:
    for name, value in database.env.items():
        patch.setenv(name, value)
    return CliRunner().invoke(cli.app, ["erase", *arguments])


def places_of(database: Database, *signs: str) -> list[str]:
    """Relations that hold a row with one of the texts."""
    found = []
    with database.connect() as owner:
        for (relation,) in owner.execute(RELATIONS.replace(", 'S'", ""), []).fetchall():  # a sequence has no rows
            rows = str(owner.execute(f"select to_jsonb(this)::text from {relation} as this".encode()).fetchall())
            found += [relation for sign in signs if sign in rows]
    return found


def test_nothing_of_a_project_and_of_a_workspace_stays(erasing: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    other, bravo = [OTHER.secret, str(OTHER.project_id)], [*BRAVO.signs, str(BRAVO.member_id)]
    before = erasing.query("select count(*) from ingest.events")
    told = erase(erasing, monkeypatch, "--project", "other")
    assert (told.exit_code, "ingest.events" in told.output) == (0, True)
    assert erasing.query("select count(*) from ingest.events") == before, "without --apply it only tells"

    assert erase(erasing, monkeypatch, "--project", "other", "--apply").exit_code == 0
    assert places_of(erasing, *other) == []
    assert "analytics.sessions" in places_of(erasing, ALPHA.secret)
    assert erase(erasing, monkeypatch, "--workspace", "bravo", "--apply").exit_code == 0
    assert places_of(erasing, *bravo) == []
    assert "app.users" in places_of(erasing, str(ALPHA.member_id))
    assert_equals_full_refresh(erasing)
    assert erase(erasing, monkeypatch, "--workspace", "bravo", "--apply").exit_code == 1, "it is gone"
    assert erase(erasing, monkeypatch, "--apply").exit_code == 2
