"""Guarantee 7: after an edit of SQL, macro, function or var a run says which tables hold rows of before, until they are built anew."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from radar import cli, settings
from tests.conftest import OF_VISITS, Database
from tests.full_refresh import assert_equals_full_refresh
from tests.streams import insert, make_streams

Edit = Callable[[str, str, str], None]
LOOKBACK = ("--vars", "{attribution_lookback_days: 3}")


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Edits a file of a copy of the project, where dbt then runs."""
    for name in ("dbt_project.yml", "profiles.yml", "macros", "models"):
        source = settings.ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    monkeypatch.setenv("DBT_TARGET_PATH", str(tmp_path / "target"))

    def change(path: str, old: str, new: str) -> None:
        text = (tmp_path / path).read_text()
        assert old in text
        (tmp_path / path).write_text(text.replace(old, new))

    return change


def test_rows_of_an_older_definition_are_told_until_they_are_built_anew(
    database: Database, edit: Edit, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = make_streams(database, seed=21, number=6)
    insert(database, rows[::2])
    assert told(database, capsys) == []

    assert told(database, capsys, *LOOKBACK) == ["touchpoints"]
    # Rows that were made meanwhile are of the other definition, once the var is back.
    insert(database, rows[1::2])
    database.build(*LOOKBACK, models=OF_VISITS)
    assert told(database, capsys) == ["touchpoints"]
    assert "rows of an older definition in touchpoints:" in status(database, monkeypatch)
    assert told(database, capsys, "--full-refresh", models=("touchpoints",)) == []
    assert told(database, capsys) == []
    assert "older definition" not in status(database, monkeypatch)
    assert_equals_full_refresh(database, *OF_VISITS)

    edit("models/daily/daily_site_metrics.sql", "with\n", "-- A comment changes no row.\nwith\n")
    edit("macros/engine/read.sql", "offset 0", "offset  0")
    assert told(database, capsys) == []
    edit("models/daily/daily_site_metrics.sql", "with\n", "with\n\nnothing as (select 1),\n")
    edit("macros/attribution/shapley_function.sql", "begin", "begin perform 1;")
    assert told(database, capsys) == ["attribution_months", "daily_site_metrics"]
    edit("models/staging/stg_events.sql", "with\n", "with\n\nnothing as (select 1),\n")
    assert "session_events" in told(database, capsys, models=("session_events",))
    assert "session_events" in told(database, capsys, models=("stg_events",))
    assert told(database, capsys, "--full-refresh", models=("session_events",)) == [
        "attribution_months",
        "daily_site_metrics",
    ]
    assert told(database, capsys) == [], "what reads it is built anew, too"


def told(
    database: Database, capsys: pytest.CaptureFixture[str], *options: str, models: tuple[str, ...] = OF_VISITS
) -> list[str]:
    """The tables that a run says are old."""
    capsys.readouterr()
    database.build(*options, models=models)
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Rows of an older definition")]
    return lines[0].removeprefix("Rows of an older definition are kept in ").split(". ")[0].split(", ") if lines else []


def status(database: Database, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as patch:
        for name, value in database.env.items():
            patch.setenv(name, value)
        return CliRunner().invoke(cli.app, ["status"]).output
