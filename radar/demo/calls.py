"""Calls of language models: those that features make during visits, and those that agents make in their runs."""

from dataclasses import dataclass, fields

import numpy as np
import polars as pl

from radar.demo import stories
from radar.demo.columns import hex_ids, look_up, moments, visit_columns
from radar.demo.draws import Flags, Ints, Keys, chance, child, exponential, named, uniform
from radar.demo.events import Events, midnight_ms
from radar.demo.models import MODEL_INDEX, MODELS
from radar.demo.plan import Plan
from radar.demo.sites import SITE_INDEX
from radar.demo.visits import MEAN_EVENTS, Visits

_BLOCK = 128
"""OpenAI caches prompts in blocks of so many tokens."""
_WARM_SHARE = 0.6
"""Part of the first calls whose prompt the provider still has in its cache from somebody else's."""
_MOST_CALLS = 12

_INPUT, _OUTPUT, _CACHED, _CACHE_WRITE = (
    np.array([getattr(model.prices, kind) if model.prices else 0 for model in MODELS])
    for kind in ("input", "output", "cached", "cache_write")
)
_COUNTS_CACHED = np.array([model.counts_cached for model in MODELS])
_MS_PER_TOKEN = np.array([model.milliseconds_per_token for model in MODELS])
_BILLS = np.array([model.provider == stories.BILLING_PROVIDER for model in MODELS])
_BILLED_PERCENT = np.array([stories.BILLED_PERCENT.get(model.name, 100) for model in MODELS])


@dataclass(frozen=True)
class Prompt:
    """What calls send and get, in tokens on average: `prefix` is the same in all, which the provider's cache knows."""

    prefix: int
    question: int
    answer: int


@dataclass(frozen=True)
class Feature:
    """What calls a model during visits of a site: of how many, and how often in each.

    `repeated` is the part of the calls that the product's own cache answers.
    """

    name: str
    site: str
    visit_share: float
    calls: float
    prompt: Prompt
    model: str
    repeated: float = 0


FEATURES = (
    Feature("chat_support", "acme-shop", 0.12, 5, Prompt(6000, 1500, 300), "claude-sonnet-4-5"),
    Feature("search", "acme-shop", 0.35, 2, Prompt(1536, 2500, 120), "gpt-4.1", 0.1),
    Feature("summary", "northwind-app", 0.4, 1.6, Prompt(2048, 9000, 400), "gpt-4.1"),
    Feature("search", "northwind-app", 0.45, 2.2, Prompt(1024, 1500, 90), "gpt-4.1-mini", 0.15),
)


@dataclass(frozen=True)
class Calls:
    """Parallel arrays, one element a call, with the tokens of each kind as its provider counts them."""

    key: Keys
    turn: Ints
    model: Ints
    is_hit: Flags
    input: Ints
    output: Ints
    cached: Ints
    cache_write: Ints
    latency_ms: Ints

    def only(self, chosen: Flags) -> "Calls":
        """The calls that are chosen."""
        return Calls(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    @property
    def total(self) -> Ints:
        """All tokens, each counted once."""
        apart = np.where(_COUNTS_CACHED[self.model], 0, self.cached + self.cache_write)
        total: Ints = self.input + apart + self.output
        return total


def asked(key: Keys, turn: Ints, model: Ints, prompt: Ints, is_hit: Flags) -> Calls:
    """Calls with their tokens and times; `prompt` has the columns prefix, question and answer."""
    prefix, question, answer = prompt.T
    paid = np.where(is_hit, 0, 1)
    question = (question * (0.5 + uniform(key, "question") + 0.1 * turn)).astype(np.int64) * paid
    output = (1 + answer * (0.4 + 1.2 * uniform(key, "answer"))).astype(np.int64) * paid
    is_warm = (turn > 0) | chance(key, "warm", _WARM_SHARE)
    counts = _COUNTS_CACHED[model]
    cached = np.where(is_warm, np.where(counts, prefix // _BLOCK * _BLOCK, prefix), 0) * paid
    # The one who asks first pays for writing the cache, where the provider takes money for it.
    cache_write = np.where(is_warm | counts, 0, prefix) * paid
    prompt_tokens = question + np.where(counts, prefix, 0) * paid
    latency = 300 + 0.02 * (prefix + question) + output * _MS_PER_TOKEN[model] * (0.8 + exponential(key, "slow", 0.3))
    latency = np.where(is_hit, 15 + 20 * uniform(key, "hit"), latency)
    return Calls(key, turn, model, is_hit, prompt_tokens, output, cached, cache_write, latency.astype(np.int64))


def visit_calls(plan: Plan, found: Visits, sent: Events) -> pl.DataFrame:
    """The calls that features make during the visits, as columns of ingest.llm_calls."""
    feature, visit, turn, turns = (np.concatenate(parts) for parts in zip(*_uses(found), strict=True))
    trace = child(named(found.key, "trace")[visit], feature)
    key = child(trace, turn)
    prompt = np.array([list(vars(of.prompt).values()) for of in FEATURES])[feature]
    is_hit = chance(key, "hit", np.array([of.repeated for of in FEATURES])[feature])
    calls = asked(key, turn, _model(plan, found.day[visit], feature, trace), prompt, is_hit)
    begins, ends = _spans(found, sent)
    moment = (turn + uniform(key, "moment")) / turns
    occurred = begins[visit] + ((ends - begins)[visit] * moment).astype(np.int64)
    of_visit = visit_columns(found)[visit.astype(np.uint32)]
    is_known = pl.Series((found.known_from() < found.size)[visit])
    return call_rows(plan, calls, trace, occurred).with_columns(
        workspace_id=of_visit["workspace_id"],
        project_id=of_visit["project_id"],
        run_id=pl.lit(None, pl.String),
        feature=look_up([of.name for of in FEATURES], feature),
        user_id=pl.select(pl.when(is_known).then(of_visit["person_id"])).to_series(),
        session_id=of_visit["session_id"],
    )


def _uses(found: Visits) -> list[tuple[Ints, Ints, Ints, Ints]]:
    """Of the calls of each feature: number of the feature, position of the visit, number in the visit, of how many."""
    uses = []
    for number, feature in enumerate(FEATURES):
        may = (found.site == SITE_INDEX[feature.site]) & ~found.is_bot & (found.size > 1)
        # Who does much on a site also asks much.
        likely = feature.visit_share * np.clip(found.size / MEAN_EVENTS - 0.2, 0.3, 2)
        visit = np.flatnonzero(may & chance(found.key, f"uses {feature.name}", likely))
        more = exponential(found.key[visit], f"calls {feature.name}", feature.calls - 0.5)
        turns = np.minimum(1 + more.astype(np.int64), _MOST_CALLS)
        turn = np.arange(turns.sum()) - np.repeat(np.cumsum(turns) - turns, turns)
        uses.append((np.full_like(turn, number), np.repeat(visit, turns), turn, np.repeat(turns, turns)))
    return uses


def _model(plan: Plan, day: Ints, feature: Ints, trace: Keys) -> Ints:
    model = np.array([MODEL_INDEX[of.model] for of in FEATURES])[feature]
    switched = model == MODEL_INDEX[stories.SWITCHED_FROM]
    switched &= day >= plan.number(plan.stories.model_switch)
    switched &= chance(trace, "easy", stories.SWITCHED_SHARE)
    chosen: Ints = np.where(switched, MODEL_INDEX[stories.SWITCHED_TO], model)
    return chosen


def _spans(found: Visits, sent: Events) -> tuple[Ints, Ints]:
    """When each visit begins and ends, in milliseconds since 1970."""
    begins = np.full(found.size.size, np.iinfo(np.int64).max)
    ends = np.zeros_like(found.size)
    np.minimum.at(begins, sent.visit, sent.occurred)
    np.maximum.at(ends, sent.visit, sent.occurred)
    return begins, ends


def call_rows(plan: Plan, calls: Calls, trace: Keys, occurred: Ints) -> pl.DataFrame:
    """What every call has, as columns of ingest.llm_calls; spans of a trace hang on one, that of the trace itself."""
    names = {"provider": [of.provider for of in MODELS], "model": [of.name for of in MODELS]}
    return pl.DataFrame(
        {
            "call_id": uuids(calls.key),
            "trace_id": uuids(trace),
            "span_id": hex_ids(calls.key),
            "parent_span_id": hex_ids(trace),
            **{name: look_up(values, calls.model) for name, values in names.items()},
            "input_tokens": calls.input,
            "output_tokens": calls.output,
            "cached_tokens": calls.cached,
            "cache_write_tokens": calls.cache_write,
            "input_includes_cached": _COUNTS_CACHED[calls.model],
            "latency_ms": calls.latency_ms,
            "is_cache_hit": calls.is_hit,
            "verified_cost_usd": _bills(plan, calls, occurred),
            "occurred_at": moments(occurred),
            "received_at": moments(occurred + calls.latency_ms + 200),
        }
    )


def uuids(keys: Keys) -> pl.Series:
    """Ids of 128 bits, as PostgreSQL reads them."""
    return hex_ids(keys) + hex_ids(named(keys, "uuid"))


def _bills(plan: Plan, calls: Calls, occurred: Ints) -> pl.Series:
    """What the provider billed, in USD; null where no bill has come."""
    model = calls.model
    cost = calls.input * _INPUT[model] + calls.output * _OUTPUT[model]
    cost += calls.cached * _CACHED[model] + calls.cache_write * _CACHE_WRITE[model]
    units = pl.Series(cost * _BILLED_PERCENT[model])  # of 10^-10 USD: cents, millions, percents
    dollars = (units // 10**10).cast(pl.String) + "." + (units % 10**10).cast(pl.String).str.zfill(10)
    billed = _BILLS[model] & (occurred < midnight_ms(plan, plan.days - stories.BILLS_AFTER_DAYS))
    return dollars.set(pl.Series(~billed), None)
