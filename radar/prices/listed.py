"""The prices of the genai-prices list in the shape of ingest.model_pricing: USD per 1,000 tokens, from a date on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from genai_prices import data_snapshot, types

KINDS = {"input": "input_mtok", "output": "output_mtok", "cached": "cache_read_mtok", "cache_write": "cache_write_mtok"}
"""Kind of token -> its price in the list, per million."""


@dataclass(frozen=True)
class ListedPrice:
    """A price of a model. `effective_date` is None for one that has no known beginning."""

    provider: str
    model: str
    effective_date: date | None
    prices: tuple[Decimal | None, ...]
    long_context_tokens: int | None
    long_prices: tuple[Decimal | None, ...]

    @property
    def name(self) -> str:
        """As people write it: openai/gpt-4o."""
        return f"{self.provider}/{self.model}"


def listed_prices() -> list[ListedPrice]:
    """Every price per token of the installed list. Prices of a time of day, or per anything else, are left out."""
    providers = data_snapshot.get_snapshot().providers
    return [price for provider in providers for model in provider.models for price in _of_model(provider.id, model)]


def priced_name(provider: str, model: str) -> tuple[str, str] | None:
    """Provider and model of the list that a call's provider and model mean; None when the list does not know them."""
    snapshot = data_snapshot.get_snapshot()
    try:
        found_provider, found_model = snapshot.find_provider_model(model, None, _listed_provider(provider), None)
    except LookupError:
        return None
    return found_provider.id, found_model.id


def _listed_provider(provider: str) -> str:
    """OpenTelemetry's name of a provider as the list has it, which finds openai in azure.ai.openai."""
    if provider.startswith(("azure", "az.")):
        return "azure"
    return {"gcp.gen_ai": "google", "x_ai": "x-ai"}.get(provider, provider)


def _of_model(provider: str, model: types.ModelInfo) -> Iterator[ListedPrice]:
    conditional = model.prices if isinstance(model.prices, list) else [types.ConditionalPrice(prices=model.prices)]
    for price in conditional:
        starts = _start(price.constraint)
        if starts is not False and price.prices.input_mtok is not None and price.prices.output_mtok is not None:
            yield _listed(provider, model.id, starts, price.prices)


def _start(constraint: Any) -> date | bool | None:
    """The first day, None when there is none, False when it is no matter of days."""
    if constraint is None:
        return None
    return constraint.start_date if isinstance(constraint, types.StartDateConstraint) else False


def _listed(provider: str, model: str, starts: Any, prices: types.ModelPrice) -> ListedPrice:
    parts = [_base_and_long(getattr(prices, name)) for name in KINDS.values()]
    thresholds = {threshold for _, _, threshold in parts if threshold is not None}
    return ListedPrice(
        provider,
        model,
        starts,
        tuple(base for base, _, _ in parts),
        min(thresholds, default=None),
        tuple(long for _, long, _ in parts),
    )


def _base_and_long(price: Decimal | types.TieredPrices | None) -> tuple[Decimal | None, Decimal | None, int | None]:
    """Price per 1,000 tokens, the one of long prompts, and from how many tokens on."""
    if isinstance(price, types.TieredPrices):
        first = price.tiers[0]
        return price.base / 1000, first.price / 1000, first.start
    return (None if price is None else price / 1000), None, None
