"""A contract becomes exactly the table that it describes, and a changed one never costs a row."""

import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.contract_project import COLUMNS, ContractProject, contract

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

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
WORKSPACE = "00000000-0000-0000-0000-000000000001"


@pytest.fixture
def project(tmp_path: Path, database: Database) -> ContractProject:
    return ContractProject(tmp_path, database)


def catalog(database: Database, table: str, kind: str) -> dict[str, str]:
    """Definitions of one kind of object of a table, by name without the hash."""
    found = database.query(f"select name, value from ({CATALOG}) as all_objects where kind = %s", kind)
    return {name: value for name, value in found if table in f"{name} {value}"}


def columns_of(database: Database, table: str) -> dict[str, str]:
    return dict(
        database.query(
            f"select name, value from ({CATALOG}) as found where kind = 'column' and oid = %s::regclass::oid::text",
            f"ingest.{table}",
        )
    )


def columns(**changes: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    """The usual columns with some changed, added, or (None) left out."""
    found = {**deepcopy(COLUMNS), **changes}
    return {name: entry for name, entry in found.items() if entry is not None}


def generated(expression: str) -> dict[str, Any]:
    return {"data_type": "text", "config": {"meta": {"generated": expression}}}


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
        (seen | {"when": "may_hold_a_secret"}, "FOR EACH ROW WHEN (((lower("),
    ]:
        assert project.run(contract("things", form, partition_by=partition_by, triggers=[trigger])) == {}
        (definition,) = catalog(project.database, "ON ingest.things ", "trigger").values()
        assert expected in definition
        assert len(catalog(project.database, "ON ingest.things_default ", "trigger")) == 1
    assert project.run(contract("things", form, partition_by=partition_by)) == {}
    assert catalog(project.database, "ON ingest.things", "trigger") == {}


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
