"""Prices of language models, from the genai-prices list into ingest.model_pricing."""
