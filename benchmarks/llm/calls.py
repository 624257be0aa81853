"""Calls of language models and runs of agents: full builds beside tables by hand, a day of news, and the summaries."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from rich.table import Table

from benchmarks.measuring import build, run_file, seconds

DAYS = 90
FLOOR_MODELS = ("llm_usage", "model_prices", "price_periods", "cost_aggregates", "user_costs", "runs", "agent_days")
"""What holds the floor's tables, and prices."""
AGGREGATES = ("agent_days", "workspace_hours", "workspace_user_days", "workspace_days", "cost_aggregates", "user_costs")
"""What aggregates by day what the run has taken in."""
FOLDER = Path(__file__).parent

# A third of all is the first workspace's; each call and run belongs to a person, and three calls to a run.
RUNS: LiteralString = """
    insert into app.agent_runs
        (workspace_id, run_id, agent_id, user_id, status, started_at, completed_at, runtime_seconds, credits_consumed,
         model, tokens_used, error_type, error_message)
    select
        md5('workspace ' || company)::uuid, md5('run ' || number)::uuid,
        md5('agent ' || company + 10 * floor(30 * random() ^ 2)::integer)::uuid,
        md5('user ' || company + 10 * floor(1000 * random() ^ 2)::integer)::uuid,
        case when luck < 0.9 then 'completed' when luck < 0.98 then 'failed' else 'cancelled' end,
        started_at, started_at + runtime * interval '1 second', runtime, round((runtime / 10)::numeric, 2),
        'model-' || floor(6 * random()), 5000,
        case when luck between 0.9 and 0.98 then 'Error' || floor(5 * random()) end,
        case when luck between 0.9 and 0.98 then 'Message ' || floor(20 * random()) end
    from generate_series(%(first)s::bigint, %(last)s) as number
    cross join lateral (
        select greatest(floor(15 * random()) - 5 + number * 0, 0)::integer as company, random() as luck,
            (1 + 60 * random() ^ 3 + number * 0)::numeric(9, 3) as runtime,
            %(start)s::timestamptz + random() * %(days)s * interval '1 day' + number * interval '0' as started_at
    ) as drawn"""
CALLS: LiteralString = """
    insert into ingest.llm_calls
        (workspace_id, project_id, trace_id, span_id, run_id, feature, user_id, provider, model, input_tokens,
         output_tokens, cached_tokens, latency_ms, verified_cost_usd, occurred_at, received_at)
    select
        md5('workspace ' || company)::uuid, md5('project ' || company)::uuid, 'trace ' || number / 3, number::text,
        case when number %% 2 = 0 then md5('run ' || number / 5)::uuid end, 'feature ' || floor(12 * random() ^ 2),
        md5('user ' || company + 10 * floor(1000 * random() ^ 2)::integer), 'provider', 'model-' || floor(6 * random()),
        1000 + number %% 3000, 100 + number %% 400, case when number %% 3 = 0 then 512 else 0 end,
        (200 + 5000 * random() ^ 3)::integer, case when number %% 10 = 0 then 0.01 end, occurred_at, occurred_at
    from generate_series(%(first)s::bigint, %(last)s) as number
    cross join lateral (
        select greatest(floor(15 * random()) - 5 + number * 0, 0)::integer as company,
            %(start)s::timestamptz + random() * %(days)s * interval '1 day' + number * interval '0' as occurred_at
    ) as drawn"""


def measure(connection: psycopg.Connection[Any], llm_calls: int, agent_runs: int) -> Table:
    """Write 90 days, build everything, follow with one day more, and refresh the summaries."""
    title = f"{llm_calls:,} LLM calls and {agent_runs:,} agent runs over {DAYS} days"
    table = Table("what", "seconds", "rows a second", "note", title=title)
    run_file(connection, FOLDER / "data.sql")
    written = seconds(lambda: _write(connection, (0, llm_calls), (0, agent_runs), days=DAYS, days_ago=DAYS))
    connection.execute("vacuum analyze ingest.llm_calls, app.agent_runs")
    rows = llm_calls + agent_runs
    table.add_row("calls and runs by INSERT", f"{written:.1f}", f"{rows / written:,.0f}", "")

    floor = run_file(connection, FOLDER / "floor.sql")
    table.add_row("floor: five tables by hand", f"{floor:.1f}", f"{rows / floor:,.0f}", "")
    same, _ = build("--full-refresh", "--select", *FLOOR_MODELS)
    table.add_row("full build, the same tables", f"{same:.1f}", f"{rows / same:,.0f}", f"{same / floor:.2f} x floor")
    full, _ = build("--full-refresh")
    table.add_row("full build, every table", f"{full:.1f}", f"{rows / full:,.0f}", f"{full / floor:.2f} x floor")

    # Between two runs of a day autovacuum does this; here it would do it during the first.
    connection.execute("vacuum analyze")
    calls, runs = llm_calls // DAYS, agent_runs // DAYS
    news = f"{calls:,} calls, {runs:,} runs"
    _write(connection, (llm_calls, llm_calls + calls), (agent_runs, agent_runs + runs), days=1, days_ago=1)
    day, _ = build()
    table.add_row("run after a day more", f"{day:.2f}", f"{(calls + runs) / day:,.0f}", news)
    another_day = (llm_calls + calls, llm_calls + 2 * calls), (agent_runs + runs, agent_runs + 2 * runs)
    _write(connection, *another_day, days=1, days_ago=0)
    build("--exclude", *(f"{name}+" for name in AGGREGATES))
    aggregated, _ = build("--select", *AGGREGATES)
    table.add_row("aggregating another day alone", f"{aggregated:.2f}", "", f"{news}; {', '.join(AGGREGATES)}")
    refreshed = seconds(lambda: connection.execute("select analytics.refresh_all_materialized_views()"))
    table.add_row("refresh of the summaries", f"{refreshed:.2f}", "", "")
    return table


def _write(
    connection: psycopg.Connection[Any], calls: tuple[int, int], runs: tuple[int, int], *, days: int, days_ago: int
) -> None:
    """Write the calls and runs of these numbers, over so many days from so many days ago on."""
    start = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)
    connection.execute("select setseed(0.5)")
    for statement, (first, end) in ((RUNS, runs), (CALLS, calls)):
        connection.execute(statement, {"first": first, "last": end - 1, "start": start, "days": days})
