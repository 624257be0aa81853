"""radar demo, build and lab: what they run, in order, and that a second time changes nothing."""

import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

from radar import cli, dbt, last_run, quickstart, settings
from radar.check import suite
from radar.errors import RadarError, ServerError
from radar.server import Server
from tests.conftest import Database
from tests.full_refresh import tables

NOTEBOOKS = sorted(path.stem for path in (settings.ROOT / "notebooks").glob("*.ipynb"))
HEAVY = ["altair", "dbt.cli", "great_expectations", "jupyterlab", "nbconvert", "numpy", "pandas", "polars"]


@pytest.fixture(scope="module")
def empty(server: Server) -> Iterator[Database]:
    """A database in which nothing has been made yet."""
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute("create database radar_empty")
        yield Database(server.dsn.replace("dbname=radar", "dbname=radar_empty"))
        connection.execute("drop database radar_empty with (force)")


def demo(database: Database, patch: pytest.MonkeyPatch, folder: Path) -> str:
    """Run `radar demo` with its pages in the folder; returns what it printed."""
    from radar.lab.data import connect

    for name, value in database.env.items():
        patch.setenv(name, value)
    connect.cache_clear()
    patch.setattr(quickstart, "SITE", folder / "site")
    patch.setattr(suite, "DOCS", folder / "data_docs")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of dbt, Jupyter and Great Expectations
        result = CliRunner().invoke(cli.app, ["demo", "--events", "60000"], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def contents(database: Database) -> dict[str, Any]:
    """Every derived table with where each row is stored: a row that is written again moves."""
    return {
        table: database.query(
            f"select md5(string_agg(ctid::text || t::text, '' order by ctid)) from analytics.{table} as t"
        )
        for table in tables(database)
    }


def test_the_demo_makes_pages_and_a_second_time_changes_nothing(
    empty: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    output = demo(empty, monkeypatch, tmp_path)
    site = tmp_path / "site"
    assert f"{site}/index.html" in output
    pages = sorted(path.name for path in site.glob("*.html"))
    assert pages == [*(f"{name}.html" for name in NOTEBOOKS), "index.html"]
    index = (site / "index.html").read_text()
    assert all(f'href="{page}"' in index for page in pages[:-1])
    written = {path: path.stat().st_mtime_ns for path in site.iterdir()}
    rows = contents(empty)
    output = demo(empty, monkeypatch, tmp_path)
    assert f"{len(NOTEBOOKS)} pages, unchanged" in output
    assert {path: path.stat().st_mtime_ns for path in site.iterdir()} == written
    assert contents(empty) == rows

    empty.execute("delete from analytics.sessions where session_id = (select min(session_id) from analytics.sessions)")
    monkeypatch.setattr("radar.lab.pages.write", lambda folder, paths: [])
    assert quickstart.render(site) == f"{len(NOTEBOOKS)} pages"
    assert quickstart.render(site) == f"{len(NOTEBOOKS)} pages, unchanged"
    (site / "03_funnel.html").unlink()
    assert quickstart.render(site) == f"{len(NOTEBOOKS)} pages"
    monkeypatch.setattr("radar.lab.pages.fingerprint", lambda paths: "edited")
    assert quickstart.render(site) == f"{len(NOTEBOOKS)} pages"


def test_build_passes_its_arguments_to_dbt(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, ...]] = []
    monkeypatch.setattr(dbt, "run", lambda *args: called.append(args))
    monkeypatch.setattr(last_run, "remembered", lambda: ({}, None))
    result = CliRunner().invoke(cli.app, ["build", "--select", "sessions+", "--full-refresh"])
    assert result.exit_code == 0
    assert called == [("build", "--select", "sessions+", "--full-refresh")]


def test_lab_opens_the_notebooks_and_passes_its_arguments_on(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    for name, value in Database(server.dsn).env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("os.execv", lambda program, command: called.append([program, *command]))
    result = CliRunner().invoke(cli.app, ["lab", "--no-browser", "--port", "8899"])
    assert result.exit_code == 0
    notebooks = str(settings.ROOT / "notebooks")
    expected = [
        sys.executable,
        sys.executable,
        "-m",
        "jupyterlab",
        "--notebook-dir",
        notebooks,
        "--no-browser",
        "--port",
        "8899",
    ]
    assert called == [expected]


def test_lab_says_when_the_server_is_down(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)
    monkeypatch.setattr("os.execv", lambda *_: pytest.fail("JupyterLab was opened"))
    with pytest.raises(RadarError, match="`radar up` starts it"):
        CliRunner().invoke(cli.app, ["lab"], catch_exceptions=False)
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", "1")
    with pytest.raises(ServerError, match="cannot use"):
        CliRunner().invoke(cli.app, ["lab"], catch_exceptions=False)


def test_commands_need_not_wait_for_what_they_do_not_use() -> None:
    code = f"import sys, radar.cli; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
