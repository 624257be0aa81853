"""Which price of the genai-prices list the provider and model of a call mean, however a sender spells the two."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from genai_prices.data_snapshot import DataSnapshot

PROVIDERS = (
    ("azure|az[.]|microsoft", "azure"),
    ("aws|amazon|bedrock", "aws"),
    ("gcp|google|vertex|gemini", "google"),
    ("x_ai|xai|x-ai", "x-ai"),
    ("anthropic", "anthropic"),
    ("openai|text-completion-openai", "openai"),
    ("mistral", "mistral"),
    ("together", "together"),
    ("fireworks", "fireworks"),
    ("cohere", "cohere"),
    ("moonshot", "moonshotai"),
    ("voyage", "voyageai"),
    ("deepseek", "deepseek"),
    ("groq", "groq"),
    ("perplexity", "perplexity"),
    ("openrouter", "openrouter"),
    ("cerebras", "cerebras"),
    ("zai|z_ai|z-ai", "zai"),
    ("minimax", "minimax"),
    ("novita", "novita"),
)
"""Beginnings of the names that tracers, gateways and SDKs have for a provider -> the list's name of it."""

GATEWAYS = "openrouter|litellm|portkey|helicone|vercel|gateway|ai.gateway|requesty|kong|cloudflare.ai.gateway|bifrost"
"""Beginnings of the names of those that hand calls on to others, and speak OpenAI's language whatever they reach."""
FREE = ("openrouter", ":free")
"""Variants of models whose name ends so cost nothing; they come and go faster than a list."""

_SPELLINGS = (("chatgpt-", "openai"), ("text-embedding-", "openai"), ("gemma", "google"), ("sonar", "perplexity"))
_CLOSED = ("anthropic", "google", "openai", "x-ai")
_BEDROCK = re.compile(
    r"arn:aws[\w-]*:bedrock:|(\w+[.])?(anthropic|amazon|meta|mistral|cohere|ai21|deepseek|qwen|writer)[.]"
)


def listed_provider(provider: str) -> str:
    """The list's name of a provider. It would itself take azure.ai.openai for OpenAI."""
    lower = provider.lower()
    return next((listed for names, listed in PROVIDERS if re.match(names, lower)), lower)


def provider_of(model: str) -> str | None:
    """Who serves a model of this name, by the name alone."""
    lower = model.lower().removeprefix("ft:")
    if _BEDROCK.match(lower):
        return "aws"
    for beginning, provider in _SPELLINGS:
        if lower.startswith(beginning):
            return provider
    try:
        return str(_snapshot().find_provider(lower, None, None).id)
    except LookupError:
        return None


def provider_at(address: str | None) -> str | None:
    """Who serves a host."""
    if not address:
        return None
    url = address if "://" in address else f"https://{address}"
    try:
        return str(_snapshot().find_provider(None, None, url).id)
    except LookupError:
        return None


def priced_name(provider: str, model: str) -> tuple[str, str] | None:
    """Provider and model of a listed price that a call's provider and model mean; None when the list has none."""
    for listed, name in _readings(provider.lower(), model):
        try:
            found, priced = _snapshot().find_provider_model(name, None, listed, None)
        except LookupError:
            continue
        if name.endswith(":free") and not priced.id.endswith(":free"):
            break
        # A provider that sells another's models has them at the other's prices.
        owners = (each.id for each in _snapshot().providers if any(priced is own for own in each.models))
        return next(owners, found.id), priced.id
    return FREE if model.endswith(":free") else None


def is_gateway(provider: str) -> bool:
    """Whether a provider is one of GATEWAYS."""
    return re.match(GATEWAYS, provider.lower()) is not None


def _readings(provider: str, model: str) -> Iterator[tuple[str, str]]:
    """The name as it is; of a gateway's vendor/model the vendor's, too. Somebody who reaches a gateway through OpenAI's
    SDK calls it openai: what names a vendor there who sells no weights is not a server of one's own."""
    yield listed_provider(provider), model
    vendor, slash, name = model.partition("/")
    if slash and (is_gateway(provider) or (provider == "openai" and vendor in _CLOSED)):
        yield from [("openrouter", model)] if provider == "openai" else []
        yield from _readings(vendor if not is_gateway(vendor) else "openrouter", name)
    elif provider == "litellm" and (found := provider_of(model)):
        yield found, model


def _snapshot() -> "DataSnapshot":
    from genai_prices import data_snapshot  # a list of thousands of models, which events need not wait for

    return data_snapshot.get_snapshot()
