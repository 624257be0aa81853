"""Writes listed prices into ingest.model_pricing: only what is new or changed, and nothing that cannot be true."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import psycopg
from psycopg import sql

from radar.prices.listed import KINDS, ListedPrice, listed_prices
from radar.prices.names import priced_name

SOURCE = "genai-prices"
JUMP = 10
"""A price that is so many times higher or lower than the one before is a slip of the list, not a change."""
HIGHEST = Decimal(5)
"""USD per 1,000 tokens that no model has ever cost: a public list was once 1,000 times too high."""
VALUES = [
    *(f"{kind}_price_per_1k" for kind in KINDS),
    "long_context_tokens",
    *(f"long_{kind}_price_per_1k" for kind in KINDS),
    "request_price_usd",
    "priced_up_to_tokens",
    "priced_apart",
]
SERIES = ["provider", "model", "service_tier", "daily_from", "daily_until"]
"""Of prices with the same of these, a later one replaces the one before."""

Known = dict[tuple[Any, ...], dict[Any, tuple[Any, ...]]]


@dataclass
class Report:
    """What an update did: names of models, with prices per million tokens before and after."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    unchanged: int = 0


def update(
    connection: psycopg.Connection[Any], prices: list[ListedPrice] | None = None, *, accept: bool = False
) -> Report:
    """Add prices that are not there yet and names that calls use, in one transaction; returns what was done.

    A price without a beginning that has changed holds from now on: what calls cost before stays. With `accept`, prices
    that cannot be true are taken all the same.
    """
    report = Report()
    with connection.transaction():
        known = _known(connection)
        for price in listed_prices() if prices is None else prices:
            _take(connection, price, known.get(tuple(_series(price)), {}), report, accept=accept)
        _add_aliases(connection, report)
    return report


def _known(connection: psycopg.Connection[Any]) -> Known:
    """The prices of the list that were taken last: by model, then by beginning (None: the first one)."""
    query = sql.SQL(
        "select distinct on ({series}, effective_date) {series}, nullif(effective_date, '-infinity')::date, {values}"
        " from ingest.model_pricing where price_source = %s and workspace_id is null"
        " order by {series}, effective_date, recorded_at desc"
    ).format(series=_names(SERIES), values=_names(VALUES))
    known: Known = {}
    for row in connection.execute(query, [SOURCE]).fetchall():
        series, (starts, *values) = row[: len(SERIES)], row[len(SERIES) :]
        known.setdefault(series, {})[starts] = tuple(values)
    return known


def _series(price: ListedPrice) -> list[Any]:
    return [price.provider, price.model, price.service_tier, *(price.daily or (None, None))]


def _values(price: ListedPrice) -> tuple[Any, ...]:
    long = (price.long_context_tokens, *price.long_prices)
    return (*price.prices, *long, price.request_price_usd, price.priced_up_to_tokens, list(price.priced_apart) or None)


def _take(
    connection: psycopg.Connection[Any],
    price: ListedPrice,
    known: dict[Any, tuple[Any, ...]],
    report: Report,
    *,
    accept: bool,
) -> None:
    values = _values(price)
    if values in ([known[price.effective_date]] if price.effective_date in known else []):
        report.unchanged += 1
        return
    before = _before(price, known)
    if price.effective_date is None and before == values:
        report.unchanged += 1
        return
    line = f"{price.name} {f'{_per_million(before)} -> ' if before else ''}{_per_million(price.prices)}"
    if not accept and _is_implausible(price.prices, before):
        report.refused.append(line)
        return
    (report.changed if before else report.added).append(line)
    begins: Any = price.effective_date or ("now" if before else "-infinity")
    row = [*_series(price), begins, *values, SOURCE]
    query = sql.SQL("insert into ingest.model_pricing ({}) values ({})")
    names = _names([*SERIES, "effective_date", *VALUES, "price_source"])
    connection.execute(query.format(names, sql.SQL(", ").join([sql.Placeholder()] * len(row))), row)


def _names(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _before(price: ListedPrice, known: dict[Any, tuple[Any, ...]]) -> tuple[Any, ...] | None:
    """The price that this one replaces: of the same beginning, else the last one that was taken."""
    if price.effective_date in known and price.effective_date is not None:
        return known[price.effective_date]
    dated = sorted(starts for starts in known if starts is not None)
    if price.effective_date is not None:
        dated = [starts for starts in dated if starts < price.effective_date]
    return known[dated[-1]] if dated else known.get(None)


def _is_implausible(prices: tuple[Decimal | None, ...], before: tuple[Any, ...] | None) -> bool:
    if any(price is not None and price > HIGHEST for price in prices):
        return True
    pairs = zip(prices, before or (), strict=False)
    return any(new and old and not 1 / Decimal(JUMP) < new / old < JUMP for new, old in pairs)


def _per_million(prices: tuple[Any, ...]) -> str:
    return "/".join("-" if price is None else f"{(price * 1000).normalize():f}" for price in prices[:2])


def _add_aliases(connection: psycopg.Connection[Any], report: Report) -> None:
    """Other names of listed models that calls use, found by the list's own rules. A name without a price is looked up
    again."""
    for provider, model in connection.execute(_UNNAMED).fetchall():
        found = priced_name(provider, model)
        if found is None or found == (provider, model):
            continue
        names = [*found, provider, model]
        known = connection.execute(
            "update ingest.model_aliases set priced_provider = %s, priced_model = %s"
            " where provider = %s and alias = %s and workspace_id is null",
            names,
        )
        if known.rowcount == 0:
            connection.execute(
                "insert into ingest.model_aliases (priced_provider, priced_model, provider, alias)"
                " values (%s, %s, %s, %s) on conflict do nothing",
                names,
            )
        report.aliases.append(f"{provider}/{model} is {'/'.join(found)}")


_UNNAMED = """
    select distinct lower(provider collate "C"), model from ingest.llm_calls as calls
    where not exists (
        select from ingest.model_aliases as known
        left join ingest.model_pricing as prices
            on prices.provider = known.priced_provider and prices.model = known.priced_model
        where known.provider = lower(calls.provider collate "C") and known.alias = calls.model
            and (known.workspace_id = calls.workspace_id or known.workspace_id is null and prices.model is not null)
    )
    and not exists (
        select from ingest.model_pricing as prices
        where prices.provider = lower(calls.provider collate "C") and prices.model = calls.model
            and coalesce(prices.workspace_id, calls.workspace_id) = calls.workspace_id
    )
    order by 1, 2"""
