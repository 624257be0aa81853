"""What visitors do: the pages of the sites, the kinds of events, and the scripts (orders, sign-ups) of visits."""

import json
from dataclasses import dataclass

import numpy as np

from radar.demo import stories
from radar.demo.draws import Floats, Ints, Wheel
from radar.demo.sites import SITE_INDEX, SITES


@dataclass(frozen=True)
class Page:
    """A page, its share of the views within a visit, and its share of the visits that begin there."""

    site: str
    path: str
    title: str
    views: float
    entries: float

    @property
    def url(self) -> str:
        """Its address without a query."""
        return f"{SITES[SITE_INDEX[self.site]].origin}{self.path}"


PRODUCTS: tuple[tuple[str, int], ...] = (
    ("Ridgeline Tent", 349),
    ("Fjord Sleeping Bag", 189),
    ("Granite Backpack 45", 159),
    ("Merino Base Layer", 69),
    ("Trail Runner GT", 129),
    ("Summit Shell Jacket", 279),
    ("Camp Stove Mini", 59),
    ("Titan Cook Set", 84),
    ("Aurora Headlamp", 45),
    ("Carbon Trekking Poles", 119),
    ("Hydro Bottle 1 l", 29),
    ("Alpine Gloves", 54),
)
_TOPICS = (
    "Choosing a tent",
    "Layering for cold days",
    "Packing for a week",
    "Trail shoes or boots",
    "Cooking outdoors",
    "Reading a map",
    "Water on the trail",
    "First aid kit",
    "Hiking with children",
    "Caring for down",
)


def _slug(title: str) -> str:
    return title.lower().replace(" ", "-")


PAGES = (
    Page("acme-shop", "/", "Acme Outdoor", 10, 40),
    Page("acme-shop", "/tents", "Tents", 8, 8),
    Page("acme-shop", "/clothing", "Clothing", 8, 8),
    Page("acme-shop", "/shoes", "Shoes", 7, 7),
    Page("acme-shop", "/sale", "Sale", 9, 9),
    Page("acme-shop", "/search", "Search", 6, 0),
    Page("acme-shop", "/account", "Your account", 3, 1),
    Page("acme-shop", "/trail-days", "Trail Days", 1, 0),
    Page("acme-shop", "/newsletter/thanks", "Thank you", 0, 0),
    Page("acme-shop", "/cart", "Cart", 0, 0),
    Page("acme-shop", "/checkout", "Checkout", 0, 0),
    Page("acme-shop", "/checkout/complete", "Order complete", 0, 0),
    *(Page("acme-shop", f"/products/{_slug(name)}", name, 3, 2) for name, _ in PRODUCTS),
    Page("acme-guides", "/", "Acme Guides", 5, 15),
    *(Page("acme-guides", f"/guides/{_slug(title)}", title, 5, 12) for title in _TOPICS),
    Page("acme-guides", "/search", "Search the guides", 4, 0),
    Page("acme-guides", "/newsletter/thanks", "Thank you", 0, 0),
    Page("northwind-site", "/", "Northwind: reports that write themselves", 10, 45),
    Page("northwind-site", "/features", "Features", 8, 6),
    Page("northwind-site", "/pricing", "Pricing", 9, 9),
    Page("northwind-site", "/customers", "Customers", 4, 2),
    Page("northwind-site", "/blog", "Blog", 5, 6),
    Page("northwind-site", "/blog/metrics-that-matter", "Metrics that matter", 4, 14),
    Page("northwind-site", "/blog/warehouse-in-a-weekend", "A warehouse in a weekend", 4, 10),
    Page("northwind-site", "/docs/quickstart", "Quickstart", 4, 8),
    Page("northwind-site", "/signup", "Sign up", 0, 0),
    Page("northwind-site", "/welcome", "Welcome", 0, 0),
    Page("northwind-site", "/newsletter/thanks", "Thank you", 0, 0),
    Page("northwind-app", "/", "Home", 10, 60),
    Page("northwind-app", "/reports", "Reports", 12, 15),
    Page("northwind-app", "/reports/new", "New report", 2, 0),
    Page("northwind-app", "/dashboards", "Dashboards", 10, 15),
    Page("northwind-app", "/data-sources", "Data sources", 4, 2),
    Page("northwind-app", "/settings/members", "Members", 2, 1),
    Page("northwind-app", "/settings/billing", "Billing", 1, 1),
)
PAGE_INDEX = {(page.site, page.path): index for index, page in enumerate(PAGES)}
FIRST_PRODUCT_PAGE = PAGE_INDEX["acme-shop", f"/products/{_slug(PRODUCTS[0][0])}"]

BROWSED = Wheel.of([[page.views if page.site == site.slug else 0 for page in PAGES] for site in SITES])
ENTERED = Wheel.of([[page.entries if page.site == site.slug else 0 for page in PAGES] for site in SITES])


@dataclass(frozen=True)
class Kind:
    """A kind of event: its type and name, the mean seconds before it, and the properties that it may have, as JSON."""

    event_type: str
    event_name: str | None
    category: str
    seconds: float
    properties: tuple[str, ...] = ("{}",)


def _product(quantity_key: str) -> tuple[str, ...]:
    return tuple(
        json.dumps({"product_id": f"P{n:03d}", "name": name, "price": price, "currency": "EUR", quantity_key: 1})
        for n, (name, price) in enumerate(PRODUCTS, start=1)
    )


def _each(key: str, *values: object) -> tuple[str, ...]:
    return tuple(json.dumps({key: value}) for value in values)


KINDS = (
    Kind("pageview", None, "navigation", 22),
    Kind("click", "click", "engagement", 8, _each("element", "menu", "button", "image", "link", "tab", "filter")),
    Kind("scroll_depth", "scroll_depth", "engagement", 7, _each("percent", 25, 50, 75, 100)),
    Kind("form_submit", "form_submit", "engagement", 25, _each("form", "search", "contact", "newsletter")),
    Kind("text_copy", "text_copy", "engagement", 14, _each("characters", 12, 31, 64, 180)),
    Kind("page_visibility", "page_visibility", "engagement", 30, _each("state", "hidden", "visible")),
    Kind("heartbeat", "heartbeat", "engagement", 15, _each("interval_seconds", 15)),
    Kind("identify", None, "account", 12),
    Kind("batch", None, "engagement", 15),
    Kind("track", "Product Viewed", "ecommerce", 1, _product("position")),
    Kind("track", "Product Added", "ecommerce", 9, _product("quantity")),
    Kind("track", "Checkout Started", "ecommerce", 2, _product("quantity")),
    Kind("track", "Order Completed", "ecommerce", 2),
    Kind("track", "Signed Up", "account", 3, _each("plan", "free", "team", "business")),
    Kind("track", "Report Created", "reports", 40, _each("template", "blank", "weekly", "board")),
    Kind("track", "Report Shared", "reports", 25, _each("with", "team", "link", "email")),
    Kind("track", stories.OUTAGE_EVENT, "errors", 4, _each("status", 502, 503)),
)
KIND_INDEX = {kind.event_name or kind.event_type: index for index, kind in enumerate(KINDS)}

_BROWSING = {"pageview": 45, "click": 19, "scroll_depth": 14, "heartbeat": 12, "page_visibility": 6, "text_copy": 2.5}
_APP = _BROWSING | {"heartbeat": 20, "pageview": 38, "form_submit": 3, "batch": 0.3}
_MIXES = {"northwind-app": _APP}
BROWSING = Wheel.of(
    [
        [
            _MIXES.get(site.slug, _BROWSING).get(kind.event_type, 0) * (kind.event_name in (None, kind.event_type))
            for kind in KINDS
        ]
        for site in SITES
    ]
)

STAY, PRODUCT = -1, -2
"""Pages of a step that depend on the visit: the page before, and the page of the visit's product."""


@dataclass(frozen=True)
class Script:
    """Steps that a visit may end in: (kind, path). Gates are (steps done, chance to get there from the gate before)."""

    site: str
    share: float
    steps: tuple[tuple[str, str], ...]
    gates: tuple[tuple[int, float], ...]


_LETTER_STEPS = (("form_submit", ""), ("pageview", "/newsletter/thanks"))
SCRIPTS = (
    Script(
        "acme-shop",
        0.93,
        (
            ("pageview", "product"),
            ("Product Viewed", ""),
            ("click", ""),
            ("Product Added", ""),
            ("pageview", "/cart"),
            ("pageview", "/checkout"),
            ("Checkout Started", ""),
            ("form_submit", ""),
            ("pageview", "/checkout/complete"),
            ("Order Completed", ""),
        ),
        ((2, 0.5), (4, 0.4), (7, 0.55), (10, 0.65)),
    ),
    Script("acme-shop", 0.07, _LETTER_STEPS, ((2, 0.4),)),
    Script("acme-guides", 0.1, _LETTER_STEPS, ((2, 0.3),)),
    Script("acme-guides", 0.9, (("pageview", "/search"), ("form_submit", "")), ((2, 0.12),)),
    Script(
        "northwind-site",
        0.9,
        (
            ("pageview", "/pricing"),
            ("click", ""),
            ("pageview", "/signup"),
            ("form_submit", ""),
            ("Signed Up", ""),
            ("pageview", "/welcome"),
        ),
        ((2, 0.3), (3, 0.4), (6, 0.5)),
    ),
    Script("northwind-site", 0.1, _LETTER_STEPS, ((2, 0.3),)),
    Script(
        "northwind-app",
        1.0,
        (
            ("pageview", "/reports/new"),
            ("form_submit", ""),
            ("Report Created", ""),
            ("click", ""),
            ("Report Shared", ""),
        ),
        ((1, 0.4), (3, 0.7), (5, 0.4)),
    ),
    Script(stories.OUTAGE_SITE, 0.0, ((stories.OUTAGE_EVENT, ""),), ((1, 1.0),)),
)
OUTAGE_SCRIPT = len(SCRIPTS) - 1
SCRIPT = Wheel.of([[script.share * (script.site == site.slug) for script in SCRIPTS] for site in SITES])
GATES = max(len(script.gates) for script in SCRIPTS)


def _padded(rows: list[list[float]]) -> Floats:
    width = max(len(row) for row in rows)
    return np.array([row + [0.0] * (width - len(row)) for row in rows])


def _page_of(script: Script, path: str) -> int:
    return {"": STAY, "product": PRODUCT}.get(path) or PAGE_INDEX[script.site, path]


GATE_STEPS: Ints = _padded([[steps for steps, _ in script.gates] for script in SCRIPTS]).astype(np.int64)
GATE_CHANCE: Floats = _padded([[chance for _, chance in script.gates] for script in SCRIPTS])
LAST_GATE: Ints = np.array([len(script.gates) - 1 for script in SCRIPTS])
STEP_KIND: Ints = _padded([[KIND_INDEX[kind] for kind, _ in script.steps] for script in SCRIPTS]).astype(np.int64)
STEP_PAGE: Ints = _padded([[_page_of(script, path) for _, path in script.steps] for script in SCRIPTS]).astype(np.int64)
