"""Agents and calls of language models in the demo: their stories are in its rows, and they fit the web data."""

from datetime import UTC, datetime, time, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from radar.demo import plan as plan_module
from radar.demo import stories
from radar.demo.embeddings import DIMENSIONS, embedded, embeddings
from radar.demo.generate import pieces
from radar.demo.models import MODELS, price_rows
from radar.demo.plan import Plan
from radar.demo.runs import AGENTS, runs_and_calls
from radar.demo.sites import SITES
from tests import demo_rows
from tests.demo_rows import PLAN, SITE_IDS, SMALL

PROVIDERS = {model.name: model.provider for model in MODELS}


def made(plan: Plan) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The runs and the calls of a plan."""
    runs, calls = zip(*(piece.runs_and_calls() for piece in pieces(plan)), strict=True)
    return pl.concat(runs), pl.concat(calls)


@pytest.fixture(scope="module")
def rows() -> tuple[pl.DataFrame, pl.DataFrame]:
    return made(PLAN)


@pytest.fixture(scope="module")
def runs(rows: tuple[pl.DataFrame, pl.DataFrame]) -> pl.DataFrame:
    names = {agent.agent_id: agent.name for agent in AGENTS}
    return rows[0].with_columns(agent=pl.col("agent_id").replace_strict(names), day=pl.col("started_at").dt.date())


@pytest.fixture(scope="module")
def calls(rows: tuple[pl.DataFrame, pl.DataFrame]) -> pl.DataFrame:
    return rows[1].with_columns(day=pl.col("occurred_at").dt.date())


def test_the_pieces_do_not_change_runs_and_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = made(SMALL)
    monkeypatch.setattr(plan_module, "CHUNK_EVENTS", 700)
    for one, other in zip(made(SMALL), whole, strict=True):
        key = one.columns[:3]
        assert_frame_equal(one.sort(key), other.sort(key))
    assert whole[0]["run_id"].n_unique() == whole[0].height
    assert whole[1]["call_id"].n_unique() == whole[1].height
    other_seed = made(Plan(SMALL.events, SMALL.days, SMALL.end, seed=8))
    assert not set(other_seed[1]["call_id"]) & set(whole[1]["call_id"])


def test_runs_and_calls_grow_with_the_plan(rows: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    small = made(SMALL)
    for many, few in zip(rows, small, strict=True):
        assert many.height == pytest.approx(few.height * PLAN.events / SMALL.events, rel=0.1)
    assert rows[0].height == pytest.approx(PLAN.events / 44, rel=0.1)
    assert rows[1].height == pytest.approx(PLAN.events / 7, rel=0.15)


def test_calls_of_a_run_add_up_to_it(runs: pl.DataFrame, calls: pl.DataFrame) -> None:
    apart = pl.when(~pl.col("input_includes_cached")).then(pl.col("cached_tokens") + pl.col("cache_write_tokens"))
    of_runs = (
        calls.filter(pl.col("run_id").is_not_null())
        .group_by("run_id", "workspace_id", "model")
        .agg(
            tokens=pl.sum("input_tokens") + pl.sum("output_tokens") + apart.fill_null(0).sum(),
            first=pl.min("occurred_at"),
        )
    )
    joined = runs.join(of_runs, on=["run_id", "workspace_id", "model"])
    assert joined.height == runs.height == of_runs.height
    ended = joined.filter(pl.col("status") != "running")
    assert (ended["tokens"] == ended["tokens_used"]).all()
    assert (joined["first"] >= joined["started_at"]).all()
    took = (ended["completed_at"] - ended["started_at"]).dt.total_milliseconds() / 1000
    assert (took - ended["runtime_seconds"]).abs().max() < 0.002  # type: ignore[operator]


def test_nothing_of_a_run_happens_after_the_last_day() -> None:
    dense = Plan(events=2_000_000, days=2, end=PLAN.end, seed=7)
    runs, _ = runs_and_calls(dense, range(dense.days))
    end = datetime.combine(PLAN.end + timedelta(1), time(), tzinfo=UTC)
    assert runs["completed_at"].drop_nulls().max() < end  # type: ignore[operator]
    going_on = runs.filter(pl.col("status") == "running")
    assert going_on.height > 0
    unknown = going_on.select("completed_at", "runtime_seconds", "tokens_used", "credits_consumed", "user_rating")
    assert set(unknown.null_count().row(0)) == {going_on.height}


def test_a_failure_has_an_error_and_nothing_else_has(runs: pl.DataFrame) -> None:
    failed = runs.filter(pl.col("status") == "failed")
    assert failed["error_type"].null_count() == failed["error_message"].null_count() == 0
    assert runs["error_type"].drop_nulls().len() == failed.height > 0


def test_one_agent_gets_worse_by_one_error(runs: pl.DataFrame) -> None:
    since = PLAN.stories.degradation
    worst = since + timedelta(days=stories.DEGRADES_OVER_DAYS)
    of = runs.filter(pl.col("agent") == stories.DEGRADING_AGENT)
    before, after = of.filter(pl.col("day") < since), of.filter(pl.col("day") >= worst)
    failures = [frame.filter(pl.col("status") == "failed") for frame in (before, after)]
    shares = [failed.height / frame.height for failed, frame in zip(failures, (before, after), strict=True)]
    assert shares[0] < 0.1
    assert shares[1] == pytest.approx(stories.DEGRADED_FAILURES, abs=0.12)
    kinds = dict(failures[1]["error_type"].value_counts().rows())
    assert kinds[stories.DEGRADED_ERROR] > 0.7 * failures[1].height
    assert after["runtime_seconds"].median() > 1.6 * before["runtime_seconds"].median()  # type: ignore[operator]
    others = runs.filter(pl.col("agent") != stories.DEGRADING_AGENT)
    assert others.filter(pl.col("day") >= worst, pl.col("status") == "failed").height / others.height < 0.05


def test_an_agent_without_runs_is_there(runs: pl.DataFrame) -> None:
    assert {agent.name for agent in AGENTS} - set(runs["agent"]) == {"Onboarding Guide"}


def test_calls_of_features_are_made_during_visits_by_who_is_known_there(calls: pl.DataFrame) -> None:
    web = demo_rows.people().with_columns(project_id=pl.col("site").replace_strict(SITE_IDS))
    sessions = web.group_by("project_id", "session_id").agg(
        begins=pl.min("occurred_at"),
        ends=pl.max("occurred_at"),
        person=pl.col("user_id").drop_nulls().first(),
        events=pl.len(),
        ordered=(pl.col("event_name") == "Order Completed").any(),
    )
    made_in_visits = calls.filter(pl.col("session_id").is_not_null())
    joined = made_in_visits.join(sessions, on=["project_id", "session_id"])
    assert joined.height == made_in_visits.height > 0.5 * calls.height
    assert joined["occurred_at"].is_between(joined["begins"], joined["ends"] + timedelta(minutes=1)).all()
    assert joined["user_id"].eq_missing(joined["person"]).all()
    assert 0.05 < joined["user_id"].drop_nulls().len() / joined.height < 0.95
    used = sessions.join(made_in_visits, on="session_id", how="semi").filter(
        pl.col("project_id") == SITE_IDS["acme-shop"]
    )
    assert 100 < used["ordered"].sum() < 0.3 * used.height
    features = set(made_in_visits.select("project_id", "feature").unique().rows())
    assert features == {
        (SITE_IDS["acme-shop"], "chat_support"), (SITE_IDS["acme-shop"], "search"),
        (SITE_IDS["northwind-app"], "summary"), (SITE_IDS["northwind-app"], "search"),
    }  # fmt: skip


def test_a_smaller_model_takes_over_most_chats(calls: pl.DataFrame) -> None:
    chats = calls.filter(pl.col("feature") == "chat_support")
    after = chats.filter(pl.col("day") >= PLAN.stories.model_switch)
    assert set(chats.filter(pl.col("day") < PLAN.stories.model_switch)["model"]) == {stories.SWITCHED_FROM}
    small = after.filter(pl.col("model") == stories.SWITCHED_TO).height / after.height
    assert small == pytest.approx(stories.SWITCHED_SHARE, abs=0.05)
    assert after.group_by("trace_id").agg(pl.col("model").n_unique())["model"].max() == 1


def test_cached_tokens_come_in_both_conventions(calls: pl.DataFrame) -> None:
    for includes, provider in ((True, "openai"), (False, "anthropic")):
        of = calls.filter(pl.col("input_includes_cached") == includes)
        assert set(of["provider"]) == {provider}
        assert of.filter(pl.col("cached_tokens") > 0).height > 0.3 * of.height
        more_cached = of.filter(pl.col("cached_tokens") > pl.col("input_tokens")).height
        assert more_cached == 0 if includes else more_cached > 0
    assert set(calls.filter(pl.col("cache_write_tokens") > 0)["provider"]) == {"anthropic"}
    hits = calls.filter(pl.col("is_cache_hit"))
    assert hits.height > 0
    assert hits.select("input_tokens", "output_tokens", "cached_tokens").sum().row(0) == (0, 0, 0)


def test_prices_change_once_and_are_the_companies_own() -> None:
    prices = price_rows(PLAN)
    assert None not in {row["workspace_id"] for row in prices}
    assert len({row["model_pricing_id"] for row in prices}) == len(prices)
    assert stories.UNPRICED_MODEL not in {row["model"] for row in prices}
    changed = [row for row in prices if row["effective_date"] != "-infinity"]
    assert {row["model"] for row in changed} == {stories.CHEAPER_MODEL}
    assert {row["effective_date"] for row in changed} == {PLAN.stories.price_change}
    assert len({str(row["workspace_id"]) for row in changed}) == len({site.workspace.slug for site in SITES})


def test_embeddings_of_the_same_topic_lie_near_each_other(calls: pl.DataFrame) -> None:
    chosen = embedded(PLAN, calls)
    assert 100 < chosen.height < 1000
    assert chosen["day"].is_between(PLAN.end - timedelta(days=3), PLAN.end + timedelta(days=1)).all()
    large = Plan(PLAN.events * 100, PLAN.days, PLAN.end, PLAN.seed)
    assert embedded(large, calls).height < 0.1 * chosen.height
    vectors = pl.DataFrame(embeddings(PLAN, chosen))["embedding"].str.strip_chars("{}").str.split(",")
    assert set(vectors.list.len()) == {DIMENSIONS}
    numbers = vectors.cast(pl.List(pl.Float64)).list.to_array(DIMENSIONS).to_numpy()
    directions = numbers / (numbers**2).sum(axis=1, keepdims=True) ** 0.5
    alike = directions @ directions.T
    nearest = (alike - 2 * (alike > 1 - 1e-9)).max(axis=1)
    assert 0.1 < (nearest > 0.9).mean() < 0.5
