"""SQL that takes rows of a table file from their staging table into ingest.events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from radar.load.agents import as_json
from radar.load.errors import LoadError
from radar.load.layout import OWN_COLUMNS, STAGING, Layout

AGENT_COLUMNS = ("bot_class", "device_type", "os_name", "os_version", "browser_name", "browser_version")
_IDS = ("message_id", "anonymous_id", "user_id", "session_id", "external_id", "handshake_token")
_JUDGED = (*_IDS, "channel_type", "bot_class")

REASON = sql.SQL("""
    case
        when {project} then 'unknown_project'
        when octet_length({message_id}) > 512 or octet_length({anonymous_id}) > 512
            or octet_length({user_id}) > 512 or octet_length({session_id}) > 512
            or octet_length({external_id}) > 512 or octet_length({handshake_token}) > 512 then 'invalid'
        when {bot_class} <> all (radar.bot_classes()) then 'invalid'
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
class EventLayout(Layout):
    """The columns of a file of events; others go into properties."""

    table = "ingest.events"
    id_column = "message_id"
    own_names = ("event_id", "ingest_xid", "arrival_number")
    ids = frozenset(_IDS)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not {"anonymous_id", "user_id", "external_id"} & set(self.columns):
            raise LoadError(
                "no column is anonymous_id or user_id: name one with --map COLUMN=anonymous_id" + self._hint()
            )

    @property
    def stored(self) -> list[str]:
        """Columns of ingest.events that this file gives values for."""
        names = [column for column in self.columns if column in self.known and column not in OWN_COLUMNS]
        names += [column for column in AGENT_COLUMNS if "user_agent" in names and column not in names]
        return names if "properties" in names else [*names, "properties"]

    def lacks_id(self, staged: Mapping[str, str]) -> bool:
        """An empty id is none: the row's content makes one, whatever the other rows have."""
        return self.id_column not in staged

    def reason(self) -> sql.Composed:
        """The judgement of `radar.store_messages`."""
        return REASON.format(
            project=self.is_of_other_project(),
            properties=self.is_too_large("properties"),
            **{name: self.named(name) for name in _JUDGED},
        )

    def detail(self) -> sql.Composable:
        """The classes of robots that there are, for a row of another one."""
        return sql.SQL(
            "case when {0} <> all (radar.bot_classes())"
            " then 'bot_class ' || {0} || ' is none of ' || array_to_string(radar.bot_classes(), ', ') end"
        ).format(self.named("bot_class"))

    def lookups(self, connection: psycopg.Connection) -> dict[str, Any]:
        """What the staged user agents tell."""
        if "user_agent" not in self.columns:
            return {}
        is_unknown = "bot_class is null and" if "bot_class" in self.columns else ""
        query = sql.SQL(f"select distinct user_agent from {{}} where {is_unknown} user_agent is not null")  # noqa: S608
        return {"agents": as_json(agent for (agent,) in connection.execute(query.format(STAGING)).fetchall())}

    def insert(self) -> sql.Composed:
        """A copy of an event that is there is left out."""
        return sql.SQL(
            "insert into ingest.events (workspace_id, project_id, arrival_number, {names})"
            " select %(workspace_id)s, %(project_id)s,"
            " %(first_arrival)s + row_number() over (order by staged.ctid) - 1, {values}"
            " from {staging} as staged{agents}"
            " where {reason} is null order by message_id, occurred_at on conflict do nothing"
        ).format(
            names=sql.SQL(", ").join(map(sql.Identifier, self.stored)),
            values=sql.SQL(", ").join(map(self._value, self.stored)),
            staging=STAGING,
            agents=sql.SQL(_AGENTS if "user_agent" in self.columns else ""),
            reason=self.reason(),
        )

    def _value(self, column: str) -> sql.Composable:
        name = self.named(column)
        if column == "ip_address":
            return sql.SQL("case when %(keep_address)s then {0} else radar.truncate_address({0}) end").format(name)
        if column == "properties":
            return self.with_extra(column)
        if column == "bot_class" and "user_agent" in self.columns:
            human = "coalesce({}, case when staged.user_agent is null then 'human' else agents.bot_class end)"
            return sql.SQL(human).format(name)
        if column in AGENT_COLUMNS and "user_agent" in self.columns:
            return sql.SQL("coalesce({}, agents.{})").format(name, sql.Identifier(column))
        return self._defaulted(column, name)

    def _defaulted(self, column: str, name: sql.Composable) -> sql.Composable:
        if (default := self.known[column].default) is not None:
            return sql.SQL("coalesce({}, {})").format(name, sql.SQL(default))
        return name


_AGENTS = """
 left join jsonb_to_recordset(%(agents)s::jsonb) as agents (user_agent text, bot_class text, device_type text,
 os_name text, os_version text, browser_name text, browser_version text) on agents.user_agent = staged.user_agent"""
