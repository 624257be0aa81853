"""What visitors do: the kinds of events, and the scripts (orders, sign-ups, questions) of visits."""

import json
from dataclasses import dataclass

import numpy as np

from radar.demo import stories
from radar.demo.audience import DEVICES
from radar.demo.draws import Floats, Ints, Wheel
from radar.demo.forms import FORMS
from radar.demo.pages import PAGE_INDEX, PRODUCTS
from radar.demo.sites import SITES


@dataclass(frozen=True)
class Kind:
    """A kind of event: its type and name, the mean seconds before it, and the properties that it may have, as JSON."""

    event_type: str
    event_name: str | None
    category: str
    seconds: float
    properties: tuple[str, ...] = ("{}",)
    label: str | None = None
    """What scripts call it, when its name does not tell it from others."""
    in_order: bool = False
    """Whether the events of a page have the properties in turn, not at random."""

    @property
    def key(self) -> str:
        """What it is looked up by."""
        return self.label or self.event_name or self.event_type


def _product(quantity_key: str) -> tuple[str, ...]:
    return tuple(
        json.dumps({"product_id": f"P{n:03d}", "name": name, "price": price, "currency": "EUR", quantity_key: 1})
        for n, (name, price) in enumerate(PRODUCTS, start=1)
    )


def _each(key: str, *values: object) -> tuple[str, ...]:
    return tuple(json.dumps({key: value}) for value in values)


_ELEMENTS = (
    ("a", "nav-item", "menu"),
    ("button", "button primary", "more"),
    ("img", "gallery", "image"),
    ("a", "link", "related"),
    ("button", "tab", "details"),
    ("input", "filter", "size"),
)
_CLICKS = tuple(
    json.dumps({"element_tag": tag, "element_classes": classes, "element_id": name}) for tag, classes, name in _ELEMENTS
)
_FORM_KINDS = tuple(
    kind
    for form in FORMS
    for kind in (
        Kind("form_start", "form_start", "engagement", 12, (form.start,), f"start {form.form_id}"),
        Kind("form_submit", "form_submit", "engagement", form.seconds, form.submissions, f"submit {form.form_id}"),
    )
)

KINDS = (
    Kind("pageview", None, "navigation", 22),
    Kind("click", "click", "engagement", 8, _CLICKS),
    Kind("scroll_depth", "scroll_depth", "engagement", 7, _each("scroll_percentage", 25, 50, 75, 100), in_order=True),
    Kind("text_copy", "text_copy", "engagement", 14, _each("characters", 12, 31, 64, 180)),
    Kind("page_visibility", "page_visibility", "engagement", 30, _each("state", "hidden", "visible"), in_order=True),
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
    Kind("track", stories.CHAT_EVENT, "support", 6, _each("channel", "whatsapp")),
    Kind("unlink", "unlink", "account", 20),
    *_FORM_KINDS,
)
KIND_INDEX = {kind.key: index for index, kind in enumerate(KINDS)}
MILESTONES = len(KINDS[KIND_INDEX["scroll_depth"]].properties)
"""Depths of a page that are told; nobody reaches more."""

_BROWSING = {"pageview": 45, "click": 19, "scroll_depth": 14, "heartbeat": 12, "page_visibility": 6, "text_copy": 2.5}
_APP = _BROWSING | {"heartbeat": 20, "pageview": 38, "submit search": 3, "batch": 0.3}
_MIXES = {"northwind-app": _APP}
BROWSING = Wheel.of([[_MIXES.get(site.slug, _BROWSING).get(kind.key, 0) for kind in KINDS] for site in SITES])

STAY, PRODUCT = -1, -2
"""Pages of a step that depend on the visit: the page before, and the page of the visit's product."""


@dataclass(frozen=True)
class Script:
    """Steps that a visit may end in: (kind, path). Gates are (steps done, chance to get there from the gate before)."""

    site: str
    share: float
    steps: tuple[tuple[str, str], ...]
    gates: tuple[tuple[int, float], ...]
    hard_on: tuple[str, float] | None = None
    """A type of device on which it is harder, and how often the last gate is passed there, relative to others."""


_LETTER_STEPS = (("start newsletter", ""), ("submit newsletter", ""), ("pageview", "/newsletter/thanks"))
_LETTER_GATES = ((1, 0.5), (3, 0.7))
SCRIPTS = (
    Script(
        "acme-shop",
        0.86,
        (
            ("pageview", "product"),
            ("Product Viewed", ""),
            ("click", ""),
            ("Product Added", ""),
            ("pageview", "/cart"),
            ("pageview", "/checkout"),
            ("Checkout Started", ""),
            ("start checkout", ""),
            ("submit checkout", ""),
            ("pageview", "/checkout/complete"),
            ("Order Completed", ""),
        ),
        ((2, 0.5), (4, 0.4), (8, 0.55), (11, 0.65)),
    ),
    Script("acme-shop", 0.07, _LETTER_STEPS, _LETTER_GATES),
    Script(
        "acme-shop",
        0.04,
        (("pageview", "/contact"), ("start contact", ""), ("submit contact", "")),
        ((1, 0.8), (2, 0.8), (3, 0.7)),
        stories.CONTACT_HARD_ON,
    ),
    Script("acme-shop", 0.03, (("pageview", "/help"), (stories.CHAT_EVENT, "")), ((1, 0.9), (2, 0.6))),
    Script("acme-guides", 0.1, _LETTER_STEPS, _LETTER_GATES),
    Script("acme-guides", 0.9, (("pageview", "/search"), ("submit search", "")), ((2, 0.12),)),
    Script(
        "northwind-site",
        0.9,
        (
            ("pageview", "/pricing"),
            ("click", ""),
            ("pageview", "/signup"),
            ("start signup", ""),
            ("submit signup", ""),
            ("Signed Up", ""),
            ("pageview", "/welcome"),
        ),
        ((2, 0.3), (3, 0.4), (4, 0.8), (7, 0.65)),
        stories.SIGNUP_HARD_ON,
    ),
    Script("northwind-site", 0.1, _LETTER_STEPS, _LETTER_GATES),
    Script(
        "northwind-app",
        1.0,
        (
            ("pageview", "/reports/new"),
            ("start report", ""),
            ("submit report", ""),
            ("Report Created", ""),
            ("click", ""),
            ("Report Shared", ""),
        ),
        ((2, 0.4), (4, 0.7), (6, 0.4)),
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
EASE: Floats = np.array(
    [
        [script.hard_on[1] if script.hard_on and device.device_type == script.hard_on[0] else 1.0 for device in DEVICES]
        for script in SCRIPTS
    ]
)
"""How often the last gate of each script is passed with each device, relative to other devices."""
