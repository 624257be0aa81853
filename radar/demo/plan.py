"""How many events of which day and site: growth, weekdays, stories. A plan fixes the demo's rows completely."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from radar.demo import stories
from radar.demo.draws import Floats, Ints
from radar.demo.sites import SITE_INDEX, SITES, Site
from radar.demo.stories import Stories

CHUNK_EVENTS = 100_000
"""Events that are made at a time: what bounds memory. The rows do not depend on it."""

_GROWTH = 0.6
"""How much more the last day gets than the first, relative to the middle."""


@dataclass(frozen=True)
class Plan:
    """What to generate: so many events sent over so many days up to and with the last one, in UTC.

    Days have numbers from 0, the first. The days after the last one exist too, as dense: benchmarks append them.
    """

    events: int
    days: int
    end: date
    seed: int

    @property
    def start(self) -> date:
        """The first day."""
        return self.end - timedelta(days=self.days - 1)

    @property
    def stories(self) -> Stories:
        """When the stories happened."""
        return Stories(self.end)

    def day(self, number: int) -> date:
        """The date of a day by number."""
        return self.start + timedelta(days=number)

    def number(self, day: date) -> int:
        """The number of a day by date; negative before the start."""
        return (day - self.start).days

    def quotas(self, days: int) -> Ints:
        """Events sent on each of the first days at each site, shape (days, sites); all sum to `events`."""
        totals = np.cumsum(self._weights(max(days, self.days)).ravel())
        totals *= self.events / totals[self.days * len(SITES) - 1]
        upto = np.concatenate([[0], np.round(totals).astype(np.int64)])
        quotas: Ints = (upto[1:] - upto[:-1]).reshape(-1, len(SITES))
        return quotas[:days]

    def chunks(self, days: range) -> Iterator[range]:
        """The days in pieces of about CHUNK_EVENTS events, at least one day each."""
        step = max(1, CHUNK_EVENTS * self.days // self.events)
        return (range(first, min(first + step, days.stop)) for first in range(days.start, days.stop, step))

    @cached_property
    def outage_cell(self) -> tuple[int, int]:
        """Number of the day and index of the site of the outage."""
        return self.number(self.stories.outage[0].date()), SITE_INDEX[stories.OUTAGE_SITE]

    def _weights(self, days: int) -> Floats:
        growth = 1 + _GROWTH * (np.arange(days) / self.days - 0.5)
        weekdays = (self.start.weekday() + np.arange(days)) % 7
        weights: Floats = (
            growth[:, None] * np.array([np.array(site.weekdays) * site.share for site in SITES]).T[weekdays]
        )
        self._tell_stories(weights)
        return weights

    def _tell_stories(self, weights: Floats) -> None:
        first, last = (self.number(day) for day in self.stories.campaign)
        weights[max(first, 0) : max(last + 1, 0), SITE_INDEX[stories.CAMPAIGN_SITE]] *= stories.CAMPAIGN_TRAFFIC_FACTOR
        day, site = self.outage_cell
        if day >= 0:
            hours = np.roll(SITES[site].hours, -utc_offset_hours(SITES[site], self.day(day)))
            weights[day, site] *= 1 - hours[slice(*stories.OUTAGE_HOURS_UTC)].sum() / hours.sum()


def utc_offset_hours(site: Site, day: date) -> int:
    """Hours that the site's clocks are ahead of UTC at noon of the day."""
    offset = datetime.combine(day, time(12), tzinfo=UTC).astimezone(ZoneInfo(site.timezone)).utcoffset() or timedelta()
    return int(offset.total_seconds() // 3600)
