"""Conversations by WhatsApp: a bot answers in seconds, people who help in minutes or, at weekends, in hours."""

import json
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl

from radar.demo import journeys, stories
from radar.demo.columns import handshake_tokens, hex_ids, look_up, moments
from radar.demo.draws import Flags, Floats, Ints, Keys, Wheel, below, chance, child, exponential, seed_key
from radar.demo.events import DAY_MS, Events, midnight_ms
from radar.demo.plan import Plan
from radar.demo.quotas import message_quotas
from radar.demo.sites import SITE_INDEX, SITES
from radar.demo.visits import Visits, second_of_day

_SITE = SITE_INDEX[stories.CHAT_SITE]
_CHAT = journeys.KIND_INDEX[stories.CHAT_EVENT]
_LINKED_SHARE = 0.7
"""Part of the chats opened on a page whose conversation is written in the first place that there is one for."""
_NAMED_SHARES = (0.1, 0.7)
"""Part of the people who say who they are: of those who come from nowhere, and of members who come from the site."""
_LONGEST_ABSENCE_HOURS = 20
"""Shorter than the time in which a message reopens a resolved conversation."""
_WEEKEND = 5


@dataclass(frozen=True)
class Step:
    """An event of a conversation, and the mean seconds before it."""

    event_type: str
    properties: dict[str, str]
    seconds: float


STEPS = {
    "user": Step("message", {"sender": "user"}, 40),
    "bot": Step("message", {"sender": "bot"}, 3),
    "agent": Step("message", {"sender": "agent"}, 120),
    "queued": Step("conversation_state", {"state": "queued"}, 1),
    "taken": Step("conversation_state", {"state": "agent_active"}, 60 * stories.AGENT_WAIT_MINUTES),
    "resolved": Step("conversation_state", {"state": "resolved"}, 60),
    "again": Step("message", {"sender": "user"}, 5 * 3600),
}
_NUMBER = {name: number for number, name in enumerate(STEPS)}
_SECONDS = np.array([step.seconds for step in STEPS.values()])
_IS_USER = np.array([step.properties.get("sender") == "user" for step in STEPS.values()])


def _script(questions: int, answers: int, ending: str) -> list[int]:
    helped = ["queued", "taken", *["agent", "user"] * answers, "agent"] if answers else []
    steps = ["user", "bot"] * questions + helped
    steps += ["resolved"] * (ending != "open")
    if ending == "reopened":
        steps += ["again", *(["queued", "taken", "agent"] if answers else ["bot"]), "resolved"]
    return [_NUMBER[step] for step in steps]


_QUESTIONS = {1: 0.4, 2: 0.35, 3: 0.25}
_ANSWERS = {0: 0.45, 1: 0.3, 2: 0.25}
_ENDINGS = {
    "open": 0.1,
    "resolved": 0.9 * (1 - stories.REOPENED_SHARE),
    "reopened": 0.9 * stories.REOPENED_SHARE,
}
_COURSES = list(product(_QUESTIONS, _ANSWERS, _ENDINGS))
_SCRIPTS = [_script(*course) for course in _COURSES]
_COURSE = Wheel.of([[_QUESTIONS[asked] * _ANSWERS[told] * _ENDINGS[end] for asked, told, end in _COURSES]])
_LENGTHS = np.array([len(script) for script in _SCRIPTS])
_STEPS = np.array([script + [0] * (int(_LENGTHS.max()) - len(script)) for script in _SCRIPTS])


@dataclass(frozen=True)
class Conversations:
    """Parallel arrays, one element a conversation, by day and number."""

    key: Keys
    day: Ints
    course: Ints
    size: Ints
    visit: Ints
    """Position of the visit whose chat it comes from, or -1."""
    begins: Ints
    """Milliseconds since 1970 of the first message."""


def messages(plan: Plan, found: Visits, sent: Events, days: range) -> tuple[pl.DataFrame, Ints]:
    """The events of the conversations that begin on the days, some columns of ingest.events, and the day of each."""
    talks = _conversations(plan, found, sent, days)
    talk = np.repeat(np.arange(talks.size.size), talks.size)
    first = np.repeat(np.cumsum(talks.size) - talks.size, talks.size)
    number = np.arange(talk.size) - first
    step = _STEPS[talks.course[talk], number]
    key = child(talks.key[talk], number)
    occurred = _occurred(plan, talks, talk, first, step, key)
    table = _talk_columns(found, talks)[talk.astype(np.uint32)]
    return table.with_columns(**_message_columns(table, number, step, key, occurred)).drop("talk_id"), talks.day[talk]


def _conversations(plan: Plan, found: Visits, sent: Events, days: range) -> Conversations:
    wanted = message_quotas(plan.quotas(days.stop)[days.start :])
    # Two events are the fewest that a conversation has; the surplus is cut off.
    counts = (wanted + 1) // int(_LENGTHS.min())
    group = np.repeat(np.arange(wanted.size), counts)
    number = np.arange(group.size) - np.repeat(np.cumsum(counts) - counts, counts)
    day = group + days.start
    key = child(seed_key(plan.seed ^ 0xC4A7), day, number)
    course = _COURSE.spin(np.zeros_like(day), key, "course")
    size = _cut(_LENGTHS[course], group, wanted)
    kept = size > 0
    key, day, number, course, size = key[kept], day[kept], number[kept], course[kept], size[kept]
    visit, opened = _chats(found, sent, day, number, key)
    second = second_of_day(plan, days, key, np.full_like(day, _SITE), day)
    alone = midnight_ms(plan) + day * DAY_MS + second * 1000 + below(key, "ms", 1000)
    hurry = 5000 + exponential(key, "hurry", 20_000).astype(np.int64)
    return Conversations(key, day, course, size, visit, np.where(visit < 0, alone, opened + hurry))


def _cut(size: Ints, group: Ints, wanted: Ints) -> Ints:
    """Sizes until the quota of the day is full; the last conversation is broken off."""
    before = np.cumsum(size) - size
    in_group = np.bincount(group, weights=size, minlength=wanted.size).astype(np.int64)
    before -= (np.cumsum(in_group) - in_group)[group]
    return np.clip(wanted[group] - before, 0, size)


def _chats(found: Visits, sent: Events, day: Ints, number: Ints, key: Keys) -> tuple[Ints, Ints]:
    """For each conversation the visit that opened its chat, or -1, and when: the day's chats are given out in order."""
    visit, place = np.unique(np.where(sent.kind == _CHAT, sent.visit, -1), return_index=True)
    visit, opened = visit[visit >= 0], sent.occurred[place[visit >= 0]]
    if not visit.size:
        return np.full_like(day, -1), np.zeros_like(day)
    first, end = np.searchsorted(found.day[visit], day), np.searchsorted(found.day[visit], day, "right")
    linked = (first + number < end) & chance(key, "linked", _LINKED_SHARE)
    chat = np.where(linked, first + number, 0)
    return np.where(linked, visit[chat], -1), opened[chat]


def _occurred(plan: Plan, talks: Conversations, talk: Ints, first: Ints, step: Ints, key: Keys) -> Ints:
    pause = 1000 + exponential(key, "pause", _SECONDS[step] * 1000)
    is_weekend = ((plan.start.weekday() + talks.day) % 7 >= _WEEKEND)[talk]
    pause *= np.where(is_weekend & (step == _NUMBER["taken"]), stories.WEEKEND_WAIT_FACTOR, 1)
    elapsed = np.cumsum(np.minimum(pause, _LONGEST_ABSENCE_HOURS * 3_600_000).astype(np.int64))
    elapsed -= elapsed[first]
    begins = talks.begins[talk]
    # Nothing happens after the last day: the demo would hold what has not happened yet.
    left = np.where(talks.day[talk] < plan.days, midnight_ms(plan, plan.days) - begins, elapsed + 1)
    whole = np.maximum.reduceat(elapsed, np.unique(first)) if elapsed.size else elapsed
    hurry: Floats = np.minimum(1.0, np.maximum(left - 1000, 0) / np.maximum(whole[talk], 1))
    return begins + (elapsed * hurry).astype(np.int64)


def _talk_columns(found: Visits, talks: Conversations) -> pl.DataFrame:
    is_linked = talks.visit >= 0
    visit = np.maximum(talks.visit, 0)
    person = np.where(is_linked, found.person()[visit], child(talks.key, np.zeros_like(talks.day)))
    # No country has numbers that begin like these.
    phones = [f"49000{number:08d}" for number in below(person, "phone", 10**8).tolist()]
    shop = SITES[_SITE]
    return pl.DataFrame(
        {
            "talk_id": hex_ids(talks.key),
            "workspace_id": pl.repeat(str(shop.workspace.workspace_id), talks.day.size, eager=True),
            "project_id": pl.repeat(str(shop.project_id), talks.day.size, eager=True),
            "channel_type": pl.repeat("whatsapp", talks.day.size, eager=True),
            "external_id": pl.Series(phones, dtype=pl.String),
            "handshake_token": _where(is_linked, handshake_tokens(found.key[visit])),
            "user_id": _where(_is_named(found, talks), f"{shop.workspace.slug}_" + hex_ids(person).str.slice(0, 12)),
        }
    )


def _is_named(found: Visits, talks: Conversations) -> Flags:
    stranger, member = _NAMED_SHARES
    is_member = (talks.visit >= 0) & found.is_member()[np.maximum(talks.visit, 0)]
    return chance(talks.key, "named", np.where(is_member, member, np.where(talks.visit >= 0, 0, stranger)))


def _where(chosen: Flags, values: pl.Series) -> pl.Series:
    return values.set(pl.Series(~chosen), None)


def _message_columns(table: pl.DataFrame, number: Ints, step: Ints, key: Keys, occurred: Ints) -> dict[str, pl.Series]:
    steps = list(STEPS.values())
    types = look_up([of.event_type for of in steps], step)
    received = occurred + 300 + exponential(key, "network", 500).astype(np.int64)
    return {
        "message_id": table["talk_id"] + look_up([f"-{n:02d}" for n in range(_LENGTHS.max())], number),
        "occurred_at": moments(occurred),
        "received_at": moments(received),
        "event_type": types,
        "event_name": types,
        "event_category": look_up(["support"], np.zeros_like(step)),
        "user_id": _where(_IS_USER[step], table["user_id"]),
        "handshake_token": _where(number == 0, table["handshake_token"]),
        "bot_class": look_up(["human"], np.zeros_like(step)),
        "properties": look_up([json.dumps(of.properties) for of in steps], step),
        "sdk_version": look_up(["whatsapp-bridge 1.0"], np.zeros_like(step)),
    }
