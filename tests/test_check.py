"""The quality gate: a healthy database passes; what is planted fails, and the report says where."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

from radar import settings
from radar.check import suite
from radar.cli import app
from radar.demo.database import write
from radar.demo.plan import Plan

from .conftest import Database

END = date(2026, 3, 31)
NEXT_MORNING = "2026-04-01T08:00:00"
PLANTED = "2026-03-25"
SHOP = "(select project_id from ingest.projects where slug = 'acme-shop')"
Check = Callable[..., tuple[int, dict[str, Any]]]


CALL_AND_RUN = """
    insert into ingest.llm_calls (workspace_id, project_id, provider, model, input_tokens, output_tokens, occurred_at)
    select workspace_id, project_id, 'nobody', 'm', 10, 1, '2026-03-31 12:00Z' from ingest.projects;
    insert into app.agents (workspace_id, agent_id, name) select workspace_id, workspace_id, 'a' from app.workspaces;
    insert into app.agent_runs (workspace_id, run_id, agent_id, status, started_at)
    select workspace_id, workspace_id, workspace_id, 'failed', '2026-03-31 12:00Z' from app.workspaces"""


@pytest.fixture(scope="module")
def healthy(server: Any, template_database: Database) -> Database:
    """The demo, built: 60 days, so that four earlier weekdays exist."""
    from .conftest import Database, _run

    _run(server, "create database {} template {}", "radar_check", "radar_template")
    made = Database(f"{server.dsn} dbname=radar_check")
    with psycopg.connect(made.dsn, autocommit=True) as connection:
        write(connection, Plan(40_000, 60, END, 1), lambda _: None)
        connection.execute(CALL_AND_RUN)
    made.build("--full-refresh")
    return made


@pytest.fixture
def database(healthy: Database, server: Any) -> Any:
    """A copy of it for one test."""
    from .conftest import Database, _run

    _run(server, "create database {} template {}", "radar_planted", "radar_check")
    yield Database(f"{server.dsn} dbname=radar_planted")
    _run(server, "drop database {} with (force)", "radar_planted")


@pytest.fixture
def check(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Check:
    """Runs `radar check --json` on the copy and returns the exit code and the report."""
    monkeypatch.setattr(suite, "DOCS", tmp_path / "docs")

    def run(as_of: str = NEXT_MORNING) -> tuple[int, dict[str, Any]]:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in database.env.items():
                patch.setenv(name, value)
            result = CliRunner().invoke(app, ["check", "--json", "--as-of", as_of], catch_exceptions=False)
        return result.exit_code, json.loads(result.stdout)

    return run


def of(report: dict[str, Any], check: str) -> dict[str, Any]:
    """The first finding of a check."""
    return next(found for found in report["findings"] if found["check"] == check)


def test_a_healthy_database_passes_and_its_pages_need_no_internet(check: Check, tmp_path: Path) -> None:
    code, report = check()
    assert (code, report["passed"], report["findings"]) == (0, True, [])
    assert report["tests"] > 25
    assert report["expectations"] > 100
    pages = list((tmp_path / "docs").rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<(script|link|img|iframe)\b[^>]*(src|href)=[\"'](https?:)?//", text, re.IGNORECASE), page
    index = (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")
    assert all((tmp_path / "docs" / link).exists() for link in re.findall(r'href="([^"]+)"', index))


def test_a_bad_row_fails_and_the_summary_names_relation_column_day_and_query(database: Database, check: Check) -> None:
    database.execute(
        "update analytics.sessions set channel = 'Fax' where session_id ="
        " (select min(session_id) from analytics.sessions where session_date = date '2026-03-30')"
    )
    code, report = check()
    found = of(report, "channel_is_known")
    assert code == 1
    assert (found["relation"], found["column"], found["day"], found["rows"]) == (
        "analytics.sessions", "channel", "2026-03-30", 1,
    )  # fmt: skip
    assert len(database.query(found["look"])) == 1
    test = of(report, "sessions_rules_hold")
    assert (test["relation"], test["day"], test["detail"]) == ("sessions", "2026-03-30", "channel_is_known")
    assert Path(settings.ROOT, test["look"]).exists()


def test_a_bad_row_of_calls_and_of_runs_fails(database: Database, check: Check) -> None:
    database.execute("update analytics.llm_usage set cached_tokens = -1 where provider = 'nobody'")
    database.execute("update analytics.cost_aggregates set period = 'week' where period = 'hour'")
    database.execute("update analytics.agent_days set failed_runs = total_runs + 1 where agent_id = workspace_id")
    code, report = check()
    assert code == 1
    found = {(each["check"], each["relation"], each["day"]) for each in report["findings"]}
    assert {
        ("tokens_add_up", "analytics.llm_usage", "2026-03-31"),
        ("period_is_known", "analytics.cost_aggregates", "2026-03-31"),
        ("llm_usage_rules_hold", "llm_usage", "2026-03-31"),
    } <= found
    assert "analytics.agent_days" in {relation for _, relation, _ in found}


def test_a_lost_constraint_and_a_null_fail(database: Database, check: Check) -> None:
    database.execute("alter table analytics.sessions alter column channel drop not null")
    database.execute("alter table analytics.daily_site_metrics drop column avg_engaged_seconds cascade")
    database.execute("update analytics.sessions set channel = null where session_date = date '2026-03-29'")
    _, report = check()
    assert of(report, "sessions_enforced_key")["detail"] == "channel not null"
    assert of(report, "not_null")["day"] == "2026-03-29"
    assert "avg_engaged_seconds: missing" in of(report, "columns")["detail"]


def test_one_stale_feed_fails_while_others_go_on(database: Database, check: Check) -> None:
    for table, day in (("sessions", "session_date"), ("daily_site_metrics", "metric_date")):
        database.execute(f"delete from analytics.{table} where project_id = {SHOP} and {day} > date '2026-03-28'")
    code, report = check()
    found = of(report, "freshness")
    assert (code, found["relation"], found["day"]) == (1, "analytics.sessions", "2026-03-28")
    assert found["detail"].startswith("last event 2026-03-2")
    late = (datetime(2026, 3, 31, tzinfo=UTC) + timedelta(days=40)).date().isoformat()
    code, report = check(late)
    assert [found for found in report["findings"] if found["check"] == "freshness"] == []  # given up, all of them


def test_a_missing_day_fails(database: Database, check: Check) -> None:
    database.execute(
        f"delete from analytics.daily_site_metrics where project_id = {SHOP} and metric_date = date '{PLANTED}'"
    )
    code, report = check()
    found = of(report, "missing_day")
    assert (code, found["day"]) == (1, PLANTED)
    assert re.fullmatch(r"no session, expected \d+", found["detail"])
    assert of(report, "daily_metrics_equal_their_sessions")["day"] == PLANTED


def test_half_a_day_and_an_unusual_rate_fail(database: Database, check: Check) -> None:
    shop = f"project_id = {SHOP}"
    whole = f"(select max(metric_date) - 1 from analytics.daily_site_metrics where {shop})"
    last_whole_day = f"{shop} and metric_date = {whole}"
    database.execute(
        "update analytics.daily_site_metrics set total_sessions = total_sessions / 3, bounce_rate = 1"
        f" where {last_whole_day}"
    )
    database.execute("update analytics.daily_site_metrics set total_sessions = total_sessions * 4")
    _, report = check()
    assert re.fullmatch(r"\d+ sessions, expected \d+", of(report, "volume")["detail"])
    assert of(report, "distribution")["detail"].startswith("bounce_rate 1.0")


def test_a_table_tells_people_where_to_look(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(suite, "DOCS", tmp_path / "docs")
    monkeypatch.setenv("COLUMNS", "160")
    for name, value in database.env.items():
        monkeypatch.setenv(name, value)
    database.execute("update analytics.daily_site_metrics set bounce_rate = 2 where metric_date = date '2026-03-30'")
    result = CliRunner().invoke(app, ["check", "--as-of", NEXT_MORNING])
    assert result.exit_code == 1
    assert "bounce_rate_is_a_share" in result.stdout
    assert "analytics.daily_site_metrics.bounce_rate" in result.stdout
    assert "2026-03-30" in result.stdout
    assert len(result.stdout.splitlines()) <= 40


def test_a_database_without_tables_says_what_to_do(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in Database(server.dsn).env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PGDATABASE", "postgres")
    result = CliRunner().invoke(app, ["check"])
    assert "run `dbt build` first" in str(result.exception)


def test_wrong_use_leaves_with_2() -> None:
    assert CliRunner().invoke(app, ["check", "--as-of", "yesterday"]).exit_code == 2
