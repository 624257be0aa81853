"""Calls of language models and prices, for the tests of what they cost."""

from typing import Any

from psycopg import sql

from tests.conftest import Database

MODELS = ("llm_usage", "model_prices", "price_periods", "cost_aggregates", "user_costs")
"""The tables of costs. What they read, and the views on them, are in every database of the tests."""

WORKSPACE = "00000000-0000-0000-0000-000000000001"


def add_call(database: Database, **columns: Any) -> None:
    """A call of openai/m at noon on 1 March 2026: 1,000 tokens in, 100 out."""
    call = {
        "workspace_id": WORKSPACE, "project_id": WORKSPACE, "provider": "openai", "model": "m", "input_tokens": 1000,
        "output_tokens": 100, "occurred_at": "2026-03-01T12:00Z",
    }  # fmt: skip
    _insert(database, "llm_calls", call | columns)


def add_price(database: Database, **columns: Any) -> None:
    """A price of openai/m that has always held: 1 USD for 1,000 tokens in, 10 out."""
    price = {"provider": "openai", "model": "m", "input_price_per_1k": 1, "output_price_per_1k": 10}
    _insert(database, "model_pricing", price | columns)


def build_costs(database: Database) -> None:
    """Run the models of costs."""
    database.dbt("run", "--quiet", "-s", *MODELS)


def costs(database: Database) -> list[Any]:
    """Estimated, repriced and final cost of each call in the order of time, and why there is none."""
    build_costs(database)
    return database.query(
        "select estimated_cost_usd, repriced_cost_usd, cost_usd, unpriced_reason from analytics.llm_costs"
        " order by occurred_at"
    )


def _insert(database: Database, table: str, values: dict[str, Any]) -> None:
    query = sql.SQL("insert into ingest.{} ({}) values ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(map(sql.Placeholder, values)),
    )
    with database.connect() as connection:
        connection.execute(query, values)
