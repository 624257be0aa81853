"""Who is known on which device and in which thread, once more and in plain Python."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.session_oracle import Event

Since = tuple[dt.datetime, tuple[int, int]]
"""When a link began, and the order among those of the same instant; a handshake has none."""
Links = dict[Any, dict[str, Since]]
"""By project and visitor: since when each person is linked."""


def active_links(events: list["Event"]) -> Links:
    """The links that hold: of each the first time after the last unlink."""
    named = _by_visitor(events)
    times: dict[Any, list[tuple[dt.datetime, bool, tuple[int, int]]]] = defaultdict(list)
    ends: dict[Any, dt.datetime] = {}
    for visitor, namings in named.items():
        for event in namings:
            if event.kind == "unlink":
                ends[visitor, event.user_id] = event.occurred_at
            else:
                times[visitor, event.user_id].append((event.occurred_at, False, event.arrival))
    for visitor, user, at, arrival in _alias_links(events):
        times[visitor, user].append((at, False, arrival))
    for visitor, user, at in _handshake_links(events, named):
        times[visitor, user].append((at, True, (0, 0)))
    links: Links = defaultdict(dict)
    for (visitor, user), found in times.items():
        held = [since for since in found if (visitor, user) not in ends or since[0] > ends[visitor, user]]
        if held and visitor[1] != f"user:{user}":
            at, _, arrival = min(held)
            links[visitor][user] = at, arrival
    return links


def _alias_links(events: list["Event"]) -> Iterable[tuple[Any, str, dt.datetime, tuple[int, int]]]:
    for event in events:
        if event.previous_id is not None and event.user_id is not None:
            yield (event.project, event.previous_id), event.user_id, event.occurred_at, event.arrival


def linked_person(links: dict[str, Since], ended_at: dt.datetime) -> str | None:
    """Who had last come to the device by then, else who came first after it."""
    known = [since for since in links.values() if since[0] <= ended_at]
    wanted = max(known) if known else min(links.values(), default=None)
    return min((user for user, since in links.items() if since == wanted), default=None)


def handshakes(events: list["Event"]) -> dict[Any, tuple["Event", "Event"]]:
    """By project and token: the first event on the web and the first in a thread, where there are both."""
    sides: dict[Any, dict[bool, Event]] = defaultdict(dict)
    for event in events:
        if event.token is not None and (event.is_message or event.has_visit):
            sides[event.project, event.token].setdefault(event.is_message, event)
    return {token: (both[False], both[True]) for token, both in sides.items() if len(both) == 2}


def _by_visitor(events: list["Event"]) -> dict[Any, list["Event"]]:
    named = defaultdict(list)
    for event in events:
        if event.user_id is not None:
            named[event.project, event.visitor].append(event)
    return named


def _handshake_links(events: list["Event"], named: dict[Any, list["Event"]]) -> Iterable[tuple[Any, str, dt.datetime]]:
    for pair in handshakes(events).values():
        at = max(event.occurred_at for event in pair)
        sides = [(event.project, event.visitor) for event in pair]
        user = _person([named.get(side, []) for side in sides], at)
        if user is not None:
            yield from ((side, user, at) for side in sides)


def _person(sides: list[list["Event"]], at: dt.datetime) -> str | None:
    """Who was known on either side by then, unless they differ; else the first who came later."""
    known = {user for namings in sides if (user := _known(namings, at)) is not None}
    later = [(e.occurred_at, e.user_id) for side in sides for e in side if e.occurred_at > at and e.kind != "unlink"]
    if known:
        return known.pop() if len(known) == 1 else None
    return min(later)[1] if later else None


def _known(namings: list["Event"], at: dt.datetime) -> str | None:
    held: list[str] = []
    by_then = [event for event in namings if event.occurred_at <= at]
    for event in by_then:
        ends = [end.occurred_at for end in by_then if end.kind == "unlink" and end.user_id == event.user_id]
        if event.kind != "unlink" and not any(end >= event.occurred_at for end in ends):
            held.append(event.user_id or "")
    return held[-1] if held else None
