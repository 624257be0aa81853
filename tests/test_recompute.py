"""radar recompute: what a project says today reaches its past, and only as far as asked."""

from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from radar import cli
from radar.errors import RadarError
from tests.conftest import Database
from tests.full_refresh import assert_equals_full_refresh

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

WORKSPACE = "00000000-0000-0000-0000-000000000001"
SITE, OTHER = "00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b"


@pytest.fixture
def built(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Two projects with a visit before and after midnight UTC of each of three days, no goal, built."""
    for project, slug in ((SITE, "site"), (OTHER, "other")):
        database.execute(
            "insert into ingest.projects (workspace_id, project_id, name, slug) values (%s, %s, %s, %s)",
            WORKSPACE, project, slug, slug,
        )  # fmt: skip
        database.execute(
            "insert into ingest.events (workspace_id, project_id, message_id, anonymous_id, event_type, event_name,"
            " occurred_at, page_url) select %s, %s, %s || day || hour, 'visitor', kind, name, day + hour, 'https://x.example/'"
            " from generate_series(timestamptz '2026-03-01Z', '2026-03-03Z', '1 day') as day"
            " cross join unnest(array[interval '1 hour', '23 hours']) as hour"
            " cross join (values ('pageview', null), ('track', 'Order Completed')) as kinds (kind, name)"
            " on conflict do nothing",
            WORKSPACE, project, slug,
        )  # fmt: skip
    database.build()
    for name, value in database.env.items():
        monkeypatch.setenv(name, value)
    return database


def recompute(*options: str) -> None:
    outcome = CliRunner().invoke(cli.app, ["recompute", *options])
    if outcome.exception and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    assert outcome.exit_code == 0, outcome.output


def add_goal(database: Database) -> None:
    for project in (SITE, OTHER):
        database.execute(
            "insert into ingest.goals (workspace_id, project_id, name, goal_type, conditions)"
            " values (%s, %s, 'Seen', 'pageview', '{\"page_path\": \"/%%\"}')",
            WORKSPACE, project,
        )  # fmt: skip


def goals_by_day(database: Database, project: str) -> dict[date, Any]:
    return dict(
        database.query(
            "select metric_date, goals_completed from analytics.daily_site_metrics where project_id = %s", project
        )
    )


def test_a_new_goal_reaches_the_days_that_were_asked_for(built: Database) -> None:
    add_goal(built)
    recompute("--project", "site", "--from", "2026-03-02", "--to", "2026-03-02")
    assert goals_by_day(built, SITE) == {date(2026, 3, 1): 0, date(2026, 3, 2): 2, date(2026, 3, 3): 0}
    assert set(goals_by_day(built, OTHER).values()) == {0}


def test_without_limits_everything_is_as_after_a_full_refresh(built: Database) -> None:
    add_goal(built)
    built.execute("update ingest.projects set settings = '{\"timezone\": \"Pacific/Kiritimati\"}' where slug = 'site'")
    built.execute("update ingest.projects set domain = 'x.example'")
    recompute()
    assert set(goals_by_day(built, SITE)) == {date(2026, 3, day) for day in (1, 2, 3, 4)}
    assert_equals_full_refresh(built)


def test_a_second_time_writes_nothing(built: Database) -> None:
    add_goal(built)
    recompute()
    found = built.query("select max(updated_at), count(*) from analytics.sessions")
    recompute()
    assert built.query("select max(updated_at), count(*) from analytics.sessions") == found


def test_an_unknown_project_is_an_error_that_changes_nothing(built: Database) -> None:
    builds = built.query("select count(*) from radar.builds")
    with pytest.raises(RadarError, match=r"^no project sight; there are: .*site"):
        recompute("--project", "sight")
    with pytest.raises(RadarError, match=r"^no workspace sight; there are"):
        recompute("--workspace", "sight")
    assert built.query("select count(*) from radar.builds") == builds
