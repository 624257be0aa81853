"""The visits of some days: who, when, from where, how long, and how it ends. One array element a visit."""

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from radar.demo import audience, journeys, sources, stories
from radar.demo.draws import (
    Flags,
    Floats,
    Ints,
    Keys,
    Wheel,
    below,
    chance,
    child,
    exponential,
    named,
    seed_key,
    uniform,
)
from radar.demo.plan import Plan, utc_offset_hours
from radar.demo.quotas import base_quotas
from radar.demo.sites import SITE_INDEX, SITES

MEAN_EVENTS = 8
"""Events of a visit on average; tests hold the constants below to it."""

_BOT_SHARE = 0.04
_BOTS = 60
"""Robots of a site, which come again and again."""
_ONE_PAGE_SHARE = 0.3
_BROWSE_MEAN = 7.8
"""Mean of the events after the second one of a longer visit, scripts aside."""
_LONGEST_BROWSE = 80
_RETURN_MEAN_DAYS = 9
_SECOND_DEVICE_SHARE = 0.3
_SHARED_DEVICE_SHARE = 0.02
_LOGIN_SHARE = 0.5
_APP_LOGIN_SHARE = 0.2
_UNLINK_SHARE = 0.5
"""Part of the logins on shared devices that are ended, so that the device forgets the person."""
"""Part of the members' visits with a login: on sites, and in apps, which know them anyway."""

_RETURNS = np.array([site.return_share for site in SITES])
_MEMBERS = np.array([site.member_share for site in SITES])
_IS_APP = np.array([site.is_logged_in for site in SITES])
_HOURS = Wheel.of([site.hours for site in SITES])
_SHOP = SITE_INDEX[stories.REGRESSION_SITE]
_ON_REGRESSION_DEVICE = np.array([device.device_type == stories.REGRESSION_DEVICE for device in audience.DEVICES])


@dataclass(frozen=True)
class Visits:
    """Parallel arrays, one element a visit, in the order of days, sites, and numbers within them."""

    key: Keys
    day: Ints
    site: Ints
    second: Ints
    """Second of the UTC day at which the visit begins."""
    visitor: Keys
    """The browser or robot."""
    household: Keys
    """The person, or the people, behind one or two visitors."""
    is_bot: Flags
    device: Ints
    source: Ints
    script: Ints
    browse: Ints
    """Events before the script."""
    size: Ints
    """All events; 0 for a visit that the outage turned away."""

    def only(self, chosen: Flags) -> "Visits":
        """The visits that are chosen."""
        return replace(self, **{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    def is_member(self) -> Flags:
        """Whether the person has an account."""
        return chance(self.household, "member", _MEMBERS[self.site]) & ~self.is_bot

    def identifies(self) -> Flags:
        """Whether an identify call is the second event: a login."""
        return (
            self.is_member()
            & (self.browse > 1)
            & chance(self.key, "login", np.where(_IS_APP[self.site], 0.2, _LOGIN_SHARE))
        )

    def known_from(self) -> Ints:
        """Number of the first event that carries the user's id; beyond the visit when nobody logs in."""
        known = np.where(self.identifies(), 1, self.size)
        return np.where(self.is_member() & _IS_APP[self.site], 0, known)

    def person(self) -> Keys:
        """Who the visitor logs in as; on a shared device one of two people."""
        return child(self.household, np.where(self._is_shared(), below(self.key, "who", 2), 0))

    def unlinks(self) -> Flags:
        """Whether the last event says that the person leaves the device to others."""
        idle = (self.size <= self.browse) & (self.size > 2)
        return self.identifies() & self._is_shared() & idle & chance(self.key, "unlink", _UNLINK_SHARE)

    def _is_shared(self) -> Flags:
        return chance(self.visitor, "shared", _SHARED_DEVICE_SHARE)


def visits(plan: Plan, days: range) -> Visits:
    """The visits of the days, whose sizes sum to the quota of each day and site."""
    quotas = plan.quotas(days.stop)
    wanted = base_quotas(quotas[days.start :]).ravel()
    candidates = _candidates(plan, days, quotas, wanted)
    return candidates.only(candidates.size > 0)


def _candidates(plan: Plan, days: range, quotas: Ints, wanted: Ints) -> Visits:
    # Half as many again as are needed on average; the surplus is cut off below.
    counts = wanted // 4 + 40 * (wanted > 0)
    group = np.repeat(np.arange(wanted.size), counts)
    number = np.arange(group.size) - np.repeat(np.cumsum(counts) - counts, counts)
    day, site = group // len(SITES) + days.start, group % len(SITES)
    key = child(seed_key(plan.seed), site, day, number)
    is_bot = chance(key, "bot", _BOT_SHARE)
    visitor, household, returns = _visitor(plan, quotas, key, site, day, number, is_bot)
    device = audience.DEVICE.spin(np.where(is_bot, audience.BOT_ROW, site), visitor, "device")
    second = second_of_day(plan, days, key, site, day)
    source = _source(plan, key, site, day, is_bot, returns)
    script = journeys.SCRIPT.spin(site, key, "script")
    found = Visits(key, day, site, second, visitor, household, is_bot, device, source, script, number, number)
    return _cut(_sized(plan, found), group, wanted)


def _visitor(
    plan: Plan, quotas: Ints, key: Keys, site: Ints, day: Ints, number: Ints, is_bot: Flags
) -> tuple[Keys, Keys, Flags]:
    """Visitor, household, and whether it may have been here before.

    A visitor is named by the first day on which it may come and a number there; later days draw it again.
    """
    born = day - 1 - exponential(key, "lag", _RETURN_MEAN_DAYS).astype(np.int64)
    returns = chance(key, "return", _RETURNS[site]) & (born >= 0)
    then = np.where(returns, born, day)
    visits_then = np.maximum(quotas[then, site] // MEAN_EVENTS, 1)
    number = np.where(returns, below(key, "earlier", visits_then), number)
    number = np.where(is_bot, below(key, "robot", _BOTS), number)
    origin = seed_key(plan.seed ^ 0xDE30)
    visitor = child(origin, site, np.where(is_bot, -2, then), number)
    pair = child(origin, site, np.where(is_bot, -2, then), number // 2, np.zeros_like(number))
    return visitor, np.where(chance(pair, "second device", _SECOND_DEVICE_SHARE), pair, visitor), returns


def second_of_day(plan: Plan, days: range, key: Keys, site: Ints, day: Ints) -> Ints:
    """When something happens, in seconds of the UTC day, by the hours at which the site's people are awake."""
    ahead = np.array([[utc_offset_hours(place, plan.day(number)) for place in SITES] for number in days])
    hour: Ints = (_HOURS.spin(site, key, "hour") - ahead[day - days.start, site]) % 24
    second: Ints = hour * 3600 + below(key, "second", 3600)
    return second


def _source(plan: Plan, key: Keys, site: Ints, day: Ints, is_bot: Flags, returns: Flags) -> Ints:
    source = sources.SOURCE.spin(2 * site + returns, key, "source")
    in_campaign = _within(plan, plan.stories.campaign, day) & (site == SITE_INDEX[stories.CAMPAIGN_SITE])
    source = np.where(in_campaign & chance(key, "campaign", stories.CAMPAIGN_SHARE), sources.CAMPAIGN, source)
    return np.where(is_bot, sources.DIRECT, source)


def _within(plan: Plan, days: tuple[date, date], day: Ints) -> Flags:
    first, last = (plan.number(limit) for limit in days)
    return (day >= first) & (day <= last)


def _sized(plan: Plan, found: Visits) -> Visits:
    extra = exponential(found.key, "browse", _BROWSE_MEAN).astype(np.int64) + 2
    browse = np.where(chance(found.key, "one page", _ONE_PAGE_SHARE), 1, np.minimum(extra, _LONGEST_BROWSE))
    steps = np.where(found.is_bot, 0, _steps(plan, found))
    size = browse + steps
    hit = _in_outage(plan, found)
    survives = hit & chance(found.key, "outage", stories.OUTAGE_SURVIVORS)
    script = np.where(survives, journeys.OUTAGE_SCRIPT, found.script)
    browse = np.where(hit, 1, browse)
    return replace(found, script=script, browse=browse, size=np.where(hit, 2 * survives, size))


def _in_outage(plan: Plan, found: Visits) -> Flags:
    day, site = plan.outage_cell
    first, last = (hour * 3600 for hour in stories.OUTAGE_HOURS_UTC)
    hit: Flags = (found.day == day) & (found.site == site) & (found.second >= first) & (found.second < last)
    return hit


def _steps(plan: Plan, found: Visits) -> Ints:
    """Steps of the script that a visit takes: it passes the gates one by one, while it is lucky."""
    steps, on = np.zeros_like(found.script), np.ones_like(found.is_bot)
    for gate in range(journeys.GATES):
        likely = journeys.GATE_CHANCE[found.script, gate] * _luck(plan, found, gate)
        on = on & (uniform(found.key, f"gate {gate}") < likely)
        steps = np.where(on, journeys.GATE_STEPS[found.script, gate], steps)
    return steps


def _luck(plan: Plan, found: Visits, gate: int) -> Floats:
    if gate == 0:
        return sources.INTEREST[found.source]
    is_last = journeys.LAST_GATE[found.script] == gate
    in_regression = _within(plan, plan.stories.regression, found.day) & (found.site == _SHOP)
    hit = is_last & in_regression & _ON_REGRESSION_DEVICE[found.device]
    ease = np.where(is_last, journeys.EASE[found.script, found.device], 1.0)
    return np.where(hit, stories.REGRESSION_ORDER_FACTOR, ease)


def _cut(found: Visits, group: Ints, wanted: Ints) -> Visits:
    """Visits until the quota of their day and site is full; the last is shortened, or lengthened if all are short."""
    before = np.cumsum(found.size) - found.size
    in_group = np.bincount(group, weights=found.size, minlength=wanted.size).astype(np.int64)
    before -= (np.cumsum(in_group) - in_group)[group]
    size = np.clip(wanted[group] - before, 0, found.size)
    last = np.flatnonzero(np.diff(group, append=-1))
    size[last] += np.maximum(wanted - in_group, 0)[group[last]]
    return replace(found, size=size, key=named(found.key, "visit"))
