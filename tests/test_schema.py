"""`radar schema`: the contracts as DDL, JSON Schema and TypeScript, with copies in the repository for review."""

import json
from typing import Any

import psycopg
import pytest
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from typer.testing import CliRunner

from radar import schema, settings
from radar.cli import app
from radar.errors import RadarError
from tests.conftest import Database

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

FILES = {"sql": "radar.sql", "json-schema": "ingest.schema.json", "typescript": "radar.d.ts"}
WORKSPACE = "00000000-0000-0000-0000-000000000001"
EVENT = {"workspace_id": WORKSPACE, "project_id": WORKSPACE, "occurred_at": "2026-11-01T10:00:00Z"}
NAMES = """
    select 'column', a.attrelid::regclass::text, a.attname,
        concat_ws('|', a.attnum, format_type(a.atttypid, a.atttypmod),
        a.attnotnull, a.attgenerated, a.attacl, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum))
    from pg_attribute as a left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    inner join pg_class as c on c.oid = a.attrelid and c.relkind in ('r', 'p')
    where a.attnum > 0
        and c.relnamespace in ('app'::regnamespace, 'ingest'::regnamespace, 'analytics'::regnamespace)
        and c.relname !~ '_p\\d{4}_\\d\\d$'
    union all
    select 'table', c.oid::regclass::text, c.relkind::text, concat_ws('|', c.relrowsecurity, c.relacl,
        obj_description(c.oid, 'pg_class'), pg_get_partkeydef(c.oid),
        (select string_agg(pg_get_indexdef(indexrelid), ';' order by indexrelid::regclass::text) from pg_index
         where indrelid = c.oid),
        (select string_agg(conname || pg_get_constraintdef(oid), ';' order by conname) from pg_constraint
         where conrelid = c.oid and contype <> 'n'),
        (select string_agg(concat(polname, polcmd, polroles::regrole[], pg_get_expr(polqual, polrelid)), ';'
            order by polname) from pg_policy where polrelid = c.oid),
        (select string_agg(pg_get_triggerdef(oid), ';' order by tgname) from pg_trigger where tgrelid = c.oid))
    from pg_class as c
    where c.relkind in ('r', 'p')
        and c.relnamespace in ('app'::regnamespace, 'ingest'::regnamespace, 'analytics'::regnamespace)
        and c.relname !~ '_p\\d{4}_\\d\\d$'
    order by 1, 2, 3
"""


@pytest.fixture
def contracts(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[schema.Contract]:
    for name, value in database.env.items():
        monkeypatch.setenv(name, value)
    return schema.contracts()


@pytest.fixture
def definitions() -> dict[str, Any]:
    document = json.loads((settings.ROOT / "schema" / FILES["json-schema"]).read_text())
    Draft202012Validator.check_schema(document)
    return dict(document["$defs"])


def faults(definition: dict[str, Any], row: dict[str, Any]) -> list[str]:
    found = Draft202012Validator(definition, format_checker=FormatChecker()).iter_errors(row)
    return [error.message for error in found]


def test_the_copies_in_the_repository_are_current(contracts: list[schema.Contract]) -> None:
    for form, file in FILES.items():
        copy = (settings.ROOT / "schema" / file).read_text()
        assert copy == schema.FORMATS[form](contracts), f"refresh it: radar schema --format {form} > schema/{file}"


def test_the_printed_ddl_makes_the_tables_that_dbt_makes(database: Database) -> None:
    if database.query("select to_regtype('vector') is null")[0][0]:
        pytest.skip("this PostgreSQL has no pgvector")
    made_by_dbt = database.query(NAMES)
    for (table,) in database.query(
        "select oid::regclass::text from pg_class where relkind in ('r', 'p') and not relispartition"
        " and relnamespace in ('app'::regnamespace, 'ingest'::regnamespace, 'analytics'::regnamespace)"
    ):
        database.execute(f"drop table {table} cascade")
    assert database.query(NAMES) == []
    with psycopg.connect(database.dsn) as connection:
        connection.execute((settings.ROOT / "schema" / FILES["sql"]).read_text().encode())
    assert database.query(NAMES) == made_by_dbt


def test_stored_rows_follow_the_json_schema(database: Database, definitions: dict[str, Any]) -> None:
    database.execute("insert into app.workspaces (workspace_id, name, slug) values (%s, 'w', 'w')", WORKSPACE)
    database.execute(
        "insert into ingest.projects (workspace_id, project_id, name, slug, write_key) values (%s, %s, 'p', 'p', 'wk')",
        WORKSPACE,
        WORKSPACE,
    )
    database.execute(
        "select ingest.track('wk', %s::jsonb)",
        '[{"type": "page", "anonymousId": "a", "messageId": "m", "properties": {"url": "https://x.example/?utm_source=y"}},'
        ' {"type": "track", "event": "nobody"}]',
    )
    for table in ("events", "projects", "rejected_events"):
        stored = database.query(
            "select to_jsonb(stored) - array(select attname::text from pg_attribute"
            f" where attrelid = 'ingest.{table}'::regclass and (attgenerated <> '' or attname = 'ingest_xid'))"
            f" from ingest.{table} as stored"
        )
        assert len(stored) == 1
        assert [faults(definitions[table], row) for (row,) in stored] == [[]]


def test_a_row_needs_only_what_the_schema_requires(database: Database, definitions: dict[str, Any]) -> None:
    assert sorted(definitions["events"]["required"]) == sorted(EVENT)
    assert faults(definitions["events"], EVENT) == []
    database.execute(f"insert into ingest.events ({', '.join(EVENT)}) values (%s, %s, %s)", *EVENT.values())


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("events", {"occurred_at": None}),
        ("events", {"event_id": WORKSPACE}),
        ("events", {"ingest_xid": 1}),
        ("events", {"proprties": {}}),
        ("events", {"screen_width": 2**31}),
        ("events", {"screen_width": "1024"}),
        ("events", {"workspace_id": "no uuid"}),
        ("rejected_events", {"reason": "boredom"}),
    ],
)
def test_a_wrong_row_is_refused(definitions: dict[str, Any], table: str, change: dict[str, Any]) -> None:
    rows = {
        "events": EVENT,
        "rejected_events": {"rejected_event_id": WORKSPACE, "reason": "no_id", "source": "f", "payload": "{}"},
    }
    assert faults(definitions[table], rows[table]) == []
    assert len(faults(definitions[table], {**rows[table], **change})) == 1


def test_typescript_says_what_may_be_null_or_left_out() -> None:
    text = (settings.ROOT / "schema" / FILES["typescript"]).read_text()
    sent, read = text.split("namespace analytics")
    assert text.count("{") == text.count("}")
    for line in (
        "    occurred_at: string;",
        "    received_at?: string;",
        "    screen_width?: number | null;",
        "    properties?: Json;",
        "    allowed_origins?: string[] | null;",
        '    goal_type: "event" | "pageview" | "duration" | "custom";',
    ):
        assert f"{line}\n" in sent
    assert "event_id" not in sent.split("interface goals")[0]
    assert "    bounce_rate: number;\n" in read
    assert "    user_id: string | null;\n" in read


def test_a_type_without_json_is_named() -> None:
    column = {"name": "area", "type": "box", "description": "", "not_null": True, "default": None, "generated": None}
    table = {"schema": "ingest", "name": "t", "description": "", "checks": [], "ddl": [], "columns": [column]}
    with pytest.raises(RadarError, match="does not know the type box"):
        schema.as_json_schema([table])


def test_the_command_names_its_formats() -> None:
    outcome = CliRunner().invoke(app, ["schema", "--format", "xml"])
    assert outcome.exit_code == 2
    assert "sql, json-schema, typescript" in outcome.output
