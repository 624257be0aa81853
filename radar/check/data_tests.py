"""dbt's data tests as a part of the gate."""

from datetime import date
from typing import Any, cast

import psycopg

from radar import dbt, last_run, settings
from radar.check.findings import Finding
from radar.connection import session

PASSED = ("pass", "success", "warn")
PLACES = 3


def run(*options: str) -> tuple[int, list[Finding]]:
    """Run every data test and return how many there were and what failed; unit tests look at no data."""
    # The manifest that it writes tells the contracts to the rest of the gate.
    arguments = ("--quiet", "--log-level", "none", "--write-json", "test", "--resource-type", "test")
    outcome: Any = dbt.attempt(*last_run.options(*arguments, *options))
    if outcome.exception or outcome.result is None:
        raise dbt.error("test", outcome)
    tests = [result for result in outcome.result.results if result.node.resource_type == "test"]
    with session(settings.dsn()) as connection:
        return len(tests), [
            found for test in tests if test.status not in PASSED for found in _findings(connection, test)
        ]


def _findings(connection: psycopg.Connection[Any], result: Any) -> list[Finding]:
    """One finding for each rule and day that a test's rows name, the latest days first; one where they name none."""
    node = result.node
    relation, path = _tested(node), str(node.compiled_path or node.original_file_path)
    if result.status != "fail":
        return [Finding(node.name, relation, path, detail=str(result.message).strip())]
    query = f"select to_jsonb(bad) from ({node.compiled_code}) as bad"
    found = connection.execute(cast(Any, query)).fetchall()
    rows: dict[tuple[str, str], int] = {}
    for (row,) in found:
        place = (str(row.get("day") or ""), str(row.get("rule") or row.get("lacking") or ""))
        rows[place] = rows.get(place, 0) + int(row.get("row_count") or 1)
    return [
        Finding(node.name, relation, path, day=_date(day), rows=count, detail=rule)
        for (day, rule), count in sorted(rows.items(), reverse=True)[:PLACES]
    ]


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _tested(node: Any) -> str:
    """The model that the test is of; of a test of several, those."""
    attached = getattr(node, "attached_node", None)
    models = [attached] if attached else node.depends_on.nodes
    return ", ".join(model.split(".")[-1] for model in models if model.split(".")[-1] != "stg_projects")
