"""What happened to the made-up companies: the stories that notebooks find and tests name.

Days are UTC days, counted back from the last day of the data; a story that needs more days lies before the data.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

CAMPAIGN_SITE = "acme-shop"
CAMPAIGN_NAME = "trail-days"
CAMPAIGN_SOURCE = "instagram"
CAMPAIGN_DAYS_AGO = (26, 20)
CAMPAIGN_TRAFFIC_FACTOR = 1.8
CAMPAIGN_SHARE = 0.5
"""Part of the site's visits during the campaign that it brings."""
CAMPAIGN_INTEREST_FACTOR = 0.3
"""Its visitors look at products this much as often as others."""

REGRESSION_SITE = "acme-shop"
REGRESSION_DEVICE = "mobile"
REGRESSION_DAYS_AGO = (12, 6)
REGRESSION_ORDER_FACTOR = 0.25
"""Mobile checkouts end in an order this much as often as before."""

OUTAGE_SITE = "northwind-app"
OUTAGE_DAYS_AGO = 3
"""Or the Friday before, when that is a weekend, on which few would notice."""
_FRIDAY = 4
OUTAGE_HOURS_UTC = (13, 18)
"""First hour, and the hour in which all is well again."""
OUTAGE_SURVIVORS = 0.06
"""Part of the visits that reach the site at all; they see an error page."""
OUTAGE_EVENT = "Error Shown"

SIGNUP_HARD_ON = ("mobile", 0.4)
CONTACT_HARD_ON = ("desktop", 0.5)
"""On this type of device the form is completed this much as often as on others."""

RETARGETING = ("google", "display", "retargeting")
"""Source, medium and campaign of advertisements that follow who was there before: the last touch of many orders, the
first of hardly any."""
CAMPAIGN_CLICK_COST = 7.5
"""Euros a visit: more than the campaign of the spike brings back."""

CHAT_SITE = "acme-shop"
CHAT_EVENT = "Chat Opened"
CHAT_SHARE = 0.03
"""Part of the site's events that are messages of conversations."""
AGENT_WAIT_MINUTES = 20
WEEKEND_WAIT_FACTOR = 8
"""A bot answers in seconds on any day; people wait for an agent this much longer at weekends."""
REOPENED_SHARE = 0.2
"""Part of the resolved conversations that the person takes up again."""

SWITCHED_FROM, SWITCHED_TO = "claude-sonnet-4-5", "claude-haiku-4-5"
SWITCH_DAYS_AGO = 24
SWITCHED_SHARE = 0.8
"""Part of the conversations of the shop's chat_support that the smaller model answers since, which halves its cost."""

CHEAPER_MODEL = "gpt-4.1"
CHEAPER_DAYS_AGO = 15
CHEAPER_PERCENT = 70
"""A new contract: from a day on its tokens cost this much of what they did."""

UNPRICED_MODEL = "ft:gpt-4.1-mini:acme:reviews"
"""Fine-tuned, so on no list, and nobody entered its price."""

BILLING_PROVIDER = "anthropic"
BILLS_AFTER_DAYS = 7
"""Its calls have a verified cost once they are so old."""
BILLED_PERCENT = {"claude-haiku-4-5": 110}
"""What the bill is of the estimate, where they differ: a surcharge for a region, which no list of prices tells."""

DEGRADING_AGENT = "Forecaster"
DEGRADES_DAYS_AGO = 20
DEGRADES_OVER_DAYS = 14
DEGRADED_FAILURES = 0.35
"""Part of its runs that fails in the end, beside what failed before."""
DEGRADED_ERROR = "ToolTimeout"
DEGRADED_SECONDS_FACTOR = 3.0
"""Its tools take this much longer in the end."""


@dataclass(frozen=True)
class Stories:
    """When the stories happened, for data that ends on a date: first and last day, or first and last moment."""

    end: date

    @property
    def campaign(self) -> tuple[date, date]:
        """First and last day of the campaign: a spike of visits with a lower conversion."""
        return self._days(CAMPAIGN_DAYS_AGO)

    @property
    def regression(self) -> tuple[date, date]:
        """First and last day on which orders by mobile failed at the checkout."""
        return self._days(REGRESSION_DAYS_AGO)

    @property
    def outage(self) -> tuple[datetime, datetime]:
        """Beginning and end of the app's outage."""
        day = self.end - timedelta(days=OUTAGE_DAYS_AGO)
        day -= timedelta(days=max(day.weekday() - _FRIDAY, 0))
        midnight = datetime.combine(day, time(tzinfo=UTC))
        first, last = (midnight + timedelta(hours=hour) for hour in OUTAGE_HOURS_UTC)
        return first, last

    @property
    def model_switch(self) -> date:
        """First day on which a smaller model answers most of the shop's chats."""
        return self.end - timedelta(days=SWITCH_DAYS_AGO)

    @property
    def price_change(self) -> datetime:
        """Since when a model costs less."""
        return datetime.combine(self.end - timedelta(days=CHEAPER_DAYS_AGO), time(tzinfo=UTC))

    @property
    def degradation(self) -> date:
        """First day on which an agent is worse than before."""
        return self.end - timedelta(days=DEGRADES_DAYS_AGO)

    def _days(self, days_ago: tuple[int, int]) -> tuple[date, date]:
        first, last = (self.end - timedelta(days=days) for days in days_ago)
        return first, last
