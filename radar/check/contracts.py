"""What the project promises of its relations, read from the manifest that dbt has just written."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from psycopg import sql

from radar import last_run, settings
from radar.errors import RadarError

CLOCKS = {
    "session_date": ("daily_site_metrics", "metric_date"),
    "metric_date": ("daily_site_metrics", "metric_date"),
    "conversation_date": ("daily_site_metrics", "metric_date"),
    "call_date": ("cost_aggregates", "call_date"),
    "run_date": ("agent_days", "run_date"),
}
"""By the column that says a row's day: the small table, and its column, that know the last day."""
FOLDERS = {"ingest", "sessions", "conversations", "daily", "summaries", "llm", "agents"}
"""Staging is views of ingest, whose rows are looked at there; the tables of app are the main application's."""
TABLES_ONLY = {"llm", "agents"}
"""Views there price each call anew, each time that they are asked: dbt's own tests look at them once."""


@dataclass(frozen=True)
class Contract:
    """A relation's columns by name and type, and the conditions that hold for each of its rows."""

    schema: str
    name: str
    types: dict[str, str]
    not_null: list[str] = field(default_factory=list)
    conditions: dict[str, str] = field(default_factory=dict)

    @property
    def relation(self) -> str:
        """Schema and name, as people write them."""
        return f"{self.schema}.{self.name}"

    @property
    def day(self) -> str | None:
        """The column that says which day a row belongs to; None when days do not matter to it."""
        return next((column for column in CLOCKS if column in self.types), None)


def variables(*options: str) -> dict[str, Any]:
    """The vars of dbt_project.yml, which alone declares them, as dbt's options or the last run have set them."""
    project = yaml.safe_load((settings.ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    return dict(project["vars"] | last_run.values(*options))


def contracts() -> list[Contract]:
    """The contracts of the relations in ingest and analytics. Raises RadarError when dbt has written no manifest."""
    path = Path(os.environ.get("DBT_TARGET_PATH") or settings.ROOT / "target") / "manifest.json"
    if not path.exists():
        raise RadarError(f"there is no {path}: run `dbt build` first")
    manifest = json.loads(path.read_bytes())
    nodes = manifest["nodes"].values()
    models = [node for node in nodes if node["resource_type"] == "model" and _is_looked_at(node)]
    rules = {node["attached_node"]: _rules(node) for node in nodes if _is_rules(node)}
    return [_contract(model, rules.get(model["unique_id"], {})) for model in models]


def recent(contract: Contract, analytics: str, days: int) -> sql.Composed:
    """The rows of the relation's last days; all of them where no day is known. Raw events by their time."""
    table = sql.Identifier(contract.schema, contract.name)
    if contract.day is None and "occurred_at" not in contract.types:
        return sql.SQL("select * from {}").format(table)
    clock, day = CLOCKS[contract.day or ("call_date" if contract.name == "llm_calls" else "metric_date")]
    return sql.SQL("select * from {} where {} > (select max({}) from {}) - {}").format(
        table,
        sql.Identifier(contract.day or "occurred_at"),
        sql.Identifier(day),
        sql.Identifier(analytics, clock),
        sql.Literal(days),
    )


def _is_looked_at(model: dict[str, Any]) -> bool:
    folder, made_as = model["fqn"][1], model["config"]["materialized"]
    return folder in FOLDERS and (folder not in TABLES_ONLY or made_as == "incremental_by_key")


def _is_rules(node: dict[str, Any]) -> bool:
    return node["resource_type"] == "test" and (node.get("test_metadata") or {}).get("name") == "rules_hold"


def _rules(node: dict[str, Any]) -> dict[str, str]:
    """Those in plain SQL: one that reads a var is Jinja here, and dbt's own test has looked at it."""
    rules = node["test_metadata"]["kwargs"]["rules"]
    return {name: condition for name, condition in rules.items() if "{{" not in condition}


def _contract(model: dict[str, Any], rules: dict[str, str]) -> Contract:
    functions = f"{model['schema'].removesuffix('ingest')}radar"
    checks = {
        check["name"]: check["expression"].replace("{radar}", functions)
        for check in model["constraints"]
        if check["type"] == "check"
    }
    columns = model["columns"]
    is_null_refused = {
        name for name, column in columns.items() if any(rule["type"] == "not_null" for rule in column["constraints"])
    }
    return Contract(
        schema=model["schema"],
        name=model["alias"],
        types={name: column["data_type"] for name, column in columns.items()},
        not_null=[name for name in columns if name in is_null_refused],
        conditions=rules | checks,
    )
