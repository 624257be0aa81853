"""Language models that the demo's companies call, and what tokens cost by their contracts."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal

from radar.demo import stories
from radar.demo.plan import Plan
from radar.demo.sites import WORKSPACES, Workspace, demo_id


@dataclass(frozen=True)
class Prices:
    """US cents per million tokens."""

    input: int
    output: int
    cached: int
    cache_write: int

    def times(self, percent: int) -> "Prices":
        """So many percent of them."""
        return Prices(*(price * percent // 100 for price in vars(self).values()))


@dataclass(frozen=True)
class Model:
    """A language model; `prices` is None for one that nobody named a price for."""

    provider: str
    name: str
    prices: Prices | None
    milliseconds_per_token: float
    credits_per_100k: int
    """What the main application charges for 100,000 tokens."""

    @property
    def counts_cached(self) -> bool:
        """Whether its provider counts cached tokens among those of the prompt, too."""
        return self.provider == "openai"


MODELS = (
    Model("openai", "gpt-4.1", Prices(200, 800, 50, 200), 11, 40),
    Model("openai", "gpt-4.1-mini", Prices(40, 160, 10, 40), 6, 10),
    Model("anthropic", "claude-sonnet-4-5", Prices(300, 1500, 30, 375), 16, 60),
    Model("anthropic", "claude-haiku-4-5", Prices(100, 500, 10, 125), 6, 20),
    Model("openai", stories.UNPRICED_MODEL, None, 7, 10),
)
MODEL_INDEX = {model.name: index for index, model in enumerate(MODELS)}


def price_rows(plan: Plan) -> list[dict[str, object]]:
    """Rows of ingest.model_pricing: the companies' own prices, which say nothing about what others pay."""
    first, changed = datetime.combine(plan.start, time(tzinfo=UTC)), plan.stories.price_change
    rows = []
    for workspace in WORKSPACES:
        for model in MODELS:
            if model.prices:
                rows.append(_row(workspace, model, model.prices, None, first))
            if model.prices and model.name == stories.CHEAPER_MODEL:
                rows.append(_row(workspace, model, model.prices.times(stories.CHEAPER_PERCENT), changed, changed))
    return rows


def _row(
    workspace: Workspace, model: Model, prices: Prices, effective: datetime | None, recorded: datetime
) -> dict[str, object]:
    return {
        "model_pricing_id": demo_id("price", f"{workspace.slug}/{model.name}/{effective.date() if effective else ''}"),
        "workspace_id": workspace.workspace_id,
        "provider": model.provider,
        "model": model.name,
        "effective_date": effective or "-infinity",
        **{f"{kind}_price_per_1k": Decimal(cents) / 100_000 for kind, cents in vars(prices).items()},
        "price_source": "contract",
        "recorded_at": recorded,
    }
