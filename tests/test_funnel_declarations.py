"""Funnels are declared in YAML: adding one there is enough, and a mistake is said with what to change."""

import csv
import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml

from radar import settings
from radar.errors import DbtError
from tests.conftest import Database
from tests.test_funnels import FUNNELS, START, WORKSPACE, Event, send

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

ORDERS: dict[str, Any] = {
    "name": "Orders",
    "projects": ["shop"],
    "window_hours": 60 * 24,
    "steps": [{"name": name, "event_name": name} for name in ("placed", "completed", "returned")],
}


def test_a_funnel_is_added_by_editing_yaml_alone(
    database: Database, shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The published 6/5/2, of events that were there before the funnel."""
    folder = shared_data / "funnel_retention"
    with (folder / "raw_orders_simple.csv").open() as file:
        rows = [(row["customer_id"], row["status"], row["order_date"]) for row in csv.DictReader(file)]
    days = [(dt.date.fromisoformat(day) - START.date()).days for _, _, day in rows]
    orders: list[Event] = [(who, None, what, 1440 * day) for (who, what, _), day in zip(rows, days, strict=True)]
    send(database, orders)
    database.dbt(*FUNNELS)
    declare(tmp_path, monkeypatch, lambda funnels: [*funnels, ORDERS])
    database.dbt(*FUNNELS)
    found = database.query(
        "select step_name, visitors::integer from analytics.named_funnel(%s, %s, 'Orders', '2018-01-01', '2018-01-31')",
        WORKSPACE, UUID(int=2),
    )  # fmt: skip
    assert found == [("placed", 6), ("completed", 5), ("returned", 2)]
    assert (
        database.query(
            "select step_name, sum(attempts)::integer from analytics.funnels"
            " where funnel_name = 'Orders' group by step, step_name order by step"
        )
        == found
    )
    declare(tmp_path, monkeypatch, lambda funnels: [])
    database.dbt(*FUNNELS)
    assert database.query("select * from analytics.funnels") == []


def with_step(condition: dict[str, Any]) -> list[Any]:
    """One funnel, whose second step has this condition."""
    return [ORDERS | {"steps": [ORDERS["steps"][0], {"name": "second", **condition}]}]


def declare(folder: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[list[Any]], list[Any]]) -> None:
    """Make the folder a copy of the project with other funnels, and dbt run there."""
    root = Path(__file__).parents[1]
    for name in ("dbt_project.yml", "profiles.yml", "macros"):
        if not (folder / name).exists():
            (folder / name).symlink_to(root / name)
    shutil.copytree(root / "models", folder / "models", dirs_exist_ok=True)
    path = folder / "models" / "funnels" / "_funnels__models.yml"
    models = yaml.safe_load(path.read_text())
    meta = models["models"][0]["config"]["meta"]
    meta["funnels"] = change(meta["funnels"])
    path.write_text(yaml.safe_dump(models))
    monkeypatch.setattr(settings, "ROOT", folder)
    monkeypatch.setenv("DBT_TARGET_PATH", str(folder / "target"))


@pytest.mark.parametrize(
    ("funnels", "message"),
    [
        ([ORDERS | {"windw_hours": 3}], 'meta.funnels, Orders: unknown key "windw_hours"'),
        ([ORDERS | {"window_hours": 0}], "meta.funnels, Orders: window_hours must be a number above 0"),
        ([ORDERS | {"projects": "shop"}], "meta.funnels, Orders: projects must be a list of slugs"),
        ([ORDERS | {"steps": ORDERS["steps"][:1]}], "meta.funnels, Orders: a funnel has two steps at least"),
        ([ORDERS | {"steps": [{"name": "same", "event_name": "a"}] * 2}], "Orders, step 1: each step needs a name"),
        (with_step({}), "meta.funnels, Orders, step 2: a goal of type custom needs a condition"),
        (with_step({"event": "x"}), "meta.funnels, Orders, step 2: event is no condition"),
        (with_step({"page_path": "/a\\"}), "meta.funnels, Orders, step 2: page_path ends with its escape character"),
        (with_step({"properties": {"total": {">": "much"}}}), "step 2: properties.total: > needs a number"),
        ([ORDERS, ORDERS], "meta.funnels, Orders: each funnel needs a name of its own"),
    ],
)  # fmt: skip
def test_a_wrong_funnel_is_refused_with_what_to_change(
    template_database: Database, capsys: pytest.CaptureFixture[str], funnels: list[Any], message: str
) -> None:
    with pytest.raises(DbtError):
        template_database.dbt("run-operation", "assert_funnels", "--args", json.dumps({"funnels": funnels}))
    assert message in capsys.readouterr().out
