"""Every macro that another file uses is described in YAML, with its arguments."""

import re
from pathlib import Path
from typing import Any

import yaml

from radar import settings

MACROS = settings.ROOT / "macros"
DEFINITION = re.compile(r"\{%-?\s*(?P<kind>macro|test)\s+(?P<name>\w+)\s*\((?P<arguments>.*?)\)\s*-?%\}", re.DOTALL)
DEFAULT = re.compile(r"=\s*(\[[^\]]*\]|\"[^\"]*\"|'[^']*'|[^,]*)")
USERS = (
    "macros/**/*.sql",
    "models/**/*.sql",
    "models/**/*.yml",
    "tests/data/*.sql",
    "radar/**/*.py",
    "dbt_project.yml",
)


def defined() -> dict[str, tuple[Path, list[str]]]:
    """By name: where each macro is, and the names of its arguments."""
    found = {}
    for path in MACROS.rglob("*.sql"):
        for macro in DEFINITION.finditer(path.read_text(encoding="utf-8")):
            name = f"test_{macro['name']}" if macro["kind"] == "test" else macro["name"]
            found[name] = path, re.findall(r"\w+", DEFAULT.sub("", macro["arguments"]))
    return found


def described() -> dict[str, Any]:
    entries = [
        entry
        for path in MACROS.rglob("_*__macros.yml")
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["macros"]
    ]
    assert len({entry["name"] for entry in entries}) == len(entries)
    return {entry["name"]: entry for entry in entries}


def test_macros_that_other_files_use_are_described() -> None:
    words = {
        path: set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
        for users in USERS
        for path in settings.ROOT.glob(users)
    }
    known = described()
    undescribed = {name: path for name, (path, _) in defined().items() if name not in known}
    used = [
        f"{path.relative_to(settings.ROOT)}: {name}"
        for name, path in undescribed.items()
        if any(other != path and name in found for other, found in words.items())
    ]
    assert used == []


def test_descriptions_name_what_there_is() -> None:
    macros = defined()
    for name, entry in described().items():
        assert name in macros, f"{name} is described and not there"
        assert len(entry["description"]) > 10
        arguments = [argument["name"] for argument in entry.get("arguments", [])]
        assert arguments == macros[name][1], name
        assert all(argument["type"] and argument["description"] for argument in entry.get("arguments", []))
