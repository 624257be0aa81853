"""A dbt project with Radar's macros and contracts of the test's own, to see what each word of a contract does."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from dbt.cli.main import dbtRunner

from radar import settings
from tests.conftest import Database

COLUMNS: dict[str, dict[str, Any]] = {
    "workspace_id": {"data_type": "uuid", "constraints": [{"type": "not_null"}]},
    "item_id": {"data_type": "text", "constraints": [{"type": "not_null"}]},
    "occurred_at": {"data_type": "timestamptz", "constraints": [{"type": "not_null"}]},
    "note": {"data_type": "text"},
}
"""Columns of a table of which a test only changes what it is about."""


def contract(
    name: str,
    columns: dict[str, dict[str, Any]] = COLUMNS,
    key: tuple[str, ...] = ("workspace_id", "item_id", "occurred_at"),
    checks: dict[str, str] | None = None,
    **table: Any,
) -> dict[str, Any]:
    """The YAML entry of a raw table; `table` is its meta.table."""
    found = [{"type": "check", "name": check, "expression": text} for check, text in (checks or {}).items()]
    return {
        "name": name,
        "description": f"One row per {name}.",
        "config": {"meta": {"table": table}},
        "constraints": [{"type": "primary_key", "columns": list(key)}, *found],
        "columns": [{"name": column, "description": "A value.", **entry} for column, entry in columns.items()],
    }


class ContractProject:
    """Runs dbt over contracts, in a database that has the rest of Radar already."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.database = folder, database
        for name in ("dbt_project.yml", "profiles.yml"):
            shutil.copy(settings.ROOT / name, folder / name)
        (folder / "macros").symlink_to(settings.ROOT / "macros")

    def write(self, *contracts: dict[str, Any]) -> None:
        models = self.folder / "models" / "ingest"
        models.mkdir(parents=True, exist_ok=True)
        (models / "_ingest__models.yml").write_text(yaml.safe_dump({"version": 2, "models": contracts}))
        for entry in contracts:
            (models / f"{entry['name']}.sql").write_text("{{ raw_table() }}")

    def command(self) -> list[str]:
        """dbt's arguments for a run of this project."""
        folders = ["--project-dir", str(self.folder), "--profiles-dir", str(self.folder)]
        return ["run", *folders, "--target-path", str(self.folder / "target"), "--log-path", str(self.folder / "logs")]

    def run(self, *contracts: dict[str, Any], arguments: tuple[str, ...] = ()) -> dict[str, str]:
        """The error of each table that was refused, by name; raises when dbt itself cannot run."""
        self.write(*contracts)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.database.env.items():
                patch.setenv(name, value)
            outcome = dbtRunner().invoke([*self.command(), "--quiet", *arguments])
        if outcome.exception:
            raise outcome.exception
        results: Any = outcome.result
        return {result.node.name: str(result.message) for result in results if result.status == "error"}
