"""Writing a plan's rows into the database: the companies first, then the events by COPY."""

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from radar.demo.columns import COLUMNS
from radar.demo.generate import generate
from radar.demo.plan import Plan
from radar.demo.sites import PEOPLE, SITES, WORKSPACES, Goal, Site, demo_id
from radar.demo.spend import spend
from radar.errors import RadarError
from radar.installation import advice

CSV_TIME = "%Y-%m-%dT%H:%M:%S%.3fZ"

_KEY = ["workspace_id", "message_id", "occurred_at"]
_COPY = sql.SQL("copy ingest.events ({}) from stdin (format csv)").format(
    sql.SQL(", ").join(sql.Identifier(column) for column in COLUMNS)
)


class DemoError(RadarError):
    """The demo data cannot be written as asked."""


def stored_plan(connection: psycopg.Connection[Any]) -> Plan | None:
    """The plan whose rows the database holds, or None. Raises DemoError when the tables are not there."""
    tables = ("app.workspaces", "ingest.projects", "ingest.events")
    missing = [name for name in tables if connection.execute("select to_regclass(%s)", [name]).fetchone() == (None,)]
    if missing:
        raise DemoError(f"there is no table {missing[0]}: {advice(connection)}")
    query = "select settings -> 'demo' from ingest.projects where project_id = %s and settings ? 'demo'"
    row = connection.execute(query, [SITES[0].project_id]).fetchone()
    return Plan(**{**row[0], "end": date.fromisoformat(row[0]["end"])}) if row and _has_events(connection) else None


def write(connection: psycopg.Connection[Any], plan: Plan, advance: Callable[[int], object]) -> int:
    """Write what is missing of the plan's rows and return the number of events written; `advance` is told each piece.

    A piece of days is one transaction, so a run that was stopped goes on where it was. Raises DemoError when the
    database holds the rows of another plan.
    """
    connection.execute("select pg_advisory_lock(hashtext('radar.demo'))")
    _refuse_another(stored_plan(connection), plan)
    with connection.transaction():
        write_companies(connection, plan)
    written = 0
    for frame in generate(plan):
        with connection.transaction():
            written += _write_events(connection, frame)
        advance(frame.height)
    return written


def append(connection: psycopg.Connection[Any], plan: Plan, day: int, events: int) -> int:
    """Write the first events of a day after the plan's last one, as time would bring them; return how many."""
    frames = list(generate(plan, range(day, day + 1)))
    return _write_events(connection, pl.concat(frames).head(events))


def _refuse_another(stored: Plan | None, plan: Plan) -> None:
    if stored not in (None, plan):
        raise DemoError(
            f"the database holds other demo data: use {_options(stored)}, or delete the events of its workspaces"
        )


def _options(plan: Plan | None) -> str:
    return " ".join(f"--{name} {value}" for name, value in vars(plan).items() if name in Plan.__dataclass_fields__)


def _has_events(connection: psycopg.Connection[Any]) -> bool:
    ids = [workspace.workspace_id for workspace in WORKSPACES]
    row = connection.execute("select exists (select from ingest.events where workspace_id = any(%s))", [ids]).fetchone()
    return bool(row and row[0])


def write_companies(connection: psycopg.Connection[Any], plan: Plan) -> None:
    """Write the workspaces, people, sites, goals and spend that are missing, and which plan's rows are to come."""
    people = [
        {"user_id": demo_id("person", name), "email": f"{name.split()[0].lower()}@demo.example", "name": name}
        for name in PEOPLE
    ]
    workspaces = [{"workspace_id": of.workspace_id, "name": of.name, "slug": of.slug} for of in WORKSPACES]
    members = [
        {"workspace_id": workspace.workspace_id, "user_id": demo_id("person", name), "role": role}
        for workspace in WORKSPACES
        for name, role in workspace.members
    ]
    _insert(connection, "app.users", people)
    _insert(connection, "app.workspaces", workspaces)
    _insert(connection, "app.workspace_members", members)
    _insert(connection, "ingest.projects", [_project(site, plan) for site in SITES])
    _insert(connection, "ingest.goals", [_goal(site, goal) for site in SITES for goal in site.goals])
    _insert(connection, "ingest.ad_spend", spend(plan).to_dicts())
    # Other demo data, now deleted, may have been there.
    connection.execute(
        "update ingest.projects set settings = settings || %s where project_id = any(%s) and not settings @> %s",
        [_told(plan), [site.project_id for site in SITES], _told(plan)],
    )


def _insert(connection: psycopg.Connection[Any], table: str, rows: list[dict[str, object]]) -> None:
    statement = sql.SQL("insert into {} ({}) values ({}) on conflict do nothing").format(
        sql.Identifier(*table.split(".")),
        sql.SQL(", ").join(sql.Identifier(name) for name in rows[0]),
        sql.SQL(", ").join(sql.Placeholder(name) for name in rows[0]),
    )
    connection.cursor().executemany(statement, rows)


def _told(plan: Plan) -> Jsonb:
    asked = {"events": plan.events, "days": plan.days, "end": plan.end.isoformat(), "seed": plan.seed}
    return Jsonb({"demo": asked})


def _project(site: Site, plan: Plan) -> dict[str, object]:
    return {
        "workspace_id": site.workspace.workspace_id,
        "project_id": site.project_id,
        "name": site.name,
        "slug": site.slug,
        "domain": site.domain,
        "write_key": site.write_key,
        "settings": Jsonb({"timezone": site.timezone, **_told(plan).obj}),
    }


def _goal(site: Site, goal: Goal) -> dict[str, object]:
    return {
        "workspace_id": site.workspace.workspace_id,
        "goal_id": demo_id("goal", f"{site.slug}/{goal.name}"),
        "project_id": site.project_id,
        "name": goal.name,
        "goal_type": goal.goal_type,
        "conditions": Jsonb(json.loads(goal.conditions)),
        "value": goal.value,
    }


def _write_events(connection: psycopg.Connection[Any], frame: pl.DataFrame) -> int:
    """Write a piece that is not there yet; its first event tells, since a piece is written whole or not at all."""
    key = frame.select(_KEY).row(0)
    query = "select from ingest.events where workspace_id = %s::uuid and message_id = %s and occurred_at = %s"
    if connection.execute(query, key).fetchone() is not None:
        return 0
    months = (frame["occurred_at"].min(), frame["occurred_at"].max())
    connection.execute("select radar.ensure_month_partitions('ingest.events', %s::date, %s::date)", months)
    unique = frame.unique(_KEY, keep="first", maintain_order=True)
    buffer = io.BytesIO()
    unique.write_csv(buffer, include_header=False, datetime_format=CSV_TIME)
    with connection.cursor().copy(_COPY) as copy:
        copy.write(buffer.getbuffer())
    return unique.height
