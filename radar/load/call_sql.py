"""SQL that takes rows of calls of language models from their staging table into ingest.llm_calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from radar.load import jsontext
from radar.load.errors import LoadError
from radar.load.kept import kept, kept_payload
from radar.load.layout import NO_CALL, OWN_COLUMNS, STAGING, Layout
from radar.load.model_names import as_json

_SERVED = ("provider", "model", "input_includes_cached")
_COSTS = ("estimated_cost_usd", "verified_cost_usd")
_JUDGED = (
    "model",
    "input_tokens",
    "output_tokens",
    "cached_tokens",
    "cache_write_tokens",
    "cache_write_1h_tokens",
    "latency_ms",
    "call_id",
    "trace_id",
    "span_id",
    "parent_span_id",
    "user_id",
    "session_id",
    *_COSTS,
)

_REASON = sql.SQL("""
    case
        when coalesce({model}, '') = '' and {input_tokens} is null and {output_tokens} is null then {no_call}
        when {project} then 'unknown_project'
        when coalesce({model}, '') = ''
            or greatest(octet_length({call_id}), octet_length({trace_id}), octet_length({span_id}),
                octet_length({parent_span_id}), octet_length({user_id}), octet_length({session_id})) > 512
            or least({input_tokens}, {output_tokens}, {cached_tokens}, {cache_write_tokens}, {latency_ms}) < 0
            or {cache_write_1h_tokens} not between 0 and coalesce({cache_write_tokens}, 0)
            or least({estimated_cost_usd}, {verified_cost_usd}) < 0
            or greatest({estimated_cost_usd}, {verified_cost_usd}) >= 'infinity' then 'invalid'
        when {metadata} then 'too_large'
        when coalesce({call_id}, '') = '' and (coalesce({trace_id}, '') = '' or coalesce({span_id}, '') = '')
            then 'no_id'
        when occurred_at is null then 'no_time'
        when not isfinite(occurred_at) then 'invalid'
        when occurred_at > now() + make_interval(hours => %(tolerance)s) then 'future'
    end""")

_CALL_ID = sql.SQL("""
    case
        when {call_id} ~ '^[0-9a-fA-F]{{8}}(-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}}$' then {call_id}::uuid
        when {call_id} <> '' then md5(concat_ws(':', %(workspace_id)s::text, {call_id}))::uuid
        else md5(concat_ws(':', %(workspace_id)s::text, {trace_id}, {span_id}))::uuid
    end""")


@dataclass(frozen=True)
class CallLayout(Layout):
    """The columns of a file of calls; others go into metadata."""

    table = "ingest.llm_calls"
    id_column = "call_id"
    own_names = ("ingest_xid",)
    ids = frozenset({"call_id", "trace_id", "span_id", "parent_span_id", "user_id", "session_id"})

    def __post_init__(self) -> None:
        super().__post_init__()
        if "model" not in self.columns:
            raise LoadError("no column is model: name the one that says which was called, with --map COLUMN=model")

    @property
    def has_ids(self) -> bool:
        """Trace and span together name a call, too."""
        return "call_id" in self.columns or {"trace_id", "span_id"} <= set(self.columns)

    def type_of(self, column: str) -> str:
        """The table's type, but any text names a call."""
        return "text" if column == "call_id" else super().type_of(column)

    def kept(self, values: dict[str, Any]) -> dict[str, Any]:
        """Its columns, and of the rest and of metadata what kept.py lists: no texts of prompts and answers."""
        found = kept(values) | {name: value for name, value in values.items() if name in self.known}
        if isinstance(metadata := found.get("metadata"), str) and metadata.lstrip().startswith("{"):
            found["metadata"] = jsontext.loads(metadata.encode())
        if isinstance(found.get("metadata"), dict):
            found["metadata"] = kept(found["metadata"])
        return found

    def kept_payload(self, payload: bytes) -> bytes:
        """The same of what is rejected."""
        return kept_payload(payload, frozenset(self.known))

    def lacks_id(self, staged: Mapping[str, str]) -> bool:
        """Trace and span name a call, too."""
        return super().lacks_id(staged) and not {"trace_id", "span_id"} <= staged.keys()

    def named(self, column: str) -> sql.Composable:
        """The staged value, or a null of the column's type, since least() and greatest() compare several."""
        if column in self.columns:
            return super().named(column)
        return sql.SQL("null::{}").format(sql.SQL(self.type_of(column)))

    def reason(self) -> sql.Composed:
        """A row without a model and without tokens is no call at all."""
        return _REASON.format(
            no_call=NO_CALL,
            project=self.is_of_other_project(),
            metadata=self.is_too_large("metadata"),
            **{name: self.named(name) for name in _JUDGED},
        )

    def lookups(self, connection: psycopg.Connection) -> dict[str, Any]:
        """Who serves the staged models."""
        query = sql.SQL("select distinct {}, model from {} as staged where model <> ''")
        return {"models": as_json(connection.execute(query.format(self.named("provider"), STAGING)).fetchall())}

    @property
    def stored(self) -> list[str]:
        """Columns of ingest.llm_calls that this file gives values for, apart from the id."""
        left_out = {*OWN_COLUMNS, *_SERVED, "call_id", "metadata"}
        return [*(name for name in self.columns if name in self.known and name not in left_out), *_SERVED, "metadata"]

    def insert(self) -> sql.Composed:
        """Of copies of a call in one block the one with a bill is taken; a later bill is written into the row."""
        return sql.SQL(
            "insert into ingest.llm_calls as known (workspace_id, project_id, call_id, {names})"
            " select distinct on (call_id, occurred_at) * from (select %(workspace_id)s::uuid as workspace_id,"
            " %(project_id)s::uuid as project_id, {call_id} as call_id, {values} from {staging} as staged{models}"
            " where {reason} is null) as calls order by call_id, occurred_at{bill_first}"
            " on conflict (workspace_id, call_id, occurred_at) do {on_conflict}"
        ).format(
            names=sql.SQL(", ").join(map(sql.Identifier, self.stored)),
            call_id=_CALL_ID.format(**{name: self.named(name) for name in ("call_id", "trace_id", "span_id")}),
            values=sql.SQL(", ").join(map(self._value, self.stored)),
            staging=STAGING,
            models=_MODELS.format(provider=self.named("provider")),
            reason=self.reason(),
            bill_first=sql.SQL(", verified_cost_usd desc nulls last" if "verified_cost_usd" in self.columns else ""),
            on_conflict=sql.SQL(_BILL if "verified_cost_usd" in self.columns else "nothing"),
        )

    def _value(self, column: str) -> sql.Composable:
        value = self._expression(column)
        return sql.SQL("{} as {}").format(value, sql.Identifier(column))

    def _expression(self, column: str) -> sql.Composable:
        name = self.named(column)
        if column in _SERVED:
            served = sql.SQL("models.{}").format(sql.Identifier(column))
            is_said = column == "input_includes_cached"
            return sql.SQL("coalesce({}, {})").format(name, served) if is_said else served
        if column == "metadata":
            return sql.SQL("radar.redacted({}, '', false)").format(self.with_extra(column))
        if column in _COSTS:
            return sql.SQL("nullif(round({}, 12), 0)").format(name)
        if (default := self.known[column].default) is not None:
            return sql.SQL("coalesce({}, {})").format(name, sql.SQL(default))
        return name


_MODELS = sql.SQL(
    " inner join jsonb_to_recordset(%(models)s::jsonb) as models (given_provider text, given_model text, provider text,"
    " model text, input_includes_cached boolean) on models.given_model = staged.model"
    " and models.given_provider is not distinct from {provider}"
)

_BILL = """update set verified_cost_usd = excluded.verified_cost_usd
    where excluded.verified_cost_usd <> known.verified_cost_usd
    or (excluded.verified_cost_usd is not null and known.verified_cost_usd is null)"""
