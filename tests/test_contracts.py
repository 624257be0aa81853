"""A contract becomes exactly the table that it describes, and a changed one never costs a row."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.contract_project import CATALOG, WORKSPACE, ContractProject, catalog, columns, contract, generated

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own


@pytest.fixture
def project(tmp_path: Path, database: Database) -> ContractProject:
    return ContractProject(tmp_path, database)


def columns_of(database: Database, table: str) -> dict[str, str]:
    return dict(
        database.query(
            f"select name, value from ({CATALOG}) as found where kind = 'column' and oid = %s::regclass::oid::text",
            f"ingest.{table}",
        )
    )


def default(data_type: str, expression: str) -> dict[str, Any]:
    return {"data_type": data_type, "config": {"meta": {"default": expression}}, "constraints": [{"type": "not_null"}]}


def rich_contract() -> dict[str, Any]:
    return contract(
        "things",
        columns(
            size={**default("bigint", "7"), "description": 'It\'s a "size" in %s; 100 % sure; back\\slash.'},
            label=generated("upper(note)"),
            document={"data_type": "jsonb"},
            price={"data_type": "numeric(10, 2)"},
            short={"data_type": "varchar(20)"},
            updated_at=default("timestamptz", "now()"),
        ),
        checks={"size_is_positive": "size > 0"},
        partition_by={"column": "occurred_at", "every": "month"},
        indexes=[
            {"columns": ["note"], "where": "note is not null", "include": ["size"]},
            {"columns": ["occurred_at"], "using": "brin"},
            {"columns": ["workspace_id", "item_id", "occurred_at", "size"], "unique": True},
            {"columns": ["document"], "using": "gin", "opclass": "jsonb_path_ops"},
            {"columns": ["lower(note)"]},
        ],
        retention={"column": "occurred_at", "days": 30},
    )


def test_every_word_of_a_contract_is_in_the_catalog(project: ContractProject) -> None:
    assert project.run(rich_contract()) == {}
    database = project.database
    found = columns_of(database, "things")
    assert found["size"].endswith('7|It\'s a "size" in %s; 100 % sure; back\\slash.')
    assert "upper(note)" in found["label"]
    assert "|s|" in found["label"]
    assert "numeric(10,2)" in found["price"]
    assert "radar_ingest=a" in found["note"]
    assert "radar_ingest" not in found["label"], "nobody may set a generated column"
    indexes = " ".join(
        value.split(" ON ONLY ")[-1] for value in catalog(database, "ON ONLY ingest.things", "index").values()
    )
    for part in (
        "btree (note) INCLUDE (size) WHERE (note IS NOT NULL)",
        "brin (occurred_at)",
        "gin (document jsonb_path_ops)",
        "btree (lower(note))",
    ):
        assert part in indexes
    unique = [value for value in catalog(database, "ON ONLY ingest.things", "index").values() if "UNIQUE" in value]
    assert len(unique) == 2, "the key and the unique index"
    assert "CHECK ((size > 0))" in catalog(database, "size_is_positive", "constraint").values()
    (trigger,) = {value.split(" BEFORE")[1] for value in catalog(database, "ON ingest.things ", "trigger").values()}
    assert "UPDATE ON ingest.things FOR EACH ROW" in trigger
    policies = catalog(database, "things_", "policy")
    assert {name.rsplit("_", 1)[0] for name in policies} == {"things_service", "things_own_workspaces", "things_ingest"}
    assert "current_workspaces" in " ".join(policies.values())
    for name, value in catalog(database, "things", "class").items():
        if value.split("|")[0] in "pr":
            assert value.split("|")[1] == "t", f"{name} has no row security"
    parent = catalog(database, "things", "class")["things"]
    assert "One row per things.|RANGE (occurred_at)" in parent
    assert len([name for name in catalog(database, "things_p2", "class") if name.startswith("things_p2")]) >= 4
    names = database.query(f"select name from ({CATALOG}) as all_objects")
    assert max(len(name) for (name,) in names) <= 63


def test_a_second_run_and_a_full_refresh_change_nothing(project: ContractProject) -> None:
    project.run(rich_contract())
    project.database.execute(
        "insert into ingest.things (workspace_id, item_id, occurred_at) values (%s, 'a', now()),"
        " (%s, 'b', '1999-01-01')",
        WORKSPACE,
        WORKSPACE,
    )
    before = (
        project.database.query(CATALOG),
        project.database.query("select xmin, * from ingest.things order by item_id"),
    )
    recorded = project.database.query("select xmin, * from radar.contracts order by relation")
    assert project.run(rich_contract()) == {}
    assert project.run(rich_contract(), arguments=("--full-refresh",)) == {}
    after = (
        project.database.query(CATALOG),
        project.database.query("select xmin, * from ingest.things order by item_id"),
    )
    assert before == after
    assert recorded == project.database.query("select xmin, * from radar.contracts order by relation")


def test_additions_are_applied_and_what_is_not_ours_stays(project: ContractProject) -> None:
    old = contract("things", checks={"old": "note <> 'x'"}, indexes=[{"columns": ["note"]}, {"columns": ["item_id"]}])
    project.run(old)
    database = project.database
    database.execute(
        "insert into ingest.things (workspace_id, item_id, occurred_at) values (%s, 'a', now())", WORKSPACE
    )
    database.execute("create index things_of_mine_20241122 on ingest.things (note, item_id)")
    kept = catalog(database, "USING btree (item_id)", "index")
    new = contract(
        "things",
        columns(
            note={"data_type": "text", "description": "Now it's known.", "config": {"meta": {"default": "'none'"}}},
            size=default("integer", "3"),
            label=generated("item_id || '!'"),
        ),
        checks={"new": "size > 0"},
        indexes=[{"columns": ["note"], "where": "note > ''"}, {"columns": ["item_id"]}, {"columns": ["size"]}],
    )
    assert project.run(new) == {}
    assert database.query("select item_id, note, size, label from ingest.things") == [("a", None, 3, "a!")]
    assert "'none'::text|Now it's known." in columns_of(database, "things")["note"]
    assert "radar_ingest=a" in columns_of(database, "things")["size"]
    indexes = " ".join(catalog(database, "ON ingest.things ", "index").values())
    assert "btree (note) WHERE" in indexes
    assert "btree (note)  " not in f"{indexes}  ", "the old definition is replaced"
    assert "(size)" in indexes
    assert "things_of_mine_20241122" in indexes
    assert catalog(database, "USING btree (item_id)", "index").items() >= kept.items(), (
        "an index that stays is not rebuilt"
    )
    checks = " ".join(catalog(database, "things_", "constraint"))
    assert "things_new_" in checks
    assert "things_old_" not in checks
    assert (
        project.run(contract("things", columns(size=default("integer", "3"), label=generated("item_id || '!'")))) == {}
    )
    assert "'none'" not in columns_of(database, "things")["note"], "a default that is gone is dropped"


def test_triggers_follow_the_contract_onto_every_partition(project: ContractProject) -> None:
    partition_by = {"column": "occurred_at", "every": "month"}
    texts = ("page_url", "page_path", "page_referrer", "event_type", "event_name")
    form = columns(properties={"data_type": "jsonb"}, **{name: {"data_type": "text"} for name in texts})
    seen: dict[str, Any] = {"name": "seen", "function": "redact_event"}
    for trigger, expected in [
        (seen, "BEFORE INSERT OR UPDATE ON ingest.things FOR EACH ROW EXECUTE FUNCTION radar.redact_event()"),
        (seen | {"when": "may_hold_a_secret"}, "FOR EACH ROW WHEN ((((lower("),
        (seen | {"event": "update"}, "BEFORE UPDATE ON ingest.things FOR EACH ROW"),
    ]:
        assert project.run(contract("things", form, partition_by=partition_by, triggers=[trigger])) == {}
        (definition,) = catalog(project.database, "ON ingest.things ", "trigger").values()
        assert expected in definition
        assert len(catalog(project.database, "ON ingest.things_default ", "trigger")) == 1
    assert project.run(contract("things", form, partition_by=partition_by)) == {}
    assert catalog(project.database, "ON ingest.things", "trigger") == {}


def test_a_stray_row_waits_in_the_default_partition_until_its_month_is_made(database: Database) -> None:
    database.execute("insert into app.workspaces (workspace_id, name, slug) values (%s, 'w', 'w')", WORKSPACE)
    for months in (14, 400):
        database.execute(
            "insert into ingest.events (workspace_id, project_id, message_id, occurred_at)"
            " values (%s, %s, %s, now() - make_interval(months => %s))",
            WORKSPACE,
            WORKSPACE,
            f"m{months}",
            months,
        )
    rows = "select tableoid::regclass::text, ingest_xid, event_id, message_id from ingest.events order by message_id"
    before = database.query(rows)
    assert {row[0] for row in before} == {"ingest.events_default"}
    database.dbt("run-operation", "make_partitions", "--quiet")
    after = database.query(rows)
    assert [row[1:] for row in after] == [row[1:] for row in before], "arrival decides what is new: it must stay"
    assert after[0][0].startswith("ingest.events_p20")
    assert after[1][0] == "ingest.events_default", "an impossible date gets no partition of its own"
    assert database.query("select relrowsecurity from pg_class where oid = %s::regclass", after[0][0]) == [(True,)]


def test_two_first_runs_at_once_both_succeed(project: ContractProject) -> None:
    tables = [rich_contract(), *(contract(f"table_{number}") for number in range(4))]
    project.write(*tables)
    dbt = str(Path(sys.executable).with_name("dbt"))
    runs = [
        subprocess.Popen(
            [dbt, *project.command(), "--target-path", str(project.folder / f"target_{number}")],
            env={**os.environ, **project.database.env},
            text=True,
            stdout=subprocess.PIPE,
        )
        for number in range(2)
    ]
    assert [(run.wait(), out) for run in runs for out in [run.communicate()[0]] if run.returncode] == []


def test_aliases_of_two_tenants_stand_side_by_side(database: Database) -> None:
    """Also in a database whose key still left the tenant out, and which has rows that a new check would refuse."""
    alias = (
        "insert into ingest.model_aliases (workspace_id, provider, alias, priced_provider, priced_model)"
        " values (nullif(%s, '')::uuid, 'openai', 'ours', 'openai', %s)"
    )
    database.execute(
        "alter table ingest.model_aliases drop model_alias_id;"
        "alter table ingest.model_aliases add constraint model_aliases_pkey_3d5c2ccb primary key (provider, alias)"
    )
    database.execute("update radar.contracts set generated = '{}' where relation like '%%model_aliases%%'")
    database.execute(alias, str(WORKSPACE), "gpt-4o")
    database.dbt("run", "--quiet", "-s", "model_aliases")
    database.execute(alias, "2" * 32, "gpt-4o-mini")
    database.execute(alias, "", "o3")
    found = database.query("select priced_model from ingest.model_aliases order by 1")
    assert found == [("gpt-4o",), ("gpt-4o-mini",), ("o3",)]
