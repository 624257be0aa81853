"""What calls of language models cost: worked cases, real calls with a known bill, prices and bills that come late."""

import csv
import gzip
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from radar.load.report import Counts
from radar.prices.update import update
from radar.server import Server
from tests.conftest import TEMPLATE, Database
from tests.full_refresh import assert_equals_full_refresh
from tests.llm_rows import MODELS, WORKSPACE, add_call, add_price, build_costs, costs
from tests.loading import load_file, make_project
from tests.tenants import copy_of

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

ANTHROPIC = ["claude-opus-4-6", "claude-sonnet-4-5", "claude-sonnet-4-6"]
MAPPING = {
    "ts": "occurred_at", "run_id": "trace_id", "turn_idx": "span_id", "role": "feature",
    "prompt_tokens": "input_tokens", "completion_tokens": "output_tokens", "cost_usd": "verified_cost_usd",
}  # fmt: skip


@pytest.fixture(scope="module")
def tau2(server: Server, template_database: Database, shared_data: Path) -> Iterator[tuple[Database, Counts]]:
    """The real calls of tau2-bench as `radar load` takes them, priced by the list and, for one model, by the
    history of its price."""
    with copy_of(server, TEMPLATE, "radar_tau2") as database:
        make_project(database)
        counts = load_file(database, shared_data / "tau2_agent_runs/messages.csv.gz", mapping=MAPPING)
        _load_history(database, shared_data / "llm_prices/litellm_price_history_scd2.csv.gz")
        with database.connect() as connection:
            update(connection)
        build_costs(database)
        yield database, counts


def _load_history(database: Database, path: Path) -> None:
    """All prices that azure/gpt-4o-2024-11-20 has had."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["model_key"] == "azure/gpt-4o-2024-11-20":
                cached = row["cache_read_usd_per_mtok"]
                add_price(
                    database, provider="azure", model="gpt-4o-2024-11-20", effective_date=row["valid_from"],
                    input_price_per_1k=Decimal(row["input_usd_per_mtok"]) / 1000,
                    output_price_per_1k=Decimal(row["output_usd_per_mtok"]) / 1000,
                    cached_price_per_1k=Decimal(cached) / 1000 if cached else None,
                )  # fmt: skip


def test_every_real_call_and_token_is_there(tau2: tuple[Database, Counts]) -> None:
    database, counts = tau2
    assert (counts.read, counts.accepted, counts.skipped, counts.rejected) == (18_638, 11_796, 6_842, {})
    assert database.query(
        "select sum(call_count), sum(input_tokens), sum(output_tokens), round(sum(verified_cost_usd), 6)"
        " from analytics.cost_aggregates where period = 'day'"
    ) == [(11_796, 62_665_745, 919_975, Decimal("86.416293"))]
    assert database.query("select count(distinct trace_id) from analytics.trace_costs") == [(579,)]


def test_hours_hold_what_days_hold(tau2: tuple[Database, Counts]) -> None:
    periods = tau2[0].query(
        "select period, sum(call_count), sum(total_tokens), sum(total_cost_usd), sum(unpriced_call_count)"
        " from analytics.cost_aggregates group by 1 order by 1"
    )
    assert periods[0][1:] == periods[1][1:]


def test_calls_of_priced_anthropic_models_cost_what_they_were_billed(tau2: tuple[Database, Counts]) -> None:
    assert tau2[0].query(
        "select count(*), count(*) filter (where estimated_cost_usd = verified_cost_usd) from analytics.llm_costs"
        " where provider = 'anthropic' and model = any(%s)",
        ANTHROPIC,
    ) == [(805 + 467 + 91,) * 2]


def test_calls_of_a_fine_tuned_model_are_unpriced_and_not_free(tau2: tuple[Database, Counts]) -> None:
    assert tau2[0].query(
        "select count(*), max(cost_usd), min(unpriced_reason), max(unpriced_reason) from analytics.llm_costs"
        " where model like 'ft:%%'"
    ) == [(2_421, None, "unknown_model", "unknown_model")]


def test_an_old_price_is_right_for_the_calls_of_its_time(tau2: tuple[Database, Counts]) -> None:
    """The bill does not say how many tokens were cached: at the right price the rest is a whole number of the cache's
    blocks of 128."""
    database, _ = tau2
    calls = database.query(
        "select input_tokens, output_tokens, verified_cost_usd * 1000000 from analytics.llm_costs"
        " where provider = 'azure'"
    )
    right = [call for call in calls if _fits(call, Decimal("2.75"), Decimal(11))]
    todays = [call for call in calls if _fits(call, Decimal("2.5"), Decimal(10))]
    assert (len(calls), len(right), len(todays) < 100) == (741, 741, True)
    assert database.query(
        "select distinct input_price_per_1k * 1000 from analytics.llm_costs inner join analytics.model_prices"
        " using (workspace_id, provider, model, model_pricing_id) where provider = 'azure'"
    ) == [(Decimal("2.75"),)]


def _fits(call: tuple[int, int, Decimal], input_price: Decimal, output_price: Decimal) -> bool:
    prompt, answer, bill = call
    cached = (prompt * input_price + answer * output_price - bill) / (input_price - Decimal("1.25"))
    return 0 <= cached <= prompt and cached % 128 == 0


def test_the_worked_cases_in_both_conventions(database: Database, shared_data: Path) -> None:
    cases = json.loads((shared_data / "worked/cases.json").read_text())["examples"]
    wanted = []
    for number, case in enumerate(case for case in cases if case["kind"] == "llm_cost"):
        tokens, prices = case["tokens"], {name: Decimal(str(usd)) / 1000 for name, usd in case["usd_per_1m"].items()}
        add_price(
            database, model=case["model"], input_price_per_1k=prices["input_uncached"],
            output_price_per_1k=prices["output"], cached_price_per_1k=prices["cache_read"],
            cache_write_price_per_1k=prices.get("cache_write", Decimal(0)),
        )  # fmt: skip
        cached, written = tokens["cache_read"], tokens.get("cache_write", 0)
        for is_inclusive in (True, False):
            add_call(
                database, model=case["model"], output_tokens=tokens["output"], cached_tokens=cached,
                input_tokens=tokens["input_uncached"] + is_inclusive * (cached + written), cache_write_tokens=written,
                input_includes_cached=is_inclusive, occurred_at=f"2026-03-01T{number:02}:{int(is_inclusive):02}Z",
            )  # fmt: skip
            wanted.append(Decimal(str(case["recomputed_usd"])))
    assert [cost for _, _, cost, _ in costs(database)] == wanted


def test_what_cannot_be_priced_says_why_and_what_is_dear_costs_more(database: Database) -> None:
    add_price(database, long_context_tokens=1000, long_input_price_per_1k=2)
    add_price(database, model="own")
    add_price(database, model="own", workspace_id=WORKSPACE, input_price_per_1k=3)
    add_price(database, model="own", workspace_id="00000000-0000-0000-0000-000000000002", input_price_per_1k=4)
    add_price(database, model="written")
    add_price(database, model="written", input_price_per_1k=5, effective_date="2026-02-01", price_source="genai-prices")
    calls: list[tuple[dict[str, Any], tuple[Any, ...]]] = [
        ({"input_tokens": 10, "cached_tokens": 11}, (None, None, None, "inconsistent_tokens")),
        ({"input_tokens": None}, (None, None, None, "no_tokens")),
        ({"model": "unknown"}, (None, None, None, "unknown_model")),
        ({"model": "unknown", "is_cache_hit": True}, (Decimal(0), None, Decimal(0), None)),
        ({}, (Decimal(2), None, Decimal(2), None)),
        ({"input_tokens": 1001, "cached_tokens": 1}, (Decimal("3.002"), None, Decimal("3.002"), None)),
        ({"model": "own"}, (Decimal(4), None, Decimal(4), None)),  # the tenant's own price, not the other tenant's
        ({"model": "written"}, (Decimal(2), None, Decimal(2), None)),  # not the list's
    ]
    for hour, (call, _) in enumerate(calls):
        add_call(database, **call, occurred_at=f"2026-03-01T{hour:02}:00Z")
    assert costs(database) == [expected for _, expected in calls]


def test_a_new_price_rewrites_nothing_unless_asked_and_then_both_are_kept(database: Database) -> None:
    add_call(database)
    assert costs(database) == [(None, None, None, "unknown_model")]
    add_price(database, effective_date="2026-04-01")
    assert costs(database) == [(None, None, None, "no_price_at_the_time")]
    add_price(database, effective_date="2026-01-01")
    assert costs(database) == [(Decimal(2), None, Decimal(2), None)]
    add_price(database, effective_date="2026-02-01", input_price_per_1k=5)
    assert costs(database) == [(Decimal(2), None, Decimal(2), None)]
    add_price(database, effective_date="2026-02-01", input_price_per_1k=7, replaces_history=True)
    assert costs(database) == [(Decimal(2), Decimal(8), Decimal(8), None)]
    assert database.query("select total_cost_usd from analytics.cost_aggregates") == [(Decimal(8),)] * 2
    assert_equals_full_refresh(database, *MODELS)


def test_a_bill_or_a_copy_that_comes_late_reaches_every_table(database: Database) -> None:
    call = "00000000-0000-0000-0000-0000000000c1"
    add_price(database)
    add_call(database, call_id=call, user_id="ada", occurred_at="2026-03-02T00:00Z")
    add_call(database, user_id="ada", occurred_at="2026-03-05T00:00Z", verified_cost_usd=1)
    assert costs(database) == [(Decimal(2), None, Decimal(2), None), (Decimal(2), None, Decimal(1), None)]
    assert database.query("select rows_waiting from radar.backlog where raw_table = 'llm_calls'") == [(0,)]
    database.execute("update ingest.llm_calls set verified_cost_usd = 7 where call_id = %s", call)
    assert database.query("select rows_waiting from radar.backlog where raw_table = 'llm_calls'") == [(1,)]
    assert [cost for _, _, cost, _ in costs(database)] == [Decimal(7), Decimal(1)]
    for relation in ("analytics.cost_aggregates where period = 'day'", "analytics.user_costs"):
        assert database.query(f"select sum(total_cost_usd) from {relation}") == [(Decimal(8),)]
    for time in ("2026-03-01T00:00Z", "2026-03-03T00:00Z"):  # a call sent again counts once, at its earliest time
        add_call(database, call_id=call, user_id="ada", occurred_at=time)
        build_costs(database)
    found = database.query("select call_date::text, verified_cost_usd from analytics.llm_usage order by 1")
    assert found == [("2026-03-01", None), ("2026-03-05", Decimal(1))]
    assert_equals_full_refresh(database, *MODELS)
