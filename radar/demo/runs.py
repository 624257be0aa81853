"""Runs of the companies' agents, and the calls of language models that they make."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from radar.demo import stories
from radar.demo.calls import Calls, Prompt, asked, call_rows, uuids
from radar.demo.columns import look_up, moments
from radar.demo.draws import Flags, Floats, Ints, Keys, Wheel, below, chance, child, exponential, seed_key
from radar.demo.events import DAY_MS, midnight_ms
from radar.demo.models import MODEL_INDEX, MODELS
from radar.demo.plan import Plan
from radar.demo.sites import SITE_INDEX, SITES, demo_id
from radar.demo.visits import second_of_day

RUNS_PER_EVENT = {"acme-shop": 0.015, "northwind-app": 0.07}
"""Runs of a company's agents, for each event of the site that they work for."""
_CANCELLED_SHARE = 0.02
_RATED_SHARE = 0.3
_TIMEOUT_MS = 60_000


@dataclass(frozen=True)
class Agent:
    """An agent, and what its runs are like; `weight` is relative to the site's other agents, 0 for one never used."""

    name: str
    site: str
    feature: str
    model: str
    weight: float
    calls: int
    """Most calls of a run; at least one."""
    prompt: Prompt
    tool_seconds: float
    failure_share: float
    is_scheduled: bool = False

    @property
    def agent_id(self) -> str:
        """Its key within the workspace."""
        return str(demo_id("agent", f"{self.site}/{self.name}"))


AGENTS = (
    Agent("Report Builder", "northwind-app", "agents", "gpt-4.1", 40, 5, Prompt(3072, 3000, 500), 25, 0.04),
    Agent("Forecaster", "northwind-app", "agents", "claude-sonnet-4-5", 30, 4, Prompt(4000, 2500, 600), 30, 0.05),
    Agent("Data Cleaner", "northwind-app", "agents", "gpt-4.1-mini", 25, 3, Prompt(2048, 4000, 300), 10, 0.03),
    Agent(
        "Churn Watcher", "northwind-app", "agents", "claude-haiku-4-5", 8, 3, Prompt(3000, 2000, 200), 15, 0.03, True
    ),
    Agent("Onboarding Guide", "northwind-app", "agents", "gpt-4.1-mini", 0, 1, Prompt(1024, 500, 200), 5, 0.03),
    Agent(
        "Review Digest", "acme-shop", "summary", stories.UNPRICED_MODEL, 60, 2, Prompt(1024, 3500, 250), 3, 0.02, True
    ),
    Agent("Product Copywriter", "acme-shop", "agents", "gpt-4.1", 40, 3, Prompt(2048, 1200, 450), 6, 0.04),
)
ERRORS = {
    "RateLimited": "The model's provider answered 429: too many requests in a minute",
    "InvalidOutput": "The answer was no valid JSON after three attempts",
    "ModelOverloaded": "The model's provider answered 529: overloaded",
    stories.DEGRADED_ERROR: "query_warehouse did not answer within 60 s",
}
_ERROR_WEIGHTS = (40, 30, 20, 10)
_AGENT = Wheel.of([[of.weight * (of.site == site.slug) or 1e-9 for of in AGENTS] for site in SITES])
_ERROR = Wheel.of([_ERROR_WEIGHTS])
_DEGRADED_ERROR = list(ERRORS).index(stories.DEGRADED_ERROR)
_DEGRADING = next(index for index, of in enumerate(AGENTS) if of.name == stories.DEGRADING_AGENT)
_STATES = ["completed", "failed", "cancelled", "running"]
_COMPLETED, _FAILED, _CANCELLED, _RUNNING = range(4)
_MODEL = np.array([MODEL_INDEX[of.model] for of in AGENTS])
_IS_SCHEDULED = np.array([of.is_scheduled for of in AGENTS])
_TOOL_MS = np.array([of.tool_seconds * 1000 for of in AGENTS])
_FAILURES = np.array([of.failure_share for of in AGENTS])
_CREDITS = np.array([model.credits_per_100k for model in MODELS])


@dataclass(frozen=True)
class Runs:
    """Parallel arrays, one element a run, by day, site and number."""

    key: Keys
    day: Ints
    site: Ints
    agent: Ints
    starts: Ints
    """Milliseconds since 1970."""


def runs_and_calls(plan: Plan, days: range) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Runs that begin on the days, as columns of app.agent_runs, and their calls, as those of ingest.llm_calls."""
    found = _runs(plan, days)
    run, calls = _calls(found)
    worse = _worse(plan, found)
    state, error = _outcomes(found, worse)
    tool_ms = _tool_ms(found, worse, error)
    model_ms, tokens = (_sums(run, values, found) for values in (calls.latency_ms, calls.total))
    runtime = np.maximum(model_ms + tool_ms, 1)
    # Nothing happens after the last day: such a run still goes on.
    goes_on = (found.starts + runtime >= midnight_ms(plan, plan.days)) & (found.day < plan.days)
    state = np.where(goes_on, _RUNNING, state)
    rows = _run_rows(found, state, np.where(state == _FAILED, error, -1), runtime, tokens)
    return rows, _call_rows(plan, found, run, calls, tool_ms, rows)


def _runs(plan: Plan, days: range) -> Runs:
    rates = np.array([RUNS_PER_EVENT.get(site.slug, 0) for site in SITES])
    upto = np.floor(np.cumsum(plan.quotas(days.stop), axis=0) * rates).astype(np.int64)
    counts = np.diff(upto, axis=0, prepend=0)[days.start :].ravel()
    group = np.repeat(np.arange(counts.size), counts)
    number = np.arange(group.size) - np.repeat(np.cumsum(counts) - counts, counts)
    day, site = group // len(SITES) + days.start, group % len(SITES)
    key = child(seed_key(plan.seed ^ 0xA6E7), site, day, number)
    second = second_of_day(plan, days, key, site, day)
    starts = midnight_ms(plan) + day * DAY_MS + second * 1000 + below(key, "ms", 1000)
    return Runs(key, day, site, _AGENT.spin(site, key, "agent"), starts)


def _calls(found: Runs) -> tuple[Ints, Calls]:
    """The run of each call, by position, and the calls."""
    most = np.array([of.calls for of in AGENTS])[found.agent]
    counts = 1 + below(found.key, "calls", most)
    run = np.repeat(np.arange(counts.size), counts)
    turn = np.arange(run.size) - np.repeat(np.cumsum(counts) - counts, counts)
    agent = found.agent[run]
    prompt = np.array([list(vars(of.prompt).values()) for of in AGENTS])[agent]
    return run, asked(child(found.key[run], turn), turn, _MODEL[agent], prompt, np.zeros(run.size, dtype=np.bool_))


def _worse(plan: Plan, found: Runs) -> Floats:
    """How far the agent of the story has got worse by the run: from 0, before, to 1."""
    days = found.day - plan.number(plan.stories.degradation) + 1
    worse: Floats = np.where(found.agent == _DEGRADING, np.clip(days / stories.DEGRADES_OVER_DAYS, 0, 1), 0)
    return worse


def _outcomes(found: Runs, worse: Floats) -> tuple[Ints, Ints]:
    """State of each run once it has ended, and the error that it failed with, or -1."""
    fails = chance(found.key, "fails", _FAILURES[found.agent])
    fails_now = chance(found.key, "fails now", stories.DEGRADED_FAILURES * worse)
    error = np.where(fails_now, _DEGRADED_ERROR, _ERROR.spin(np.zeros_like(found.day), found.key, "error"))
    cancelled = chance(found.key, "cancelled", _CANCELLED_SHARE) & ~_IS_SCHEDULED[found.agent]
    state = np.where(fails | fails_now, _FAILED, np.where(cancelled, _CANCELLED, _COMPLETED))
    return state, np.where(state == _FAILED, error, -1)


def _tool_ms(found: Runs, worse: Floats, error: Ints) -> Ints:
    """How long each run's tools work, all calls together."""
    usual = _TOOL_MS[found.agent] * (0.4 + exponential(found.key, "tools", 0.6))
    slower = usual * (1 + (stories.DEGRADED_SECONDS_FACTOR - 1) * worse)
    return slower.astype(np.int64) + np.where(error == _DEGRADED_ERROR, _TIMEOUT_MS, 0)


def _sums(run: Ints, values: Ints, found: Runs) -> Ints:
    return np.bincount(run, weights=values, minlength=found.day.size).astype(np.int64)


def _run_rows(found: Runs, state: Ints, error: Ints, runtime: Ints, tokens: Ints) -> pl.DataFrame:
    ended, started = moments(found.starts + runtime), moments(found.starts)
    has_ended = state != _RUNNING
    hundredths = tokens * _CREDITS[_MODEL[found.agent]] // 1000
    return pl.DataFrame(
        {
            "workspace_id": look_up([str(site.workspace.workspace_id) for site in SITES], found.site),
            "run_id": uuids(found.key),
            "agent_id": look_up([of.agent_id for of in AGENTS], found.agent),
            "user_id": _people(found),
            "status": look_up(_STATES, state),
            "started_at": started,
            "completed_at": _where(has_ended, ended),
            "runtime_seconds": _where(has_ended, pl.Series(runtime / 1000)),
            "credits_consumed": _where(has_ended, pl.Series(hundredths / 100)),
            "model": look_up([of.name for of in MODELS], _MODEL[found.agent]),
            "tokens_used": _where(has_ended, pl.Series(tokens)),
            "error_type": look_up(list(ERRORS), error),
            "error_message": look_up(list(ERRORS.values()), error),
            "user_rating": _ratings(found, state, runtime),
            "created_at": started,
            "updated_at": pl.select(pl.when(pl.Series(has_ended)).then(ended).otherwise(started)).to_series(),
        }
    )


def _people(found: Runs) -> pl.Series:
    """Who started each run: a member of the workspace; nobody, where a schedule did."""
    names = [[name for name, _ in site.workspace.members] for site in SITES]
    flat = [str(demo_id("person", name)) for of in names for name in of]
    sizes = np.array([len(of) for of in names])
    first = np.cumsum(sizes) - sizes
    member = first[found.site] + below(found.key, "member", sizes[found.site])
    return look_up(flat, np.where(_IS_SCHEDULED[found.agent], -1, member))


def _ratings(found: Runs, state: Ints, runtime: Ints) -> pl.Series:
    """Stars from 1 to 5: few for a failure, fewer for a run that took minutes."""
    pleased = 4 + below(found.key, "pleased", 2) - (runtime > 2 * _TIMEOUT_MS)
    stars = np.where(state == _COMPLETED, pleased, 1 + below(found.key, "cross", 2))
    rates = chance(found.key, "rated", _RATED_SHARE) & ~_IS_SCHEDULED[found.agent] & (state != _RUNNING)
    return _where(rates, pl.Series(stars))


def _where(chosen: Flags, values: pl.Series) -> pl.Series:
    return values.set(pl.Series(~chosen), None)


def _call_rows(plan: Plan, found: Runs, run: Ints, calls: Calls, tool_ms: Ints, rows: pl.DataFrame) -> pl.DataFrame:
    """Calls follow each other, a tool's work between them."""
    first = np.searchsorted(run, run)
    turns = np.bincount(run, minlength=found.day.size)[run]
    elapsed = np.cumsum(calls.latency_ms) - calls.latency_ms
    occurred = found.starts[run] + elapsed - elapsed[first] + tool_ms[run] * calls.turn // turns
    of_run = rows[run.astype(np.uint32)]
    agent = found.agent[run]
    return call_rows(plan, calls, found.key[run], occurred).with_columns(
        workspace_id=of_run["workspace_id"],
        project_id=look_up([str(SITES[SITE_INDEX[of.site]].project_id) for of in AGENTS], agent),
        run_id=of_run["run_id"],
        feature=look_up([of.feature for of in AGENTS], agent),
        user_id=of_run["user_id"],
        session_id=pl.lit(None, pl.String),
    )
