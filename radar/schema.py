"""The contracts in other words: all DDL, JSON Schema for those who send rows, TypeScript for those who read them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from radar import dbt
from radar.errors import RadarError

Contract = dict[str, Any]
"""A relation as the macro print_schema tells it: schema, name, description, columns, checks, ddl (none for a view)."""

JSON_IN_TYPESCRIPT = "export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };"
HEADING = "Made by `radar schema --format {}` from the contracts in models/: edit those."
SET_BY_RADAR = "ingest_xid"
"""Whoever sends rows may not name it: it decides what is new."""


@dataclass(frozen=True)
class JsonType:
    """What a value of a PostgreSQL type is in JSON, as PostgREST and row_to_json write it, and in TypeScript."""

    schema: dict[str, Any]
    typescript: str


TEXT = JsonType({"type": "string"}, "string")
TYPES = {
    "text": TEXT,
    "inet": TEXT,
    "vector": TEXT,
    "interval": TEXT,
    "time": TEXT,
    "uuid": JsonType({"type": "string", "format": "uuid"}, "string"),
    "timestamptz": JsonType({"type": "string", "format": "date-time"}, "string"),
    "date": JsonType({"type": "string", "format": "date"}, "string"),
    "boolean": JsonType({"type": "boolean"}, "boolean"),
    "integer": JsonType({"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1}, "number"),
    "bigint": JsonType({"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}, "number"),
    "numeric": JsonType({"type": "number"}, "number"),
    "jsonb": JsonType({}, "Json"),
}


def contracts() -> list[Contract]:
    """Every relation of the project, in the order of schema and name. Raises DbtError when a contract is wrong."""
    found: list[Contract] = json.loads(dbt.logged_by("print_schema"))
    return sorted(found, key=lambda contract: (contract["schema"], contract["name"]))


def as_sql(relations: list[Contract]) -> str:
    """All statements that make the tables, for reading and for the review of changes: dbt runs them itself."""
    blocks = [";\n".join(relation["ddl"]) + ";\n" for relation in relations if relation["ddl"]]
    return "\n".join([f"-- {HEADING.format('sql')}\n", *blocks])


def as_json_schema(relations: list[Contract]) -> str:
    """One JSON Schema (draft 2020-12) with a definition for each table of the schema ingest, for those who send rows.

    A column that the database fills (generated, or with a default) need not be sent, and a generated one cannot be.
    """
    tables = [relation for relation in relations if relation["schema"] == "ingest"]
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": HEADING.format("json-schema"),
        "title": "Rows for the tables of the schema ingest",
        "$defs": {table["name"]: _row_schema(table) for table in tables},
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def as_typescript(relations: list[Contract]) -> str:
    """Types of the rows to send (namespace ingest) and to read (namespace analytics)."""
    lines = [f"// {HEADING.format('typescript')}", "", JSON_IN_TYPESCRIPT]
    for schema in ("ingest", "analytics"):
        lines += ["", f"export declare namespace {schema} {{"]
        for relation in relations:
            if relation["schema"] == schema:
                lines += _interface(relation, is_sent=schema == "ingest")
        lines.append("}")
    return "\n".join(lines) + "\n"


FORMATS: dict[str, Callable[[list[Contract]], str]] = {
    "sql": as_sql,
    "json-schema": as_json_schema,
    "typescript": as_typescript,
}


def _row_schema(table: Contract) -> dict[str, Any]:
    columns = _sent_columns(table)
    return {
        "description": table["description"].strip(),
        "type": "object",
        "properties": {column["name"]: _value_schema(table, column) for column in columns},
        "required": [column["name"] for column in columns if column["not_null"] and column["default"] is None],
        "additionalProperties": False,
    }


def _sent_columns(table: Contract) -> list[dict[str, Any]]:
    return [column for column in table["columns"] if column["generated"] is None and column["name"] != SET_BY_RADAR]


def _value_schema(table: Contract, column: dict[str, Any]) -> dict[str, Any]:
    schema = {"description": column["description"].strip(), **_json_type(column["type"]).schema}
    values = _allowed_values(table, column["name"])
    if values:
        schema["enum"] = values
    if not column["not_null"] and "type" in schema:
        schema["type"] = [schema["type"], "null"]
        schema |= {"enum": [*values, None]} if values else {}
    return schema


def _json_type(data_type: str) -> JsonType:
    """Raises RadarError for a type that nobody has said the JSON of."""
    name, dimensions = re.fullmatch(r"([^(\[]+)(?:\([^)]*\))?((?:\[\])?)", data_type.lower()).groups()  # type: ignore[union-attr]
    if name not in TYPES:
        raise RadarError(f"radar schema does not know the type {data_type}: add it to TYPES in radar/schema.py")
    element = TYPES[name]
    return JsonType({"type": "array", "items": element.schema}, f"{element.typescript}[]") if dimensions else element


def _allowed_values(relation: Contract, column: str) -> list[str]:
    """The values of a check like `reason in ('a', 'b')`, else none."""
    for check in relation["checks"]:
        found = re.fullmatch(rf"{column} in \((.*)\)", check["expression"].strip(), re.DOTALL)
        if found:
            return re.findall(r"'([^']*)'", found[1])
    return []


def _interface(relation: Contract, *, is_sent: bool) -> list[str]:
    lines = [f"  /** {_comment(relation)} */", f"  interface {relation['name']} {{"]
    for column in _sent_columns(relation) if is_sent else relation["columns"]:
        is_null = not column.get("not_null")
        mark = "?" if is_sent and (is_null or column["default"] is not None) else ""
        value = " | ".join(json.dumps(value) for value in _allowed_values(relation, column["name"]))
        value = value or _json_type(column["type"]).typescript
        lines.append(f"    /** {_comment(column)} */")
        lines.append(f"    {column['name']}{mark}: {value}{' | null' if is_null else ''};")
    return [*lines, "  }"]


def _comment(described: dict[str, Any]) -> str:
    return str(described["description"]).strip().replace("*/", "* /")
