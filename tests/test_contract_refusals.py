"""What a contract asks for and cannot have is refused by name, and nothing is changed."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.contract_project import CATALOG, WORKSPACE, ContractProject, columns, contract, generated

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own


@pytest.fixture
def project(tmp_path: Path, database: Database) -> ContractProject:
    return ContractProject(tmp_path, database)


def test_what_would_cost_data_is_refused_by_name(project: ContractProject) -> None:
    partitioned: dict[str, Any] = {"partition_by": {"column": "occurred_at", "every": "month"}}
    before = {
        "dropped": contract("dropped"),
        "retyped": contract("retyped"),
        "rekeyed": contract("rekeyed"),
        "parted": contract("parted"),
        "unparted": contract("unparted", **partitioned),
        "regenerated": contract("regenerated", columns(label=generated("upper(note)"))),
        "ungenerated": contract("ungenerated", columns(label=generated("upper(note)"))),
        "filled": contract("filled"),
        "required": contract("required"),
    }
    assert project.run(*before.values()) == {}
    for name in ("filled", "required"):
        project.database.execute(
            f"insert into ingest.{name} (workspace_id, item_id, occurred_at) values (%s, 'a', now())",
            WORKSPACE,
        )
    required = {"data_type": "text", "constraints": [{"type": "not_null"}]}
    catalog_before = project.database.query(CATALOG)
    errors = project.run(
        contract("dropped", columns(note=None)),
        contract("retyped", columns(note={"data_type": "bigint"})),
        contract("rekeyed", key=("workspace_id", "item_id")),
        contract("parted", **partitioned),
        contract("unparted"),
        contract("regenerated", columns(label=generated("lower(note)"))),
        contract("ungenerated", columns(label={"data_type": "text"})),
        contract("filled", columns(note=required)),
        contract("required", columns(added=required)),
    )
    says = {
        "dropped": '"ingest"."dropped".note is not in the contract. Put it back into the YAML, or',
        "retyped": '"ingest"."retyped".note is text and the contract says bigint. Add a column of another name',
        "rekeyed": "differs from the contract (workspace_id, item_id)",
        "parted": "copy the rows into a new table",
        "unparted": "is partitioned by RANGE (occurred_at) and the contract says None",
        "regenerated": ".label is generated as upper(note) and the contract says lower(note)",
        "ungenerated": ".label is text (generated) and the contract says text",
        "filled": "note is not null in the contract, but rows have none: fill them first",
        "required": "added is new and not null, but the table has rows: give it a default",
    }
    assert {name for name, text in says.items() if text not in errors.get(name, "")} == set(), errors
    assert project.database.query(CATALOG) == catalog_before


def test_misspelt_words_are_named(project: ContractProject) -> None:
    wrong_meta = contract("meta_key")
    wrong_meta["config"]["meta"]["tabel"] = {}
    unique = {"data_type": "text", "constraints": [{"type": "unique"}]}
    errors = project.run(
        wrong_meta,
        contract("table_key", partition={}),
        contract("partition_key", partition_by={"colum": "occurred_at", "every": "month"}),
        contract("partition_every", partition_by={"column": "occurred_at", "every": "week"}),
        contract("partition_column", partition_by={"column": "happened_at", "every": "month"}),
        contract("index_key", indexes=[{"columns": ["note"], "were": "note > ''"}]),
        contract("trigger_key", triggers=[{"name": "seen", "fonction": "redact_event"}]),
        contract("trigger_when", triggers=[{"name": "seen", "function": "redact_event", "when": "always"}]),
        contract("retention_key", retention={"column": "occurred_at", "day": 3}),
        contract("retention_days", retention={"column": "occurred_at", "days": "3"}),
        contract("retention_column", retention={"column": "happened_at", "days": 3}),
        contract("column_key", columns(note={"data_type": "text", "config": {"meta": {"defualt": "1"}}})),
        contract("column_constraint", columns(note=unique)),
    )
    says = {
        "meta_key": 'unknown key "tabel"',
        "table_key": 'unknown key "partition"',
        "partition_key": 'unknown key "colum"',
        "partition_every": "every must be month",
        "partition_column": '"happened_at" in meta.table is not a column',
        "index_key": 'unknown key "were"',
        "trigger_key": 'unknown key "fonction"',
        "trigger_when": "must be the name of a macro, not always",
        "retention_key": 'unknown key "day"',
        "retention_days": "days must be a whole number",
        "retention_column": '"happened_at" in meta.table is not a column',
        "column_key": 'unknown key "defualt"',
        "column_constraint": "column_constraint.note: a column constraint is not_null; unique",
    }
    assert {name for name, text in says.items() if text not in errors.get(name, "")} == set(), errors
