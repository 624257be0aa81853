"""What a conversation is, once more and in plain Python: a walk through each thread, one event after the other."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.conftest import Database
from tests.identity_oracle import Since, active_links, handshakes, linked_person
from tests.session_oracle import Event, accepted_events

REOPEN = dt.timedelta(hours=24)
TIMEOUT = dt.timedelta(hours=72)
STATES = {"queued", "bot_active", "agent_active", "resolved"}
ACTUAL = """
    select
        (workspace_id, project_id)::text, anonymous_id, started_at, ended_at, current_state, user_id, asked_at,
        first_response_at, first_bot_response_at, first_agent_response_at, resolved_at, message_count,
        user_message_count, bot_message_count, agent_message_count, reopened_count, handshake_token,
        exists (
            select from analytics.session_events as events
            inner join analytics.sessions using (workspace_id, project_id, session_id)
            where
                events.workspace_id = conversations.workspace_id and events.project_id = conversations.project_id
                and events.session_id = linked_session_id and events.handshake_token = conversations.handshake_token
        )
    from analytics.conversations
"""
"""A link counts when its visit is there and used the token."""


@dataclass
class Conversation:
    """A conversation so far: `state` after its last event, and when it was resolved while it is."""

    events: list[Event] = field(default_factory=list)
    state: str = "queued"
    resolved_at: dt.datetime | None = None
    reopened: int = 0
    ended_as_resolved: list[dt.datetime] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Go on with the event, by the rules of DECISIONS.md."""
        was_resolved = self.resolved_at is not None
        decided = _state(event)
        if decided == "resolved":
            self.resolved_at = event.occurred_at
            self.ended_as_resolved.append(event.occurred_at)
        elif was_resolved and (decided or _sender(event) == "user"):
            self.resolved_at = None
            self.reopened += 1
            self.state = "reopened"
        if decided:
            self.state = decided
        elif self.resolved_at is None:
            self._answer(_sender(event))
        self.events.append(event)

    def _answer(self, sender: str | None) -> None:
        if sender == "agent":
            self.state = "agent_active"
        elif sender == "bot" and self.state != "agent_active":
            self.state = "bot_active"

    def is_over(self, event: Event) -> bool:
        """Whether the event belongs to the next conversation."""
        if event.occurred_at - self.events[-1].occurred_at > TIMEOUT:
            return True
        goes_on = _sender(event) == "user" or _state(event) not in (None, "resolved")
        return goes_on and self.resolved_at is not None and event.occurred_at - self.resolved_at > REOPEN


def expected_conversations(database: Database) -> Counter[tuple[Any, ...]]:
    """Every conversation as ACTUAL says, without the id, which is Radar's own affair."""
    events = accepted_events(database)
    links = active_links(events)
    first_sent = {pair[1].event_id: token for token, pair in handshakes(events).items()}
    return Counter(_summary(conversation, links, first_sent) for conversation in _conversations(events))


def actual_conversations(database: Database) -> Counter[tuple[Any, ...]]:
    """The same of analytics.conversations."""
    return Counter(tuple(row) for row in database.query(ACTUAL))


def _sender(event: Event) -> str | None:
    properties = event.properties if event.kind == "message" and isinstance(event.properties, dict) else {}
    sender = properties.get("sender")
    return sender if sender in ("user", "bot", "agent") else None


def _state(event: Event) -> str | None:
    if event.kind != "conversation_state":
        return None
    properties = event.properties if isinstance(event.properties, dict) else {}
    return next((name for name in (event.event_name, properties.get("state")) if name in STATES), None)


def _conversations(events: list[Event]) -> list[Conversation]:
    threads: dict[Any, list[Conversation]] = defaultdict(list)
    for event in events:
        if not event.is_message or (event.kind != "message" and _state(event) is None):
            continue
        found = threads[event.project, event.visitor]
        if not found or found[-1].is_over(event):
            found.append(Conversation())
        found[-1].add(event)
    return [conversation for found in threads.values() for conversation in found]


def _summary(conversation: Conversation, links: Any, first_sent: dict[Any, Any]) -> tuple[Any, ...]:
    events = conversation.events
    first, last = events[0], events[-1]
    messages = [event for event in events if event.kind == "message"]
    times = {sender: [e.occurred_at for e in messages if _sender(e) == sender] for sender in ("user", "bot", "agent")}
    asked = times["user"][0] if times["user"] else None
    answers = {sender: next((at for at in times[sender] if asked and at >= asked), None) for sender in ("bot", "agent")}
    tokens = [event.token for event in events if event.token is not None]
    linked = [event.token for event in events if event.event_id in first_sent and event.token is not None]
    return (
        f"({first.project[0]},{first.project[1]})",
        first.visitor,
        first.occurred_at,
        last.occurred_at,
        conversation.state,
        _user(events, links.get((first.project, first.visitor), {})),
        asked,
        min((at for at in answers.values() if at), default=None),
        answers["bot"],
        answers["agent"],
        max(conversation.ended_as_resolved, default=None),
        len(messages),
        *(len(times[sender]) for sender in ("user", "bot", "agent")),
        conversation.reopened,
        next(iter([*linked, *tokens]), None),
        bool(linked),
    )


def _user(events: list[Event], links: dict[str, Since]) -> str | None:
    own = [event.user_id for event in events if event.user_id is not None]
    if own:
        return own[-1]
    return linked_person(links, events[-1].occurred_at)
