"""`radar prices update`: what becomes of the list's prices, and which of them are refused."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from genai_prices import Usage, data_snapshot, types
from typer.testing import CliRunner

from radar import cli
from radar.prices import update as prices
from radar.prices.listed import TIERS, ListedPrice, listed_prices
from radar.prices.names import priced_name
from radar.prices.update import Report, update
from radar.server import Server
from tests.conftest import TEMPLATE, Database
from tests.llm_rows import WORKSPACE, add_call, add_price, build_costs
from tests.tenants import copy_of

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

NONE = (None,) * 5
PRICE = ListedPrice("acme", "m", None, (Decimal(1), Decimal(2), Decimal("0.1"), None, None), None, NONE)
STORED = """
    select effective_date::text, input_price_per_1k, price_source from ingest.model_pricing
    where model = 'm' order by recorded_at, effective_date"""


def take(database: Database, *given: ListedPrice, accept: bool = False) -> Report:
    with database.connect() as connection:
        return update(connection, list(given), accept=accept)


def test_the_list_has_the_dates_of_its_prices(database: Database) -> None:
    with database.connect() as connection:
        first, second = update(connection), update(connection)
    assert len(first.added) == len(listed_prices()) > 500
    assert (second.added, second.changed, second.refused, second.unchanged) == ([], [], [], len(first.added))
    assert database.query(
        "select nullif(effective_date, '-infinity')::date, input_price_per_1k * 1000, output_price_per_1k * 1000"
        " from ingest.model_pricing where provider = 'openai' and model = 'o3' and service_tier = 'standard'"
        " order by effective_date"
    ) == [(None, Decimal(10), Decimal(40)), (dt.date(2025, 6, 10), Decimal(2), Decimal(8))]


def test_long_prompts_have_their_own_prices() -> None:
    (gemini,) = [each for each in listed_prices() if each.name == "google/gemini-2.5-pro"]
    assert (gemini.long_context_tokens, gemini.prices[0], gemini.long_prices[0]) == (
        200_000,
        Decimal("0.00125"),
        Decimal("0.0025"),
    )


def test_a_changed_price_holds_from_now_on_and_a_dated_one_from_its_day(database: Database) -> None:
    take(database, PRICE)
    assert len(take(database, PRICE).added) == 0
    dearer = replace(PRICE, prices=(Decimal(3), *PRICE.prices[1:]))
    assert take(database, dearer).changed == ["acme/m 1000/2000 -> 3000/2000"]
    assert take(database, dearer).unchanged == 1
    dated = replace(PRICE, effective_date=dt.date(2026, 1, 1), prices=(Decimal(2), *PRICE.prices[1:]))
    take(database, dated)
    found = database.query(STORED)
    assert [(date if date == "-infinity" else date[:10], price) for date, price, _ in found] == [
        ("-infinity", 1),
        (dt.datetime.now(dt.UTC).date().isoformat(), 3),
        ("2026-01-01", 2),
    ]


@pytest.mark.parametrize(
    "slip",
    [
        (Decimal(1000), Decimal(2), Decimal("0.1"), None, None),
        (Decimal(1), Decimal("0.002"), Decimal("0.1"), None, None),
        (Decimal(1), Decimal(2), Decimal("0.00001"), None, None),
    ],
)
def test_a_price_a_thousand_times_too_high_or_low_is_refused(database: Database, slip: Any) -> None:
    take(database, PRICE)
    report = take(database, replace(PRICE, prices=slip), replace(PRICE, model="fine"))
    assert (len(report.refused), report.changed, len(report.added)) == (1, [], 1)
    assert [price for _, price, _ in database.query(STORED)] == [1]
    assert take(database, replace(PRICE, prices=slip), accept=True).refused == []
    assert [price for _, price, _ in database.query(STORED)] == [1, slip[0]]


def test_the_command_leaves_with_1_for_a_refused_price_and_takes_the_rest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in database.env.items():
        monkeypatch.setenv(name, value)
    new = replace(PRICE, model="new", prices=(Decimal(6), Decimal(2), None, None, None))
    monkeypatch.setattr(prices, "listed_prices", lambda: [PRICE, new])
    outcome = CliRunner().invoke(cli.app, ["prices", "update"])
    assert outcome.exit_code == 1
    assert "refused  acme/new 6000/2000" in outcome.output
    assert "check them, then --accept" in str(outcome.exception)
    assert database.query("select count(*) from ingest.model_pricing where provider = 'acme'") == [(1,)]
    outcome = CliRunner().invoke(cli.app, ["prices", "update", "--accept"])
    assert (outcome.exit_code, "1 new, 0 changed, 1 unchanged" in outcome.output) == (0, True)


def test_own_prices_and_aliases_are_left_alone(database: Database) -> None:
    add_price(database, provider="acme")
    add_price(database, provider="acme", workspace_id=WORKSPACE)
    database.execute(
        "insert into ingest.model_aliases (provider, alias, priced_provider, priced_model)"
        " values ('openai', 'gpt-4o-mine', 'acme', 'm')"
    )
    add_call(database, model="gpt-4o-mine")
    report = take(database, PRICE)
    assert (len(report.added), report.aliases) == (1, [])
    assert [(price, source) for _, price, source in database.query(STORED)] == [
        (1, "manual"), (1, "manual"), (1, "genai-prices"),
    ]  # fmt: skip


def test_names_that_calls_use_are_found_in_the_list(database: Database) -> None:
    for provider, model in [
        ("OpenAI", "gpt-4o-2024-08-06"),
        ("openai", "ft:gpt-4.1:acme::1"),
        ("acme", "nobodys-model"),
    ]:
        add_call(database, provider=provider, model=model)
    with database.connect() as connection:
        report = update(connection)
        assert update(connection).aliases == []
    assert report.aliases == ["openai/gpt-4o-2024-08-06 is openai/gpt-4o"]


@pytest.mark.parametrize(
    ("provider", "model", "expected"),
    [
        ("azure.ai.openai", "gpt-4o", "openai"),  # the list has no price of Azure's own
        ("azure", "text-embedding-3-small", "azure"),
        ("azure.chat", "gpt-4o", "openai"),
        ("google.generative-ai", "gemini-2.5-pro", "google"),
        ("google_vertexai", "claude-sonnet-4-5", "google"),
        ("bedrock_converse", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "aws"),
        ("openrouter", "anthropic/claude-sonnet-4.5", "openrouter"),
        ("openai", "anthropic/claude-sonnet-4.5", "openrouter"),  # by OpenAI's SDK
        ("openai", "meta-llama/llama-3.1-8b-instruct", None),  # a server of one's own
        ("groq", "deepseek/deepseek-r1", None),  # another provider has another price
        ("litellm", "azure/gpt-4o", "openai"),
        ("litellm", "claude-sonnet-4-5", "anthropic"),
        ("portkey", "anthropic/claude-sonnet-4-5", "anthropic"),
        ("vercel", "openai/gpt-4o", "openai"),
        ("aws.bedrock", "anthropic.claude-3-5-sonnet-20241022-v2:0", "aws"),
        ("gcp.vertex_ai", "gemini-2.5-pro", "google"),
        ("gcp.gemini", "gemini-2.5-pro", "google"),
        ("gcp.gen_ai", "gemini-2.5-pro", "google"),
        ("az.ai.inference", "gpt-4o", "openai"),
        ("x_ai", "grok-3", "x-ai"),
        ("mistral_ai", "mistral-large-latest", "mistral"),
        ("nobody", "gpt-4o", None),
        ("openai", "ft:gpt-4o:acme::1", None),
    ],
)
def test_providers_as_tracers_name_them(provider: str, model: str, expected: str | None) -> None:
    assert (priced_name(provider, model) or (None,))[0] == expected


def test_variants_that_cost_nothing_are_free_whatever_they_are_of() -> None:
    prices: dict[Any, Any] = {(price.provider, price.model): price.prices for price in listed_prices()}
    for model in ("deepseek/deepseek-r1:free", "nobody/new-model:free"):
        name = priced_name("openrouter", model)
        assert name is not None
        assert prices[name][:2] == (0, 0)


# --- what the list says a call costs ---

TOKENS = {"input_tokens": 1000, "cached_tokens": 2000, "cache_write_tokens": 700, "output_tokens": 500}
LONG = {name: count * 100 for name, count in TOKENS.items()}
MOMENTS = [dt.datetime(2026, 11, 20, hour, tzinfo=dt.UTC) for hour in (2, 5, 12, 23)]
REASONS = {"priced_apart", "no_price_of_length"}


def lists_cost(model: types.ModelInfo, tokens: dict[str, int], moment: dt.datetime, context: Any) -> Decimal:
    """What the list's own calculator says of tokens that do not overlap."""
    cached, written = tokens["cached_tokens"], tokens["cache_write_tokens"]
    usage = {
        "input_tokens": tokens["input_tokens"] + cached + written, "output_tokens": tokens["output_tokens"],
        "cache_read_tokens": cached, "cache_write_tokens": written,
    }  # fmt: skip
    prices = model.get_prices(moment, context)
    one_hour = tokens.get("cache_write_1h_tokens")
    return prices.calc_price(Usage(**usage, **({"cache_write_1h_tokens": one_hour} if one_hour else {})))["total_price"]


def test_every_call_costs_what_the_list_says_or_has_no_price(database: Database) -> None:
    """Each model, short and long prompts, hours of the day and ways of serving; nothing that the list knows is left out
    without a reason."""
    calls, wanted = [], {}
    with database.connect() as connection:
        update(connection)
        for provider in data_snapshot.get_snapshot().providers:
            for model in provider.models:
                for tier, context in {"standard": {}, **TIERS}.items():
                    variants = model.price_variants or []
                    if context and not any(variant.when.items() <= context.items() for variant in variants):
                        continue
                    has_hours = "TimeOfDate" in str(model.prices)
                    for tokens in (TOKENS, LONG):
                        for moment in MOMENTS if has_hours else MOMENTS[:1]:
                            calls.append((provider.id, model.id, tier, moment, *tokens.values()))
                            wanted[len(calls)] = lists_cost(model, tokens, moment, context)
        with connection.cursor().copy(
            "copy ingest.llm_calls (workspace_id, project_id, provider, model, service_tier, occurred_at,"
            " input_tokens, cached_tokens, cache_write_tokens, output_tokens, input_includes_cached, special_uses,"
            " span_id) from stdin"
        ) as copy:
            for number, call in enumerate(calls, 1):
                copy.write_row((WORKSPACE, WORKSPACE, *call, False, [], str(number)))
    build_costs(database)
    found = database.query("select span_id::int, cost_usd, unpriced_reason from analytics.llm_costs")
    assert len(found) == len(calls) > 4000
    digits = Decimal("1e-18")  # further ones of prices such as 0.18000000000000002 are the list's own slips
    wrong = [
        (calls[number - 1], cost, wanted[number])
        for number, cost, _ in found
        if cost is not None and abs(cost - wanted[number]) > digits
    ]
    assert wrong == []
    reasons = Counter(reason for _, _, reason in found)
    assert set(reasons) == {None} | REASONS
    assert reasons[None] > len(calls) * 0.95


ONE_HOUR = {"input_includes_cached": False, "cache_write_tokens": 1000, "input_tokens": 0, "output_tokens": 0}


@pytest.fixture(scope="module")
def known(server: Server, template_database: Database) -> Iterator[Database]:
    """The calls of KNOWN, priced by the list in one build."""
    with copy_of(server, TEMPLATE, "radar_known_prices") as database:
        for number, (call, _) in enumerate(KNOWN):
            add_call(database, **{"span_id": str(number), "occurred_at": "2026-11-20T12:00Z"} | call)
        with database.connect() as connection:
            update(connection)
        build_costs(database)
        yield database


KNOWN: list[tuple[dict[str, Any], Any]] = [
    # An embedding has no answer, and no number of its tokens.
    ({"model": "text-embedding-3-small", "output_tokens": None}, "0.00002"),
    ({"model": "text-embedding-3-small", "output_tokens": 0}, "0.00002"),
    ({"model": "gpt-4o", "output_tokens": None}, "no_tokens"),
    ({"provider": "azure", "model": "gpt-4o", "output_tokens": 1000}, "0.0125"),
    ({"provider": "azure.ai.openai", "model": "gpt-4o", "output_tokens": 1000}, "0.0125"),
    ({"provider": "Azure.AI.Inference", "model": "gpt-4o", "output_tokens": 1000}, "0.0125"),
    # Half the price in off-peak hours alone: from 16:30 to 00:30.
    ({"provider": "deepseek", "model": "deepseek-chat", "occurred_at": "2026-11-20T16:29:59Z"}, "0.00038"),
    ({"provider": "deepseek", "model": "deepseek-chat", "occurred_at": "2026-11-20T16:30Z"}, "0.00019"),
    ({"provider": "deepseek", "model": "deepseek-chat", "occurred_at": "2026-11-21T00:29:59Z"}, "0.00019"),
    ({"provider": "deepseek", "model": "deepseek-chat", "occurred_at": "2026-11-21T00:30Z"}, "0.00038"),
    # Three steps of length; of the third, there is no price.
    ({"provider": "openrouter", "model": "qwen/qwen3-coder-flash", "input_tokens": 32_000}, "0.0063375"),
    ({"provider": "openrouter", "model": "qwen/qwen3-coder-flash", "input_tokens": 128_000}, "0.0417625"),
    ({"provider": "openrouter", "model": "qwen/qwen3-coder-flash", "input_tokens": 128_001}, "no_price_of_length"),
    ({"provider": "perplexity", "model": "sonar"}, "0.0131"),  # 12 USD for 1,000 requests
    ({"provider": "anthropic", "model": "claude-sonnet-4-5", **ONE_HOUR}, "0.00375"),
    ({"provider": "anthropic", "model": "claude-sonnet-4-5", **ONE_HOUR, "cache_write_1h_tokens": 1000}, "0.006"),
    ({"provider": "anthropic", "model": "claude-sonnet-4-5", **ONE_HOUR, "cache_write_1h_tokens": 400}, "0.00465"),
    ({"provider": "minimax", "model": "minimax-m2", **ONE_HOUR, "cache_write_1h_tokens": 1}, "no_price_of_1h_writes"),
    ({"provider": "anthropic", "model": "claude-sonnet-4-5", "service_tier": "batch"}, "0.00225"),
    ({"provider": "anthropic", "model": "claude-sonnet-4-5", "service_tier": "standard"}, "0.0045"),
    ({"model": "gpt-4o", "service_tier": "batch"}, "0.00175"),
    ({"model": "gpt-4o", "service_tier": "Priority"}, "0.00595"),
    ({"model": "gpt-4o", "service_tier": "default"}, "0.0035"),
    ({"model": "gpt-4o", "service_tier": "flex"}, "no_price_of_tier"),
    ({"model": "gpt-4o", "service_tier": "batch", "occurred_at": "2026-03-01T00:00Z"}, "no_price_at_the_time"),
    # Sound and pictures cost other prices, and a model that answers in them is silent about which tokens were words.
    ({"provider": "google", "model": "gemini-2.5-flash", "special_uses": ["audio"]}, "priced_apart"),
    ({"provider": "google", "model": "gemini-2.5-flash"}, "0.00055"),
    ({"model": "gpt-audio"}, "priced_apart"),
    ({"model": "gpt-audio", "special_uses": []}, "0.0035"),
    ({"model": "gpt-4o", "special_uses": ["web_search"]}, "priced_apart"),
    ({"model": "gpt-4o", "special_uses": ["image"]}, "0.0035"),  # as dear as words
    ({"provider": "openrouter", "model": "nobody/new:free"}, "0"),
    ({"provider": "groq", "model": "whisper-large-v3"}, "priced_apart"),  # by the hour
]
"""Calls of gpt-4o and others, what they cost, or why nobody knows."""


@pytest.mark.parametrize("number", range(len(KNOWN)))
def test_known_answers(known: Database, number: int) -> None:
    ((cost, reason),) = known.query(
        "select cost_usd, unpriced_reason from analytics.llm_costs where span_id = %s", str(number)
    )
    expected = KNOWN[number][1]
    assert (cost, reason) == ((Decimal(expected), None) if expected[0].isdigit() else (None, expected))


def test_the_list_is_the_installed_one() -> None:
    assert not data_snapshot.get_snapshot().from_auto_update
