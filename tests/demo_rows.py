"""The demo's rows as tests look at them: of one plan, made once."""

import functools
from datetime import date

import polars as pl

from radar.demo.generate import generate
from radar.demo.plan import Plan
from radar.demo.sites import SITES

END = date(2026, 3, 31)
PLAN = Plan(events=200_000, days=45, end=END, seed=7)
SMALL = Plan(events=20_000, days=40, end=END, seed=7)
FILES = Plan(events=6_000, days=6, end=END, seed=3)
SITE_IDS = {site.slug: str(site.project_id) for site in SITES}
KEY = ["workspace_id", "message_id", "occurred_at"]


def all_rows(plan: Plan, days: range | None = None) -> pl.DataFrame:
    return pl.concat(generate(plan, days))


@functools.cache
def rows() -> pl.DataFrame:
    """The rows of PLAN."""
    return all_rows(PLAN)


@functools.cache
def people() -> pl.DataFrame:
    """The rows of people's visits, retries left out, with day, site and visit (the message id up to the number)."""
    slugs = {project_id: slug for slug, project_id in SITE_IDS.items()}
    return (
        rows()
        .filter(pl.col("bot_class") == "human", pl.col("channel_type") == "web")
        .unique("message_id", keep="first", maintain_order=True)
        .with_columns(
            day=pl.col("occurred_at").dt.date(),
            site=pl.col("project_id").replace_strict(slugs),
            visit=pl.col("message_id").str.slice(0, 16),
        )
    )


def of_site(people: pl.DataFrame, slug: str) -> pl.DataFrame:
    return people.filter(pl.col("site") == slug)


def rate(visits: pl.DataFrame, before: str, after: str) -> float:
    """Visits with the one event, as a share of the visits with the other."""
    return reached(visits, after) / reached(visits, before)


def reached(visits: pl.DataFrame, event: str) -> int:
    return visits.filter((pl.col("event_name") == event) | (pl.col("event_type") == event))["visit"].n_unique()


def during(people: pl.DataFrame, days: tuple[date, date]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows within the days and the others."""
    inside = pl.col("day").is_between(*days)
    return people.filter(inside), people.filter(~inside)


def properties(frame: pl.DataFrame, name: str) -> pl.Series:
    """A property of each event, as text."""
    return frame["properties"].str.json_path_match(f"$.{name}")
