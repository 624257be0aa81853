"""The README's tables name every command, var and model, and nothing else."""

import re
from pathlib import Path

import pytest
import typer.main
import yaml

from radar import cli, settings
from radar.lab import pages
from radar.load.recognise import FORMATS

README = (settings.ROOT / "README.md").read_text(encoding="utf-8")


def first_column(heading: str) -> list[str]:
    """The names in the first column of the tables of a section."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


def test_every_command_is_in_the_readme() -> None:
    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    assert sorted(first_column("Commands")) == sorted(f"radar {name}" for name in commands)


def test_every_format_of_files_is_in_the_readme() -> None:
    assert sorted(["auto", *first_column("Files")]) == sorted(FORMATS)


def test_every_var_is_in_the_readme() -> None:
    project = yaml.safe_load((settings.ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    assert first_column("Vars") == list(project["vars"])


def test_every_model_is_in_the_readme() -> None:
    relations = [_relation(path) for path in (settings.ROOT / "models").glob("*/*.sql")]
    assert sorted(first_column("Models")) == sorted(relations)


def test_every_notebook_is_in_the_readme_with_its_question() -> None:
    for path in pages.notebooks():
        assert f"| `{path.stem}` | {pages.title(path)} |" in README
    assert first_column("Demo and notebooks") == [path.stem for path in pages.notebooks()]


def _relation(path: Path) -> str:
    """Folders are schemas, and those of the analytics layers together one; a model may name another."""
    own = re.search(r"config\(.*?schema='(\w+)'", path.read_text(encoding="utf-8"))
    folder = path.parent.name
    return f"{own[1] if own else folder if folder in ('app', 'ingest', 'staging') else 'analytics'}.{path.stem}"


@pytest.mark.parametrize("folder", ["macros", "models"])
def test_every_folder_is_in_the_tree(folder: str) -> None:
    tree = README.split("```text\ndbt_project.yml")[1].split("```")[0]
    held = {path.name for path in (settings.ROOT / folder).iterdir() if path.is_dir() and any(path.rglob("*.sql"))}
    assert held == set(re.findall(rf"^{folder}/(\w+)", tree, re.MULTILINE))


def test_links_and_pictures_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (settings.ROOT / target).is_file(), target
    assert (settings.ROOT / "docs" / "tour.png").stat().st_size < 300_000
