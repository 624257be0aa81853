"""Embeddings of some prompts of the last days: made up, so that prompts about the same thing lie near each other."""

import numpy as np
import polars as pl

from radar.demo.calls import FEATURES
from radar.demo.draws import Floats, Ints, Keys, below, chance, child, named, seed_key, uniform
from radar.demo.events import midnight_ms
from radar.demo.plan import Plan

DIMENSIONS = 1536
_DAYS = 3
_SHARE = 0.4
_EVENTS = 200_000
"""Part of the calls, and of how many events; of more, the part is smaller: embeddings are large."""
_TOPICS = 12
_REPEATED_SHARE = 0.3
_NOISE = (0.2, 1.0)
"""How far a prompt lies from its topic: one that says nearly what others say, and one that does not."""
_NAMES = [feature.name for feature in FEATURES]


def embedded(plan: Plan, calls: pl.DataFrame) -> pl.DataFrame:
    """The calls whose prompts are embedded: those of visits in the last days, some hundreds."""
    first = midnight_ms(plan, plan.days - _DAYS)
    late = calls.filter(pl.col("session_id").is_not_null(), pl.col("occurred_at").dt.epoch("ms") >= first)
    chosen = chance(_keys(late), "embedded", _SHARE * min(1.0, _EVENTS / plan.events))
    return late.filter(pl.Series(chosen))


def embeddings(plan: Plan, calls: pl.DataFrame) -> list[dict[str, object]]:
    """Rows of ingest.prompt_embeddings for the calls; numbers are text that PostgreSQL reads as an array."""
    keys = _keys(calls)
    feature = np.array([_NAMES.index(name) for name in calls["feature"]], dtype=np.int64)
    topic = child(seed_key(plan.seed ^ 0xE3BED), feature, below(keys, "topic", _TOPICS))
    near, far = _NOISE
    noise = np.where(chance(keys, "repeated", _REPEATED_SHARE), near, far)
    vectors = _directions(topic) + noise[:, None] * _directions(named(keys, "prompt"))
    texts = ["{" + ",".join(map(str, row)) + "}" for row in vectors.round(3).tolist()]
    return [
        {"workspace_id": workspace_id, "call_id": call_id, "embedding": text}
        for workspace_id, call_id, text in zip(calls["workspace_id"], calls["call_id"], texts, strict=True)
    ]


def _keys(calls: pl.DataFrame) -> Keys:
    return calls["span_id"].str.to_integer(base=16, dtype=pl.UInt64).to_numpy()


def _directions(keys: Keys) -> Floats:
    """A row of independent numbers around 0 for each key."""
    number: Ints = np.arange(DIMENSIONS)
    return (
        uniform(child(np.repeat(keys, DIMENSIONS), np.tile(number, keys.size)), "dimension").reshape(-1, DIMENSIONS)
        - 0.5
    )
