"""The events of visits: kinds, times, pages, retries. One array element an event, as numbers."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, time, timedelta

import numpy as np

from radar.demo import journeys, pages, sources
from radar.demo.draws import Flags, Ints, Keys, below, chance, child, exponential, named, uniform
from radar.demo.plan import Plan
from radar.demo.quotas import base_quotas, retry_quotas
from radar.demo.visits import Visits

DAY_MS = 86_400_000
_LONGEST_PAUSE_MS = 24 * 60_000
"""Shorter than the pause that ends a session, so that sites without session ids get the visits that were made."""

_LATE_VISITS = 0.004
"""Part of the visits that lose the network after the first event and send the rest days later."""
_LATE_MEAN_DAYS = 1.5
_RETIMED_SHARE = 0.4
"""Part of the retries that carry a new time; the others repeat the message exactly."""

_PAGEVIEW = journeys.KIND_INDEX["pageview"]
_IDENTIFY = journeys.KIND_INDEX["identify"]
_PAUSES = np.array([kind.seconds for kind in journeys.KINDS])
_HEARTBEAT = journeys.KIND_INDEX["heartbeat"]
_SCROLL = journeys.KIND_INDEX["scroll_depth"]
_CLICK = journeys.KIND_INDEX["click"]
_UNLINK = journeys.KIND_INDEX["unlink"]
_IN_ORDER = np.array([kind.in_order for kind in journeys.KINDS])


@dataclass(frozen=True)
class Events:
    """Parallel arrays, one element an event, by day and time."""

    key: Keys
    visit: Ints
    """Position of the event's visit in Visits."""
    number: Ints
    """Number of the event within its visit, from 0."""
    kind: Ints
    occurred: Ints
    """Milliseconds since 1970 in UTC."""
    received: Ints
    page: Ints
    on_landing: Flags
    """Whether the page is the one that the visit began with, whose address has the campaign."""
    page_before: Ints
    """Page before this one in the visit; -1 on the first page."""
    from_landing: Flags
    """Whether the page before is the first one."""
    product: Ints
    turn: Ints
    """Number of the event among those of its kind on the page, from 0; 0 for kinds in which it says nothing."""

    def take(self, order: Ints) -> "Events":
        """The events at the positions given."""
        return replace(self, **{field.name: getattr(self, field.name)[order] for field in fields(self)})


def events(plan: Plan, found: Visits, days: range) -> Events:
    """The events of the visits of the days, retries included, ordered by day and time."""
    once = _once(plan, found)
    sent = _with_retries(plan, once, days)
    return sent.take(np.argsort((found.day[sent.visit] << 44) + sent.occurred, kind="stable"))


def _once(plan: Plan, found: Visits) -> Events:
    visit = np.repeat(np.arange(found.size.size), found.size)
    first = np.repeat(np.cumsum(found.size) - found.size, found.size)
    number = np.arange(visit.size) - first
    key = child(found.key[visit], number)
    kind, step_page = _kinds(found, visit, number, key)
    product = below(found.key, "product", len(pages.PRODUCTS))[visit]
    page, shown = _pages(found, visit, number, key, kind, step_page, product)
    turn = _turns(kind, shown)
    kind = np.where((kind == _SCROLL) & (turn >= journeys.MILESTONES), _CLICK, kind)
    occurred = _occurred(plan, found, visit, first, kind, key)
    is_landing = shown == first
    before = np.where(is_landing, shown, shown - 1)
    return Events(
        key=key,
        visit=visit,
        number=number,
        kind=kind,
        occurred=occurred,
        received=_received(plan, found, visit, number, key, occurred),
        page=page[shown],
        on_landing=is_landing,
        page_before=np.where(is_landing, -1, page[shown[before]]),
        from_landing=(shown[before] == first) & ~is_landing,
        product=product,
        turn=turn,
    )


def _kinds(found: Visits, visit: Ints, number: Ints, key: Keys) -> tuple[Ints, Ints]:
    """Kind of each event, and the page that its script's step asks for (STAY outside of scripts)."""
    script, step = found.script[visit], number - found.browse[visit]
    in_script = (step >= 0) & (step < journeys.GATE_STEPS.max(axis=1)[script]) & ~found.is_bot[visit]
    step = np.where(in_script, step, 0)
    kind = np.where(in_script, journeys.STEP_KIND[script, step], journeys.BROWSING.spin(found.site[visit], key, "kind"))
    kind = np.where((number == 1) & found.identifies()[visit], _IDENTIFY, kind)
    kind = np.where(found.unlinks()[visit] & (number == found.size[visit] - 1), _UNLINK, kind)
    kind = np.where((number == 0) | found.is_bot[visit], _PAGEVIEW, kind)
    return kind, np.where(in_script, journeys.STEP_PAGE[script, step], journeys.STAY)


def _pages(
    found: Visits, visit: Ints, number: Ints, key: Keys, kind: Ints, step_page: Ints, product: Ints
) -> tuple[Ints, Ints]:
    """Page that each pageview shows, and for each event the position of the pageview that it happens on."""
    site = found.site[visit]
    entry = pages.ENTERED.spin(found.site, found.key, "entry")
    entry = np.where(found.source == sources.CAMPAIGN, sources.CAMPAIGN_PAGE, entry)
    page = np.where(number == 0, entry[visit], pages.BROWSED.spin(site, key, "page"))
    page = np.where(step_page >= 0, step_page, page)
    page = np.where(step_page == journeys.PRODUCT, pages.FIRST_PRODUCT_PAGE + product, page)
    shown = np.maximum.accumulate(np.where(kind == _PAGEVIEW, np.arange(kind.size), 0))
    return page, shown


def _turns(kind: Ints, shown: Ints) -> Ints:
    turn = np.zeros_like(kind)
    for one in np.flatnonzero(_IN_ORDER):
        is_one = kind == one
        upto = np.cumsum(is_one)
        turn = np.where(is_one, upto - upto[shown] - 1, turn)
    return turn


def _occurred(plan: Plan, found: Visits, visit: Ints, first: Ints, kind: Ints, key: Keys) -> Ints:
    pause = np.minimum(exponential(key, "pause", _PAUSES[kind]) * 1000, _LONGEST_PAUSE_MS).astype(np.int64) + 50
    pause = np.where(kind == _HEARTBEAT, 15_000, pause)
    elapsed = np.cumsum(pause)
    elapsed -= elapsed[first]
    start = (midnight_ms(plan) + found.day * DAY_MS + found.second * 1000 + below(found.key, "ms", 1000))[visit]
    return start + elapsed


def midnight_ms(plan: Plan, day: int = 0) -> int:
    """The beginning of a day by number, in milliseconds since 1970 in UTC."""
    midnight = datetime.combine(plan.day(day), time(tzinfo=UTC))
    return (midnight - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _received(plan: Plan, found: Visits, visit: Ints, number: Ints, key: Keys, occurred: Ints) -> Ints:
    soon = occurred + 120 + exponential(key, "network", 300).astype(np.int64)
    days_late = 0.2 + exponential(found.key, "days late", _LATE_MEAN_DAYS)
    is_late = chance(found.key, "late", _LATE_VISITS)[visit] & (number > 0)
    late = occurred + (days_late * DAY_MS).astype(np.int64)[visit]
    # Nothing is received after the last day: the demo would hold what has not happened yet.
    latest = np.maximum(midnight_ms(plan, plan.days) - 1000, soon)
    return np.where(is_late, np.minimum(late, latest), soon)


def _with_retries(plan: Plan, once: Events, days: range) -> Events:
    quotas = plan.quotas(days.stop)[days.start :]
    base = base_quotas(quotas).ravel()
    retries = retry_quotas(quotas).ravel()
    cell = np.repeat(np.arange(base.size), retries)
    rank = np.arange(cell.size) - np.repeat(np.cumsum(retries) - retries, retries)
    # One retry in each equal piece of the day's events.
    start = (np.cumsum(base) - base)[cell]
    width = base[cell] / np.maximum(retries[cell], 1)
    within = uniform(named(once.key[start], "retry") + rank.astype(np.uint64), "place")
    original = once.take(start + ((rank + within) * width).astype(np.int64))
    again = _sent_again(original)
    joined = {
        field.name: np.concatenate([getattr(once, field.name), getattr(again, field.name)]) for field in fields(once)
    }
    return Events(**joined)


def _sent_again(original: Events) -> Events:
    wait = 5000 + exponential(original.key, "retry wait", 30_000).astype(np.int64)
    is_retimed = chance(original.key, "retimed", _RETIMED_SHARE)
    return replace(
        original,
        occurred=original.occurred + np.where(is_retimed, wait, 0),
        received=original.received + wait,
    )
