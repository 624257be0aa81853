"""The properties of events, as JSON: looked up for most kinds, made one by one for orders, identify calls, batches."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate, chain

import numpy as np
import polars as pl

from radar.demo.draws import Ints, below
from radar.demo.events import Events
from radar.demo.journeys import KIND_INDEX, KINDS
from radar.demo.pages import PRODUCTS
from radar.demo.visits import Visits

_VARIANTS = list(chain.from_iterable(kind.properties for kind in KINDS))
_COUNTS = np.array([len(kind.properties) for kind in KINDS])
_OFFSETS = np.array([0, *accumulate(_COUNTS)])[:-1]
_OF_PRODUCT = np.array([kind.category == "ecommerce" and len(kind.properties) > 1 for kind in KINDS])
_IN_ORDER = np.array([kind.in_order for kind in KINDS])
_BATCH_PARTS = 3


def properties(found: Visits, sent: Events, visit_ids: pl.Series, person_ids: pl.Series) -> pl.Series:
    """One JSON object an event, given the texts of its visit's id and of its person's."""
    variant = np.where(_OF_PRODUCT[sent.kind], sent.product, below(sent.key, "variant", _COUNTS[sent.kind]))
    variant = np.where(_IN_ORDER[sent.kind], sent.turn % _COUNTS[sent.kind], variant)
    place = _OFFSETS[sent.kind] + variant
    made: list[str] = []
    makers: dict[str, Callable[[int], str]] = {
        "Order Completed": lambda at: _order(int(sent.product[at]), visit_ids[at], int(quantity[at])),
        "identify": lambda at: json.dumps({"email": f"{person_ids[at]}@mail.example"}),
        "batch": lambda at: _batch(f"{visit_ids[at]}-{sent.number[at]:02d}", int(sent.occurred[at])),
    }
    quantity = below(found.key, "quantity", 3)[sent.visit] + 1
    for name, make in makers.items():
        positions: Ints = np.flatnonzero(sent.kind == KIND_INDEX[name])
        place[positions] = len(_VARIANTS) + len(made) + np.arange(positions.size)
        made.extend(make(at) for at in positions.tolist())
    return pl.Series(_VARIANTS + made).gather(place.astype(np.uint32))


def _order(product: int, visit_id: str, quantity: int) -> str:
    name, price = PRODUCTS[product]
    line = {"product_id": f"P{product + 1:03d}", "name": name, "price": price, "quantity": quantity}
    order = {"order_id": f"O-{visit_id[:10]}", "revenue": price * quantity, "currency": "EUR", "products": [line]}
    return json.dumps(order)


def _batch(message_id: str, occurred_ms: int) -> str:
    """Clicks that the app collected while it was busy, the oldest first; radar's staging unpacks them."""
    last = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=occurred_ms)
    parts = [
        {
            "message_id": f"{message_id}-{part}",
            "occurred_at": (last - timedelta(seconds=2 * (_BATCH_PARTS - part))).isoformat(),
            "event_type": "click",
            "properties": {"element_tag": "tr", "element_id": "row"},
        }
        for part in range(1, _BATCH_PARTS + 1)
    ]
    return json.dumps({"events": parts})
