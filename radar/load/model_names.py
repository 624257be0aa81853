"""Who serves a model, and whether that provider's count of input tokens has the cached ones in it."""

import functools
from collections.abc import Iterable
from typing import NamedTuple

import orjson

UNKNOWN = "unknown"
_EXCLUDING = ("anthropic", "aws", "amazon", "bedrock")
_GATEWAYS = ("openrouter", "litellm")


class Served(NamedTuple):
    """A model as calls store it."""

    provider: str
    model: str
    input_includes_cached: bool


@functools.lru_cache(10_000)
def served(provider: str | None, model: str) -> Served:
    """Provider and model of a call; without a provider, azure/gpt-4o says it, else the model's name does.

    Anthropic counts cached tokens beside the input, wherever Claude is served, and Bedrock does so for every model. All
    others count them within it, gateways that speak OpenAI's language included.
    """
    if not provider and "/" in model:
        provider, model = model.split("/", 1)
    found = (provider or _provider_of(model)).lower()
    excludes = any(word in found for word in _EXCLUDING) or ("claude" in model.lower() and found not in _GATEWAYS)
    return Served(found, model, not excludes)


def as_json(models: Iterable[tuple[str | None, str]]) -> str:
    """A JSON array of what is known of these (provider, model), as the loader's SQL takes it."""
    rows = [
        {"given_provider": provider, "given_model": model, **served(provider, model)._asdict()}
        for provider, model in models
    ]
    return orjson.dumps(rows).decode()


def _provider_of(model: str) -> str:
    from genai_prices import data_snapshot  # a list of thousands of models, which events need not wait for

    try:
        return data_snapshot.get_snapshot().find_provider(model.lower().removeprefix("ft:"), None, None).id
    except LookupError:
        return UNKNOWN
