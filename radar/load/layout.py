"""What rows of all files have in common on their way: columns, a staging table, and those that are rejected."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import psycopg
from psycopg import sql

from radar.load.errors import LoadError

STAGING = sql.Identifier("pg_temp", "radar_load")
OWN_COLUMNS = frozenset({"workspace_id", "project_id"})
"""What --project decides. A file may say it too; a row of another project is rejected."""

LINE, EXTRA = "source_line", "extra"
"""Columns of the staging table beside the table's: where a row stands in its file, and all that the table has no column
for, as JSON, so that names and number of a file's columns do not matter to SQL."""

EXPORTS = ("langfuse", "litellm", "helicone", "openrouter")
"""Formats of calls whose fields have names of their own."""

NO_CALL = "no_call"
"""Of rows among calls of models that are none: they are counted, and neither stored nor rejected."""


@dataclass(frozen=True)
class Column:
    """A column that a file can fill: its type and what stands in for a missing value, as SQL."""

    type: str
    default: str | None


def table_columns(connection: psycopg.Connection, table: str) -> dict[str, Column]:
    """The columns as the database has them, without those that it fills itself."""
    rows = connection.execute(
        "select attname, format_type(atttypid, atttypmod), pg_get_expr(adbin, adrelid) from pg_attribute"
        " left join pg_attrdef on adrelid = attrelid and adnum = attnum"
        " where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''"
        " and attname not in ('ingest_xid', 'arrival_number') order by attnum",
        [table],
    ).fetchall()
    return {name: Column(kind, default) for name, kind, default in rows}


@dataclass(frozen=True)
class Layout(ABC):
    """The columns of one file, by the table's names."""

    columns: tuple[str, ...]
    known: dict[str, Column]
    ids_from_content: bool = False
    """Whether a row that no id names gets one of its content."""

    table: ClassVar[str]
    id_column: ClassVar[str]
    """The column by which a row is known again."""
    own_names: ClassVar[tuple[str, ...]]
    """Columns that the table fills itself, or that are no values."""
    ids: ClassVar[frozenset[str]]
    """Columns in which a placeholder stands for no value."""

    def __post_init__(self) -> None:
        twice = sorted({column for column in self.columns if self.columns.count(column) > 1})
        if twice:
            raise LoadError(f"two columns of the file are {', '.join(twice)}: change the header or the mapping")
        if "occurred_at" not in self.columns:
            raise LoadError(
                "no column is occurred_at: name the one that says when, with --map COLUMN=occurred_at" + self._hint()
            )

    def _hint(self) -> str:
        """What else a header may mean that looks like that of calls of language models."""
        if not {"model", "input_tokens", "output_tokens", "prompt_tokens", "completion_tokens"} & set(self.columns):
            return ""
        return (
            "; calls of language models need occurred_at, model and input_tokens or output_tokens, named with --map, or"
            f" say who wrote the file: --format {', '.join(EXPORTS)}"
        )

    @abstractmethod
    def reason(self) -> sql.Composed:
        """The expression that says why a staged row is rejected, null when it is not."""

    @abstractmethod
    def insert(self) -> sql.Composed:
        """Staged rows that nothing is wrong with into the table, in the order of all writers."""

    @abstractmethod
    def lookups(self, connection: psycopg.Connection) -> dict[str, Any]:
        """Parameters of `insert` that depend on what is staged."""

    @property
    def has_ids(self) -> bool:
        """Whether the file says which row is which."""
        return self.id_column in self.columns

    def with_ids(self) -> Self:
        """The layout of the same rows with ids, of their content where the file has none."""
        return self if self.has_ids else replace(self, columns=(self.id_column, *self.columns), ids_from_content=True)

    def kept(self, values: dict[str, Any]) -> dict[str, Any]:
        """Of a row's values those that may be stored."""
        return values

    def kept_payload(self, payload: bytes) -> bytes:
        """The same of what is rejected."""
        return payload

    def lacks_id(self, staged: Mapping[str, str]) -> bool:
        """Whether an id has to be made for a row."""
        return self.ids_from_content and self.id_column not in staged

    @property
    def staged(self) -> tuple[str, ...]:
        """The staging table's columns."""
        return (LINE, EXTRA, *(name for name in self.columns if name in self.known and name not in self.own_names))

    def type_of(self, column: str) -> str:
        """The staging table's type, in which COPY reads a column."""
        return {LINE: "bigint", EXTRA: "jsonb"}.get(column) or self.known[column].type

    def create_staging(self) -> sql.Composed:
        """A temporary table with the file's columns and no constraint, for one transaction: behind a pooler another
        load may have the session next."""
        columns = [
            sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(self.type_of(column))) for column in self.staged
        ]
        create = sql.SQL("create temporary table {} ({}) on commit drop")
        # JSON is not compressed, so that its size tells how large it is.
        plain = sql.SQL("; alter table {} alter {} set storage external")
        documents = [column for column in self.staged if self.type_of(column) == "jsonb"]
        return sql.Composed(
            [
                create.format(STAGING, sql.SQL(", ").join(columns)),
                *(plain.format(STAGING, sql.Identifier(column)) for column in documents),
            ]
        )

    def copy(self) -> sql.Composed:
        """COPY of rows into the staging table."""
        columns = sql.SQL(", ").join(map(sql.Identifier, self.staged))
        return sql.SQL("copy {} ({}) from stdin").format(STAGING, columns)

    def reject(self) -> sql.Composed:
        """Staged rows that something is wrong with into ingest.rejected_events."""
        return _REJECT.format(
            reason=self.reason(), detail=self.detail(), staging=STAGING, line=sql.Identifier(LINE), no_call=NO_CALL
        )

    def named(self, column: str) -> sql.Composable:
        """The staged value of a column, null where the file has none."""
        if column not in self.columns:
            return sql.SQL("null")
        value = sql.SQL("staged.{}").format(sql.Identifier(column))
        return sql.SQL("radar.real_id({})").format(value) if column in self.ids else value

    def detail(self) -> sql.Composable:
        """What exactly is wrong with a staged row, where `reason` leaves that open."""
        return sql.SQL("null")

    def is_too_large(self, column: str) -> sql.Composable:
        """Whether a JSON column, or what will be added to it, is larger than a message may be."""
        test = sql.SQL("(pg_column_size({0}) > 5000 and octet_length({0}::text) > %(message_bytes)s)")
        parts = [name for name in (column, EXTRA) if name in self.staged]
        return sql.SQL(" or ").join(test.format(sql.Identifier(name)) for name in parts)

    def is_of_other_project(self) -> sql.Composable:
        """Whether a row names another workspace or project than the load does."""
        tests = [
            sql.SQL("{} <> {}").format(sql.Identifier(column), sql.Placeholder(column))
            for column in sorted(OWN_COLUMNS)
            if column in self.columns
        ]
        return sql.SQL(" or ").join(tests) if tests else sql.SQL("false")

    def with_extra(self, column: str) -> sql.Composable:
        """A JSON column and, in it, what the table has no column for."""
        return sql.SQL("coalesce({}, '{{}}'::jsonb) || coalesce(staged.{}, '{{}}')").format(
            self.named(column), sql.Identifier(EXTRA)
        )


_REJECT = sql.SQL("""
    insert into ingest.rejected_events (rejected_event_id, workspace_id, project_id, reason, detail, source, payload)
    select
        md5(concat_ws(':', %(project_id)s::text, source, payload))::uuid, %(workspace_id)s, %(project_id)s, reason,
        detail, source, left(payload, %(payload_characters)s)
    from (
        select
            {reason} as reason, {detail} as detail,
            radar.redacted(jsonb_strip_nulls(to_jsonb(staged)), '', true)::text as payload,
            concat(%(source)s::text, ':', {line}) as source
        from {staging} as staged
    ) as judged
    where reason <> {no_call}
    order by 1
    on conflict do nothing""")
