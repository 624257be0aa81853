"""What calls of language models cost: worked cases, real calls with a known bill, and prices that come late."""

import csv
import gzip
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest

from radar.prices.update import update
from radar.server import Server
from tests.conftest import TEMPLATE, Database
from tests.full_refresh import assert_equals_full_refresh
from tests.tenants import copy_of

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

WORKSPACE = "00000000-0000-0000-0000-000000000001"
ANTHROPIC = ("claude-opus-4-6", "claude-sonnet-4-5", "claude-sonnet-4-6")


def add_call(database: Database, **columns: Any) -> None:
    values = {
        "workspace_id": WORKSPACE, "project_id": WORKSPACE, "provider": "openai", "model": "m", "input_tokens": 1000,
        "output_tokens": 100, "occurred_at": "2026-03-01T12:00Z", **columns,
    }  # fmt: skip
    database.execute(
        f"insert into ingest.llm_calls ({', '.join(values)}) values ({', '.join(['%s'] * len(values))})",
        *values.values(),
    )


def add_price(database: Database, **columns: Any) -> None:
    values = {"provider": "openai", "model": "m", "input_price_per_1k": 1, "output_price_per_1k": 10, **columns}
    database.execute(
        f"insert into ingest.model_pricing ({', '.join(values)}) values ({', '.join(['%s'] * len(values))})",
        *values.values(),
    )


def costs(database: Database) -> list[Any]:
    database.dbt("run", "--quiet", "-s", "+llm_costs", "cost_aggregates", "user_costs")
    return database.query(
        "select estimated_cost_usd, repriced_cost_usd, cost_usd, unpriced_reason from analytics.llm_costs order by occurred_at"
    )


@pytest.fixture(scope="module")
def tau2(server: Server, template_database: Database, shared_data: Path) -> Iterator[Database]:
    """The real calls of tau2-bench, priced by the list and by the history of one model that the list has only today's price of."""
    with copy_of(server, TEMPLATE, "radar_tau2") as database:
        with database.connect() as connection:
            _load_calls(connection, shared_data / "tau2_agent_runs/messages.csv.gz")
            _load_history(connection, shared_data / "llm_prices/litellm_price_history_scd2.csv.gz")
            update(connection)
        costs(database)
        yield database


def _load_calls(connection: psycopg.Connection, path: Path) -> None:
    connection.execute("set timezone = 'UTC'")
    with (
        gzip.open(path, "rt", encoding="utf-8") as file,
        connection.cursor().copy(
            "copy ingest.llm_calls (workspace_id, project_id, trace_id, span_id, feature, provider, model, input_tokens,"
            " output_tokens, verified_cost_usd, occurred_at) from stdin"
        ) as copy,
    ):
        for row in csv.DictReader(file):
            if not row["model"] or row["model"] == "model":
                continue
            provider, model = _provider(row["model"])
            # The file has binary fractions: 0.0032825000000000003 was 0.0032825.
            bill = None if row["model"].startswith("ft:") else round(Decimal(row["cost_usd"]), 12)
            copy.write_row(
                (WORKSPACE, WORKSPACE, row["run_id"], row["turn_idx"], row["role"], provider, model,
                 row["prompt_tokens"], row["completion_tokens"], bill, row["ts"])
            )  # fmt: skip


def _provider(model: str) -> tuple[str, str]:
    if "/" in model:
        return cast("tuple[str, str]", tuple(model.split("/", 1)))
    return ("anthropic" if model.startswith("claude") else "openai"), model


def _load_history(connection: psycopg.Connection, path: Path) -> None:
    """All prices that azure/gpt-4o-2024-11-20 has had."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["model_key"] == "azure/gpt-4o-2024-11-20":
                connection.execute(
                    "insert into ingest.model_pricing (provider, model, effective_date, input_price_per_1k,"
                    " output_price_per_1k, cached_price_per_1k) values ('azure', 'gpt-4o-2024-11-20', %s, %s::numeric / 1000,"
                    " %s::numeric / 1000, nullif(%s, '')::numeric / 1000)",
                    [row["valid_from"], row["input_usd_per_mtok"], row["output_usd_per_mtok"], row["cache_read_usd_per_mtok"]],
                )  # fmt: skip


def test_every_real_call_and_token_is_there(tau2: Database) -> None:
    assert tau2.query(
        "select sum(call_count), sum(input_tokens), sum(output_tokens), round(sum(verified_cost_usd), 6)"
        " from analytics.cost_aggregates where period = 'day'"
    ) == [(11_796, 62_665_745, 919_975, Decimal("86.416293"))]


def test_hours_hold_what_days_hold(tau2: Database) -> None:
    periods = tau2.query(
        "select period, sum(call_count), sum(total_tokens), sum(total_cost_usd), sum(unpriced_call_count)"
        " from analytics.cost_aggregates group by 1 order by 1"
    )
    assert periods[0][1:] == periods[1][1:]


def test_calls_of_priced_anthropic_models_cost_what_they_were_billed(tau2: Database) -> None:
    assert tau2.query(
        "select count(*), count(*) filter (where estimated_cost_usd = verified_cost_usd) from analytics.llm_costs"
        " where model = any(%s)",
        list(ANTHROPIC),
    ) == [(805 + 467 + 91,) * 2]


def test_calls_of_a_fine_tuned_model_are_unpriced_and_not_free(tau2: Database) -> None:
    assert tau2.query(
        "select count(*), max(cost_usd), min(unpriced_reason), max(unpriced_reason) from analytics.llm_costs where model like 'ft:%%'"
    ) == [(2_421, None, "unknown_model", "unknown_model")]


def test_an_old_price_is_right_for_the_calls_of_its_time(tau2: Database) -> None:
    """The bill does not say how many tokens were cached: at the right price the rest is a whole number of the cache's blocks of 128."""
    calls = tau2.query(
        "select input_tokens, output_tokens, verified_cost_usd * 1000000 from analytics.llm_costs"
        " where provider = 'azure'"
    )
    right = [call for call in calls if _fits(call, Decimal("2.75"), Decimal(11))]
    todays = [call for call in calls if _fits(call, Decimal("2.5"), Decimal(10))]
    assert (len(calls), len(right), len(todays) < 100) == (741, 741, True)
    assert tau2.query(
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
        tokens, prices = case["tokens"], case["usd_per_1m"]
        add_price(
            database, model=case["model"], input_price_per_1k=Decimal(str(prices["input_uncached"])) / 1000,
            output_price_per_1k=Decimal(str(prices["output"])) / 1000,
            cached_price_per_1k=Decimal(str(prices["cache_read"])) / 1000,
            cache_write_price_per_1k=Decimal(str(prices.get("cache_write", 0))) / 1000,
        )  # fmt: skip
        cached, written = tokens["cache_read"], tokens.get("cache_write", 0)
        for is_inclusive in (True, False):
            add_call(
                database, model=case["model"], input_tokens=tokens["input_uncached"] + is_inclusive * (cached + written),
                output_tokens=tokens["output"], cached_tokens=cached, cache_write_tokens=written,
                input_includes_cached=is_inclusive, occurred_at=f"2026-03-01T{number:02}:{int(is_inclusive):02}Z",
            )  # fmt: skip
            wanted.append(Decimal(str(case["recomputed_usd"])))
    assert [cost for _, _, cost, _ in costs(database)] == wanted


def test_more_cached_than_there_were_is_unpriced_with_a_reason(database: Database) -> None:
    add_price(database)
    add_call(database, input_tokens=10, cached_tokens=11)
    add_call(database, input_tokens=None, occurred_at="2026-03-01T13:00Z")
    add_call(database, is_cache_hit=True, model="unknown", occurred_at="2026-03-01T14:00Z")
    assert costs(database) == [
        (None, None, None, "inconsistent_tokens"),
        (None, None, None, "no_tokens"),
        (Decimal(0), None, Decimal(0), None),
    ]


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
    assert_equals_full_refresh(database)


def test_long_prompts_cost_their_own_prices(database: Database) -> None:
    add_price(database, long_context_tokens=1000, long_input_price_per_1k=2)
    add_call(database)
    add_call(database, input_tokens=1001, cached_tokens=1, occurred_at="2026-03-01T13:00Z")
    assert [cost for _, _, cost, _ in costs(database)] == [Decimal(2), Decimal("3.002")]


def test_a_call_sent_again_with_another_time_counts_once_by_its_earliest(database: Database) -> None:
    call = "00000000-0000-0000-0000-0000000000c1"
    add_price(database)
    for time in ("2026-03-02T00:00Z", "2026-03-01T00:00Z", "2026-03-03T00:00Z"):
        add_call(database, call_id=call, occurred_at=time)
        costs(database)
    assert database.query("select call_date::text, count(*) from analytics.llm_usage group by 1") == [("2026-03-01", 1)]
    assert_equals_full_refresh(database)


def test_own_prices_go_before_the_lists(database: Database) -> None:
    add_price(database)
    add_price(database, workspace_id=WORKSPACE, input_price_per_1k=3)
    add_price(database, workspace_id="00000000-0000-0000-0000-000000000002", input_price_per_1k=4)
    add_call(database)
    assert costs(database)[0][0] == Decimal(4)
