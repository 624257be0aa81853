"""The prices of the genai-prices list in the shape of ingest.model_pricing: USD per 1,000 tokens, from a date on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from genai_prices import data_snapshot, types

from radar.prices.names import FREE

KINDS = {
    "input": "input_mtok",
    "output": "output_mtok",
    "cached": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
    "cache_write_1h": "cache_write_1h_mtok",
}
"""Kind of token -> its price in the list, per million."""
STANDARD = "standard"
TIERS = {
    "batch": {"processing": "batch"},
    "flex": {"service_tier": "flex"},
    "priority": {"service_tier": "priority"},
    "fast": {"service_tier": "fast", "speed": "fast"},
}
"""How a call may be served, as calls name it -> as the list does."""
REQUESTS = "requests_kcount"
EVERYTHING, UNSAID = "everything", "unsaid"
"""What is priced apart of a model that is not paid by tokens, and of one whose calls have to say what they used."""
APART = {
    "audio": "audio", "image": "image", "video": "video", "web_search": "web_search", "storage_search": "file_search",
    "reasoning": EVERYTHING, "citation": EVERYTHING,
}  # fmt: skip
"""What a price of the list names -> what calls say that they used (llm_calls.special_uses), if they can."""

_ALWAYS = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ListedPrice:
    """A price of a model. `effective_date` is None for one without a known beginning, `daily` for one of all hours."""

    provider: str
    model: str
    effective_date: date | None
    prices: tuple[Decimal | None, ...]
    long_context_tokens: int | None
    long_prices: tuple[Decimal | None, ...]
    service_tier: str = STANDARD
    daily: tuple[time, time] | None = None
    request_price_usd: Decimal | None = None
    priced_up_to_tokens: int | None = None
    priced_apart: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As people write it: openai/gpt-4o, and what makes the price another one than the usual."""
        tier = "" if self.service_tier == STANDARD else f" {self.service_tier}"
        return f"{self.provider}/{self.model}{tier}{f' from {self.daily[0]:%H:%M}' if self.daily else ''}"


def listed_prices() -> list[ListedPrice]:
    """Every price of the installed list, and that of free variants which it does not know yet."""
    providers = data_snapshot.get_snapshot().providers
    listed = [price for provider in providers for model in provider.models for price in _of_model(provider.id, model)]
    return [*listed, _listed(*FREE, None, types.ModelPrice())]


def _of_model(provider: str, model: types.ModelInfo) -> Iterator[ListedPrice]:
    conditional = model.prices if isinstance(model.prices, list) else [types.ConditionalPrice(prices=model.prices)]
    for price in conditional:
        starts, daily = _when(price.constraint)
        yield _listed(provider, model.id, starts, price.prices, daily=daily)
    for tier, context in TIERS.items():
        for starts in _starts(model, context):
            prices = model.get_prices(_moment(starts), context)
            yield _listed(provider, model.id, starts, prices, service_tier=tier)


def _when(
    constraint: types.StartDateConstraint | types.TimeOfDateConstraint | None,
) -> tuple[date | None, tuple[time, time] | None]:
    """The first day of a price, and its hours of the day, in UTC."""
    if isinstance(constraint, types.TimeOfDateConstraint):
        return None, (_in_utc(constraint.start_time), _in_utc(constraint.end_time))
    return (constraint.start_date if constraint else None), None


def _in_utc(value: time) -> time:
    if value.tzinfo is None:
        return value
    return datetime.combine(date(2000, 1, 1), value).astimezone(UTC).time()


def _starts(model: types.ModelInfo, context: types.PriceContext) -> list[date | None]:
    """The days from which the price of a tier may be another one: its own, and those of the prices that it goes by."""
    variants = [
        variant for variant in model.price_variants or [] if variant.when.items() <= context.items() and variant.when
    ]
    if not variants:
        return []
    conditional = model.prices if isinstance(model.prices, list) else []
    own = {_when(variant.constraint)[0] for variant in variants}
    first = min(map(_moment, own))
    days = own | {_when(price.constraint)[0] for price in conditional}
    return sorted((day for day in days if _moment(day) >= first), key=_moment)


def _moment(day: date | None) -> datetime:
    return datetime.combine(day, time(), UTC) if day else _ALWAYS


def _listed(
    provider: str,
    model: str,
    starts: date | None,
    prices: types.ModelPrice,
    *,
    service_tier: str = STANDARD,
    daily: tuple[time, time] | None = None,
) -> ListedPrice:
    parts = [_steps(getattr(prices, name)) for name in KINDS.values()]
    lengths: list[int | None] = [*sorted({start for _, steps in parts for start, _ in steps}), None, None]
    requests = getattr(prices, REQUESTS)
    return ListedPrice(
        provider,
        model,
        starts,
        (parts[0][0] or Decimal(0), parts[1][0] or Decimal(0), *(base for base, _ in parts[2:])),
        lengths[0],
        tuple(steps[0][1] if steps and steps[0][0] == lengths[0] else None for _, steps in parts),
        service_tier,
        daily,
        requests / 1000 if requests is not None else None,
        lengths[1],
        _apart(prices),
    )


def _steps(price: Decimal | types.TieredPrices | None) -> tuple[Decimal | None, list[tuple[int, Decimal]]]:
    """Price per 1,000 tokens, and those of longer prompts: from how many tokens on, and the price."""
    if isinstance(price, types.TieredPrices):
        return price.base / 1000, [(tier.start, tier.price / 1000) for tier in price.tiers]
    return (None if price is None else price / 1000), []


def _apart(prices: types.ModelPrice) -> tuple[str, ...]:
    """What the tokens' prices do not hold for. An answer in sound costs so much more than one in words that a call has
    to say what it was."""
    others = {name: price for name, price in vars(prices).items() if name not in (*KINDS.values(), REQUESTS)}
    others = {name: price for name, price in others.items() if price is not None and price != _base(prices, name)}
    if not others:
        return ()
    if prices.input_mtok is None and prices.output_mtok is None:
        return (EVERYTHING,)
    apart = {use for word, use in APART.items() for name in others if word in name}
    has_other_answers = any(name.startswith("output_") for name in others)
    return tuple(sorted(apart | ({UNSAID} if has_other_answers else set())))


def _base(prices: types.ModelPrice, name: str) -> Decimal | types.TieredPrices | None:
    """The price of words in the place of a price of sound or pictures."""
    kind = name.split("_", 1)[0]
    return {"input": prices.input_mtok, "output": prices.output_mtok, "cache": prices.cache_read_mtok}.get(kind)
