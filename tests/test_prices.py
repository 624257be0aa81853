"""`radar prices update`: what becomes of the list's prices, and which of them are refused."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from genai_prices import data_snapshot
from typer.testing import CliRunner

from radar import cli
from radar.prices import update as prices
from radar.prices.listed import ListedPrice, listed_prices, priced_name
from radar.prices.update import Report, update
from tests.conftest import Database
from tests.llm_rows import WORKSPACE, add_call, add_price

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

NONE = (None, None, None, None)
PRICE = ListedPrice("acme", "m", None, (Decimal(1), Decimal(2), Decimal("0.1"), None), None, NONE)
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
        " from ingest.model_pricing where provider = 'openai' and model = 'o3' order by effective_date"
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
        (Decimal(1000), Decimal(2), Decimal("0.1"), None),
        (Decimal(1), Decimal("0.002"), Decimal("0.1"), None),
        (Decimal(1), Decimal(2), Decimal("0.00001"), None),
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
    new = replace(PRICE, model="new", prices=(Decimal(6), Decimal(2), None, None))
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
        ("azure.ai.openai", "gpt-4o", "azure"),
        ("aws.bedrock", "anthropic.claude-3-5-sonnet-20241022-v2:0", "aws"),
        ("gcp.vertex_ai", "gemini-2.5-pro", "google"),
        ("gcp.gemini", "gemini-2.5-pro", "google"),
        ("gcp.gen_ai", "gemini-2.5-pro", "google"),
        ("az.ai.inference", "gpt-4o", "azure"),
        ("x_ai", "grok-3", "x-ai"),
        ("mistral_ai", "mistral-large-latest", "mistral"),
        ("nobody", "gpt-4o", None),
        ("openai", "ft:gpt-4o:acme::1", None),
    ],
)
def test_providers_as_tracers_name_them(provider: str, model: str, expected: str | None) -> None:
    assert (priced_name(provider, model) or (None,))[0] == expected


def test_the_list_is_the_installed_one() -> None:
    assert not data_snapshot.get_snapshot().from_auto_update
