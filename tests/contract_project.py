"""A dbt project with Radar's macros and contracts of the test's own, to see what each word of a contract does."""

import shutil
from copy import deepcopy
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

WORKSPACE = "00000000-0000-0000-0000-000000000001"
CATALOG = """
    select 'class' as kind, c.oid::text, c.relname as name,
        concat_ws('|', c.relkind, c.relrowsecurity, c.relfilenode, c.relacl, obj_description(c.oid, 'pg_class'),
                  pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid)) as value
    from pg_class as c where c.relnamespace = 'ingest'::regnamespace
    union all
    select 'column', a.attrelid::text, a.attname,
        concat_ws('|', a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated, a.attacl,
                  pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum))
    from pg_attribute as a
    inner join pg_class as c on c.oid = a.attrelid and c.relnamespace = 'ingest'::regnamespace
    left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0
    union all
    select 'index', indexrelid::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    from pg_index inner join pg_class as c on c.oid = indrelid and c.relnamespace = 'ingest'::regnamespace
    union all
    select 'constraint', oid::text, conname, pg_get_constraintdef(oid)
    from pg_constraint where connamespace = 'ingest'::regnamespace
    union all
    select 'policy', p.oid::text, p.polname,
        concat_ws('|', p.polcmd, p.polroles::regrole[], pg_get_expr(p.polqual, p.polrelid))
    from pg_policy as p inner join pg_class as c on c.oid = p.polrelid and c.relnamespace = 'ingest'::regnamespace
    union all
    select 'trigger', t.oid::text, t.tgname, pg_get_triggerdef(t.oid)
    from pg_trigger as t inner join pg_class as c on c.oid = t.tgrelid and c.relnamespace = 'ingest'::regnamespace
    order by 1, 2, 3
"""
"""Everything that a run could change in the schema ingest: kind, oid of the table, name and definition."""


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


def columns(**changes: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    """The usual columns with some changed, added, or (None) left out."""
    found = {**deepcopy(COLUMNS), **changes}
    return {name: entry for name, entry in found.items() if entry is not None}


def generated(expression: str) -> dict[str, Any]:
    return {"data_type": "text", "config": {"meta": {"generated": expression}}}


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


def catalog(database: Database, table: str, kind: str) -> dict[str, str]:
    """Definitions of one kind of object of a table, by name without the hash."""
    found = database.query(f"select name, value from ({CATALOG}) as all_objects where kind = %s", kind)
    return {name: value for name, value in found if table in f"{name} {value}"}
