"""Who serves a model, and whether that provider's count of input tokens has the cached ones in it."""

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

import orjson

from radar.prices.names import is_gateway, listed_provider, provider_at, provider_of

UNKNOWN = "unknown"
FRAMEWORKS = ("langchain", "llamaindex", "llama_index", "haystack", "crewai", "autogen", "ai_sdk", UNKNOWN)
"""What tracers name as the provider that is none: the model's name tells more."""

_PATHS = (
    (re.compile(r"(projects/.+/)?publishers/[\w-]+/models/(?P<model>.+)"), "gcp.vertex_ai"),
    (re.compile(r"projects/.+/(?P<model>[^/]+)"), "gcp.vertex_ai"),
    (re.compile(r"(models|tunedModels)/(?P<model>.+)"), "google"),
    (re.compile(r"(?P<model>arn:aws[\w-]*:bedrock:.+)"), "aws"),
    (re.compile(r"(?P<model>@cf/.+)"), "cloudflare"),
    (re.compile(r"(?P<model>accounts/fireworks/.+)"), "fireworks"),
)
"""Names that are paths of a provider, and no vendor/model."""
_OF_SDK = re.compile(r"[.](chat|responses|completion|embedding|messages|image|generative-ai)$")
"""What Vercel's SDK adds to a provider's name."""


class Served(NamedTuple):
    """A model as calls store it."""

    provider: str
    model: str
    input_includes_cached: bool


@functools.lru_cache(10_000)
def served(provider: str | None, model: str, address: str | None = None) -> Served:
    """Provider and model of a call: the provider that it names, else the host's, else what the model's name tells.

    Anthropic counts cached tokens beside the input, wherever Claude is served, and Bedrock does so for every model. All
    others count them within it, gateways that speak OpenAI's language included: a name vendor/model is one of theirs.
    """
    found = _OF_SDK.sub("", (provider or "").strip().lower())
    if found in ("", *FRAMEWORKS):
        found = ""
    if found in ("", "openai"):  # OpenAI's SDK calls everything openai that it reaches
        found = provider_at(address) or found
    name, path_of = _without_path(model)
    found = found or path_of or ""
    has_vendor = not found and "/" in name
    if has_vendor:
        found, name = name.split("/", 1)
    found = found.lower() or provider_of(name) or UNKNOWN
    return Served(found, name, has_vendor or is_gateway(found) or not _excludes(found, name))


def _without_path(model: str) -> tuple[str, str | None]:
    for pattern, provider in _PATHS:
        if found := pattern.fullmatch(model):
            return found["model"], provider
    return model, None


def _excludes(provider: str, model: str) -> bool:
    listed = listed_provider(provider)
    return listed in ("anthropic", "aws") or ("claude" in model.lower() and listed in ("google", "azure", UNKNOWN))


def as_json(models: Iterable[tuple[str | None, str]]) -> str:
    """A JSON array of what is known of these (provider, model), as the loader's SQL takes it."""
    rows = [
        {"given_provider": provider, "given_model": model, **served(provider, model)._asdict()}
        for provider, model in models
    ]
    return orjson.dumps(rows).decode()
