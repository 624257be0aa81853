"""Where the project folder is, and what people are told to type."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from radar import cli, server, settings
from radar.errors import RadarError
from radar.load import loader
from radar.load.errors import LoadError
from radar.load.report import Counts
from radar.names import there_are

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """As `pip install .` leaves it: the package lies in a folder without a project."""
    monkeypatch.setattr(settings, "__file__", str(tmp_path / "site-packages" / "radar" / "settings.py"))
    monkeypatch.delenv("RADAR_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_project_is_radar_home_or_where_one_works(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings._project_folder() == installed  # where no server may be started
    monkeypatch.setattr(settings, "ROOT", settings._project_folder())
    with pytest.raises(RadarError, match="set RADAR_HOME"):
        settings.check_project()
    monkeypatch.chdir(CHECKOUT / "models" / "ingest")
    assert settings._project_folder() == CHECKOUT
    monkeypatch.setenv("RADAR_HOME", str(installed))
    assert settings._project_folder() == installed


def test_a_command_without_a_project_writes_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['radar', 'up']; from radar.cli import main; main()"],
        env={"RADAR_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {tmp_path} is no checkout of Radar")
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_what_is_told_to_type_works_without_an_activated_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.chdir(CHECKOUT)
    told = settings.called()
    assert Path(told).resolve() == Path(sys.executable).with_name("radar").resolve()
    assert cli._line(RadarError("`radar up` starts it")) == f"`{told} up` starts it"
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert settings.called() == "radar"


def test_a_folder_that_is_read_only_is_told_from_one_of_somebody_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert str(server._not_writable(tmp_path / "a" / "b")).startswith(f"{tmp_path} is read-only")
    monkeypatch.setattr("os.geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert str(server._not_writable(tmp_path)).startswith(f"{tmp_path} belongs to another user")


def test_a_load_for_no_project_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = Counts(read=3, accepted=1, rejected=Counter(unknown_project=2))
    monkeypatch.setattr(loader, "load", lambda *_: counts)
    outcome = CliRunner().invoke(cli.app, ["load", "some.jsonl"])
    assert "unknown_project" in outcome.output
    assert isinstance(outcome.exception, LoadError)
    assert str(outcome.exception).startswith("2 rows name no project")
    counts.rejected.clear()
    assert CliRunner().invoke(cli.app, ["load", "some.jsonl"]).exit_code == 0


def test_a_long_list_of_names_is_cut() -> None:
    assert there_are([], "make one") == "there are none yet: make one"
    assert there_are("ab", "") == "there are: a, b"
    assert there_are(map(str, range(42)), "").endswith(", 39 and 2 more")
