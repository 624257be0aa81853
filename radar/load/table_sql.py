"""SQL that takes rows of a table file from their staging table into ingest.events."""

from dataclasses import dataclass

import psycopg
from psycopg import sql

from radar.load.errors import LoadError

STAGING = sql.Identifier("radar_load")
OWN_COLUMNS = frozenset({"workspace_id", "project_id"})
"""What --project decides. A file may say it too; a row of another project is rejected."""

AGENT_COLUMNS = ("bot_class", "device_type", "os_name", "os_version", "browser_name", "browser_version")
_JUDGED = ("message_id", "anonymous_id", "user_id", "session_id", "channel_type", "external_id", "handshake_token")

REASON = sql.SQL("""
    case
        when {project} then 'unknown_project'
        when octet_length({message_id}) > 512 or octet_length({anonymous_id}) > 512
            or octet_length({user_id}) > 512 or octet_length({session_id}) > 512
            or octet_length({external_id}) > 512 or octet_length({handshake_token}) > 512 then 'invalid'
        when {properties} then 'too_large'
        when {anonymous_id} is null and {user_id} is null
            and not coalesce({channel_type} = any (%(conversation_channels)s) and {external_id} <> '', false)
            then 'no_id'
        when occurred_at is null then 'no_time'
        when not isfinite(occurred_at) then 'invalid'
        when occurred_at > now() + make_interval(hours => %(tolerance)s) then 'future'
    end""")
"""As radar.store_messages judges messages (a test compares them)."""


@dataclass(frozen=True)
class EventColumn:
    """A column of ingest.events that a file can fill: its type and what stands in for a missing value, as SQL."""

    type: str
    default: str | None


def event_columns(connection: psycopg.Connection) -> dict[str, EventColumn]:
    """The columns as the database has them, without those that it fills itself."""
    rows = connection.execute(
        "select attname, format_type(atttypid, atttypmod), pg_get_expr(adbin, adrelid) from pg_attribute"
        " left join pg_attrdef on adrelid = attrelid and adnum = attnum"
        " where attrelid = 'ingest.events'::regclass and attnum > 0 and not attisdropped and attgenerated = ''"
        " and attname <> 'ingest_xid' order by attnum"
    ).fetchall()
    return {name: EventColumn(kind, default) for name, kind, default in rows}


@dataclass(frozen=True)
class Layout:
    """The columns of one file: `columns` in its order, by the name in ingest.events; others go into properties."""

    columns: tuple[str, ...]
    known: dict[str, EventColumn]

    def __post_init__(self) -> None:
        twice = sorted({column for column in self.columns if self.columns.count(column) > 1})
        if twice:
            raise LoadError(f"two columns of the file are {', '.join(twice)}: change the header or the mapping")
        if "occurred_at" not in self.columns:
            raise LoadError("no column is occurred_at: name the one that says when, with --map COLUMN=occurred_at")
        if not {"anonymous_id", "user_id", "external_id"} & set(self.columns):
            raise LoadError("no column is anonymous_id or user_id: name one with --map COLUMN=anonymous_id")

    @property
    def extra(self) -> list[str]:
        """Columns that ingest.events does not have, nor fills itself."""
        return [
            column for column in self.columns if column not in self.known and column not in ("event_id", "ingest_xid")
        ]

    @property
    def stored(self) -> list[str]:
        """Columns of ingest.events that this file gives values for."""
        names = [column for column in self.columns if column in self.known and column not in OWN_COLUMNS]
        names += [column for column in AGENT_COLUMNS if "user_agent" in names and column not in names]
        return [*names, "properties"] if self.extra and "properties" not in names else names

    def create_staging(self) -> sql.Composed:
        """A temporary table with the file's columns and no constraint, emptied at each commit."""
        columns = sql.SQL(", ").join(
            sql.SQL("{} {}").format(
                sql.Identifier(column),
                sql.SQL(self.known[column].type if column in self.known else "text"),
            )
            for column in self.columns
        )
        return sql.SQL("create temporary table {} ({}) on commit delete rows").format(STAGING, columns)

    def reason(self) -> sql.Composed:
        """The expression that says why a staged row is rejected, null when it is not."""
        return REASON.format(
            project=self._is_of_other_project(),
            properties=sql.SQL(
                "pg_column_size(properties) > 5000 and octet_length(properties::text) > %(message_bytes)s"
            )
            if "properties" in self.columns
            else sql.SQL("false"),
            **{name: sql.Identifier(name) if name in self.columns else sql.SQL("null") for name in _JUDGED},
        )

    def _is_of_other_project(self) -> sql.Composable:
        tests = [
            sql.SQL("{} <> {}").format(sql.Identifier(column), sql.Placeholder(column))
            for column in sorted(OWN_COLUMNS)
            if column in self.columns
        ]
        return sql.SQL(" or ").join(tests) if tests else sql.SQL("false")

    def insert(self) -> sql.Composed:
        """Staged rows that nothing is wrong with into ingest.events, in the order of all writers."""
        return sql.SQL(
            "insert into ingest.events (workspace_id, project_id, {names})"
            " select %(workspace_id)s, %(project_id)s, {values} from {staging} as staged{agents}"
            " where {reason} is null order by message_id, occurred_at on conflict do nothing"
        ).format(
            names=sql.SQL(", ").join(map(sql.Identifier, self.stored)),
            values=sql.SQL(", ").join(map(self._value, self.stored)),
            staging=STAGING,
            agents=sql.SQL(_AGENTS if "user_agent" in self.columns else ""),
            reason=self.reason(),
        )

    def _value(self, column: str) -> sql.Composable:
        name = sql.SQL("staged.{}").format(sql.Identifier(column)) if column in self.columns else sql.SQL("null")
        if column == "ip_address":
            return sql.SQL("case when %(keep_address)s then {0} else radar.truncate_address({0}) end").format(name)
        if column == "properties":
            return sql.SQL("coalesce({}, '{{}}'::jsonb){}").format(name, self._extra_properties())
        if column == "bot_class" and "user_agent" in self.columns:
            human = "coalesce({}, case when staged.user_agent is null then 'human' else agents.bot_class end)"
            return sql.SQL(human).format(name)
        if column in AGENT_COLUMNS and "user_agent" in self.columns:
            return sql.SQL("coalesce({}, agents.{})").format(name, sql.Identifier(column))
        return self._defaulted(column, name)

    def _defaulted(self, column: str, name: sql.Composable) -> sql.Composable:
        if column == "message_id":  # an empty one: rows that are equal in everything are one event
            return sql.SQL("coalesce({}, md5(radar.redacted(to_jsonb(staged), '', true)::text))").format(name)
        if (default := self.known[column].default) is not None:
            return sql.SQL("coalesce({}, {})").format(name, sql.SQL(default))
        return name

    def _extra_properties(self) -> sql.Composable:
        if not self.extra:
            return sql.SQL("")
        pairs = [sql.SQL("{}, staged.{}").format(sql.Literal(column), sql.Identifier(column)) for column in self.extra]
        return sql.SQL(" || jsonb_strip_nulls(jsonb_build_object({}))").format(sql.SQL(", ").join(pairs))

    def copy(self, delimiter: str) -> sql.Composed:
        """COPY of the file's records into the staging table."""
        return sql.SQL("copy {} from stdin (format csv, delimiter {})").format(STAGING, sql.Literal(delimiter))


_AGENTS = """
 left join jsonb_to_recordset(%(agents)s::jsonb) as agents (user_agent text, bot_class text, device_type text,
 os_name text, os_version text, browser_name text, browser_version text) on agents.user_agent = staged.user_agent"""

REJECT = sql.SQL("""
    insert into ingest.rejected_events (rejected_event_id, workspace_id, project_id, reason, source, payload)
    select
        md5(concat_ws(':', source, payload))::uuid, %(workspace_id)s, %(project_id)s, reason, source,
        left(payload, %(payload_characters)s)
    from (
        select
            {reason} as reason, radar.redacted(to_jsonb(staged), '', true)::text as payload,
            concat(%(source)s::text, ':', %(first_line)s + row_number() over (order by ctid) - 1) as source
        from {staging} as staged
    ) as judged
    where reason is not null
    order by 1
    on conflict do nothing""")
