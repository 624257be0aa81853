"""Commands beside the runs take the vars and the target of the last run, and say when they are told others."""

import pytest

from radar import last_run
from radar.errors import RadarError
from tests.conftest import Database


@pytest.fixture
def ran(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database whose last run had a var and a target."""
    database.execute(
        "update radar.installation set run_vars = %s, run_target = %s", '{"app_schema": "public"}', "server"
    )
    for name, value in database.env.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("ran")
def test_what_is_given_goes_before_what_is_remembered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered = ["--vars", '{"app_schema": "public"}']
    assert last_run.options("run") == ["run", *remembered, "--target", "server"]
    assert last_run.options("run", "-t", "server", "--vars={app_schema: public}") == [
        "run", "-t", "server", "--vars={app_schema: public}"
    ]  # fmt: skip
    assert capsys.readouterr().err == ""
    assert last_run.options("run", "--target", "default", "--vars", "{}") == [
        "run", "--target", "default", "--vars", "{}"
    ]  # fmt: skip
    said = capsys.readouterr().err
    assert "other vars" in said
    assert "another target: server" in said
    monkeypatch.setenv("DBT_TARGET", "server")
    assert last_run.options("run") == ["run", *remembered]
    with pytest.raises(RadarError, match="YAML mapping"):
        last_run.options("run", "--vars", "nonsense")


def test_an_empty_database_has_nothing_to_remember(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in database.env.items():
        monkeypatch.setenv(name, value)
    database.execute("drop schema radar cascade")
    assert last_run.options("build") == ["build"]
