"""radar doctor finds what is planted and leaves a healthy database alone; the sample queries run."""

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from radar import cli, settings
from radar.doctor import CHECKS, examine
from tests.conftest import Database
from tests.llm_rows import add_call, build_costs

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own


def found(database: Database) -> dict[str, list[str]]:
    with database.connect() as connection:
        return {finding.check.subject: finding.texts for finding in examine(connection) if finding.texts}


def test_a_healthy_database_has_nothing_to_act_on(tenants: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in tenants.env.items():
        monkeypatch.setenv(name, value)
    outcome = CliRunner().invoke(cli.app, ["doctor"])
    assert (outcome.exit_code, " act " in outcome.output) == (0, False), outcome.output


def test_waiting_events_a_model_behind_and_a_missing_month_are_found(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.execute(
        "insert into ingest.events (workspace_id, project_id, anonymous_id, occurred_at, received_at)"
        " select gen_random_uuid(), gen_random_uuid(), 'v', now() - interval '2 days', now() - interval '2 days'"
    )
    database.execute(
        "update radar.watermarks set build = build - 1 where model = 'tracked_users' and source = 'sessions'"
    )
    [(partition,)] = database.query("select to_char(now() + interval '1 month', '\"ingest.events_p\"YYYY_MM')")
    with database.connect() as connection:
        connection.execute(psycopg.sql.SQL("drop table {}").format(psycopg.sql.Identifier(*partition.split("."))))
    problems = found(database)
    assert problems["backlog"][0].startswith("1 rows of events wait since")
    assert problems["models behind"] == ["tracked_users has not followed sessions"]
    assert problems["partitions"] == ["ingest.events has no partition for the next month"]
    for name, value in database.env.items():
        monkeypatch.setenv(name, value)
    assert CliRunner().invoke(cli.app, ["doctor"]).exit_code == 1


def test_models_without_a_price_are_found(database: Database) -> None:
    add_call(database, occurred_at=datetime.now(UTC))
    build_costs(database)
    assert found(database)["unpriced calls"] == ["1 calls of openai/m in the last 30 days have no price"]


def test_a_server_that_does_not_clean_up_is_found(database: Database) -> None:
    with database.connect() as connection:
        connection.execute("set work_mem = '1MB'")
        findings = {finding.check.subject: finding.texts for finding in examine(connection)}
    assert findings["settings"] == ["work_mem is 1MB"]


@pytest.fixture
def compiled(tenants: Database) -> dict[str, str]:
    """The sample queries as dbt compiles them, by name."""
    result = tenants.dbt("compile", "--quiet", "-s", "path:analyses")
    return {each.node.name: each.node.compiled_code for each in result.results}


def test_every_sample_query_runs(tenants: Database, compiled: dict[str, str]) -> None:
    assert set(compiled) == {path.stem for path in (settings.ROOT / "analyses").glob("*.sql")}
    with tenants.connect() as connection:
        for name, query in compiled.items():
            if name == "slow_queries":
                continue  # its extension has to be loaded when a server starts
            assert connection.execute(query.encode()).description, name


def test_the_sample_queries_say_what_they_are() -> None:
    text = Path(settings.ROOT / "analyses/_analyses.yml").read_text(encoding="utf-8")
    assert all(f"name: {path.stem}," in text for path in (settings.ROOT / "analyses").glob("*.sql"))


@pytest.mark.parametrize(
    ("first_fixed", "last_open"),
    [(150014, 150013), (160010, 160009), (170006, 170005), (180000, 140099)],
)
def test_servers_that_show_rows_past_row_security_are_named(
    tenants: Database, first_fixed: int, last_open: int
) -> None:
    """The releases that mended CVE-2025-8713, which are after those of CVE-2024-10976 (15.9, 16.5, 17.1)."""
    query = next(check.query for check in CHECKS if check.subject == "server version")
    number = "current_setting('server_version_num')"
    assert number in query
    with tenants.connect() as connection:
        asked = [query.replace(number, f"cast('{version}' as text)") for version in (first_fixed, last_open)]
        found = [connection.execute(question).fetchall() for question in asked]
    assert [len(rows) for rows in found] == [0, 1]
    assert "past row security" in found[1][0][0]
