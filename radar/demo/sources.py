"""Where visits come from: referrers, campaigns and click ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import numpy as np

from radar.demo import stories
from radar.demo.draws import Floats, Wheel
from radar.demo.pages import PAGE_INDEX
from radar.demo.sites import SITES

UTM_FIELDS = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")


@dataclass(frozen=True)
class Source:
    """A way to the sites. Weights are by site; interest is how often its visitors go on, relative to others."""

    referrer: str | None
    weights: tuple[float, float, float, float]
    """Acme Shop, Acme Guides, Northwind Site, Northwind App."""
    utm: Mapping[str, str] = field(default_factory=dict)
    click_id: str | None = None
    """Parameter that the advertiser's click id comes in."""
    interest: float = 1.0
    newcomers: float = 1.0
    returners: float = 1.0
    """How often people come this way who were not here before, and who were, relative to its weight."""
    click_cost: float = 0.0
    """Euros that a visit costs."""

    @property
    def query(self) -> str:
        """Query of the landing address, up to the click id's value."""
        return urlencode({**self.utm, **({self.click_id: ""} if self.click_id else {})})


def _utm(source: str, medium: str, campaign: str, content: str = "", term: str = "") -> dict[str, str]:
    values = zip(UTM_FIELDS, (source, medium, campaign, content, term), strict=True)
    return {name: value for name, value in values if value}


_GOOGLE = "https://www.google.com/"

SOURCES = (
    Source(None, (24, 14, 22, 55)),
    Source(_GOOGLE, (18, 38, 20, 2), interest=1.1),
    Source("https://www.google.de/", (6, 6, 1, 0), interest=1.1),
    Source("https://www.bing.com/", (2, 4, 4, 0.5)),
    Source("https://duckduckgo.com/", (2, 4, 3, 0)),
    Source("https://www.ecosia.org/", (1, 2, 0, 0)),
    Source("android-app://com.google.android.googlequicksearchbox/", (1, 1, 0, 0)),
    Source(
        _GOOGLE, (7, 0, 6, 0), _utm("google", "cpc", "brand", "headline-a", "acme tent"), "gclid", 1.3, click_cost=0.6
    ),
    Source(_GOOGLE, (5, 0, 4, 0), _utm("google", "cpc", "generic", "headline-b"), "gclid", 0.9, 1.3, 0.1, 1.4),
    Source(_GOOGLE, (3, 0, 2, 0), click_id="gclid"),
    Source("https://www.bing.com/", (1, 0, 2, 0), _utm("bing", "cpc", "generic"), "msclkid", 0.9, 1.3, 0.1, 1.1),
    Source("https://l.facebook.com/", (3, 2, 1, 0), click_id="fbclid", interest=0.6),
    Source("https://l.instagram.com/", (3, 2, 0, 0), interest=0.6),
    Source(
        "https://googleads.g.doubleclick.net/",
        (3, 0, 0, 0),
        _utm(*stories.RETARGETING, "carousel"),
        interest=2.0,
        newcomers=0.0,
        returners=3.0,
        click_cost=1.5,
    ),
    Source("https://www.reddit.com/", (2, 4, 2, 0), interest=0.6),
    Source("https://www.youtube.com/", (2, 4, 1, 0), interest=0.7),
    Source("https://www.linkedin.com/", (0, 0, 6, 0.5), interest=0.9),
    Source("https://t.co/abc123", (1, 1, 2, 0), interest=0.5),
    Source("https://www.pinterest.com/", (1, 1, 0, 0), interest=0.6),
    Source("https://news.ycombinator.com/", (0, 0, 2, 0), interest=0.4),
    Source("https://chatgpt.com/", (2, 5, 4, 0), {"utm_source": "chatgpt.com"}, interest=1.2),
    Source("https://www.perplexity.ai/", (1, 2, 2, 0), interest=1.1),
    Source("https://gemini.google.com/", (0.5, 1, 1, 0), interest=1.1),
    Source("https://claude.ai/", (0.3, 0.7, 1, 0), interest=1.1),
    Source("https://copilot.microsoft.com/", (0.3, 0.5, 1, 0)),
    Source(
        None, (6, 3, 4, 1), _utm("newsletter", "email", "weekly", "hero"), interest=1.5, newcomers=0.2, returners=2.0
    ),
    Source("https://mail.google.com/", (1, 1, 1, 4), interest=1.2),
    Source("https://www.trailblog.example/best-tents", (2, 1, 0, 0), _utm("trailblog", "affiliate", "partners")),
    Source("https://www.hikingforum.example/t/123", (1, 3, 0, 0), interest=0.8),
    Source("https://www.saasreviews.example/northwind", (0, 0, 4, 0.5), interest=1.3),
    Source("https://guides.acme-outdoor.example/guides/choosing-a-tent", (4, 0, 0, 0), interest=1.4),
    Source("https://shop.acme-outdoor.example/tents", (0, 6, 0, 0)),
    Source("https://shop.acme-outdoor.example/cart", (1, 0, 0, 0), interest=1.5),
    Source("https://www.northwind.example/", (0, 0, 0, 18)),
    Source("https://app.northwind.example/reports", (0, 0, 0, 6)),
    Source(
        "https://l.instagram.com/",
        (0, 0, 0, 0),
        _utm(stories.CAMPAIGN_SOURCE, "paid_social", stories.CAMPAIGN_NAME, "video"),
        interest=stories.CAMPAIGN_INTEREST_FACTOR,
        click_cost=stories.CAMPAIGN_CLICK_COST,
    ),
)
DIRECT = 0
CAMPAIGN = len(SOURCES) - 1
CAMPAIGN_PAGE = PAGE_INDEX[stories.CAMPAIGN_SITE, f"/{stories.CAMPAIGN_NAME}"]

_WEIGHTS = np.array(
    [
        [source.weights[index] * (source.returners if returns else source.newcomers) for source in SOURCES]
        for index in range(len(SITES))
        for returns in (False, True)
    ]
)
SOURCE = Wheel.of(_WEIGHTS.tolist())
"""Two rows a site: of people who were not here before, and of those who may have been."""
SHARES: Floats = _WEIGHTS / _WEIGHTS.sum(axis=1, keepdims=True)
"""The same as parts of the visits."""
INTEREST = np.array([source.interest for source in SOURCES])
HAS_QUERY = np.array([bool(source.query) for source in SOURCES])
HAS_CLICK_ID = np.array([source.click_id is not None for source in SOURCES])
