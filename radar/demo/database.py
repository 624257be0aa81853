"""Writing a plan's rows into the database: the companies first, then events, agent runs and calls of models by COPY."""

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from radar.connection import transaction
from radar.demo.embeddings import embedded, embeddings
from radar.demo.generate import Piece, generate, pieces
from radar.demo.models import price_rows
from radar.demo.plan import Plan
from radar.demo.runs import AGENTS
from radar.demo.sites import PEOPLE, SITE_INDEX, SITES, WORKSPACES, Goal, Site, demo_id
from radar.demo.spend import spend
from radar.errors import RadarError
from radar.installation import advice

CSV_TIME = "%Y-%m-%dT%H:%M:%S%.3fZ"

TABLES = (
    "app.workspaces",
    "app.agent_runs",
    "ingest.projects",
    "ingest.events",
    "ingest.llm_calls",
    "ingest.model_pricing",
)
"""What has to be there before anything can be written."""

_EVENT_KEY = ["workspace_id", "message_id", "occurred_at"]
_RUN_KEY = ["workspace_id", "run_id"]
_CALL_KEY = ["workspace_id", "call_id", "occurred_at"]
_EMBEDDINGS, _EMBEDDING_KEY = "ingest.prompt_embeddings", ["workspace_id", "call_id"]


class DemoError(RadarError):
    """The demo data cannot be written as asked."""


def stored_plan(connection: psycopg.Connection[Any]) -> Plan | None:
    """The plan whose rows the database holds, or None. Raises DemoError when the tables are not there."""
    refuse_an_application(connection)
    missing = [name for name in TABLES if connection.execute("select to_regclass(%s)", [name]).fetchone() == (None,)]
    if missing:
        raise DemoError(f"there is no table {missing[0]}: {advice(connection)}")
    query = "select settings -> 'demo' from ingest.projects where project_id = %s and settings ? 'demo'"
    row = connection.execute(query, [SITES[0].project_id]).fetchone()
    return Plan(**{**row[0], "end": date.fromisoformat(row[0]["end"])}) if row and _has_events(connection) else None


def refuse_an_application(connection: psycopg.Connection[Any]) -> None:
    """Raises DemoError where users and workspaces are an application's own, or are not where the demo looks."""
    if connection.execute("select to_regclass('radar.installation')").fetchone() == (None,):
        return
    query = "select is_standalone, app_schema from radar.installation where is_standalone is not null"
    for is_standalone, app_schema in connection.execute(query):
        if not is_standalone:
            raise DemoError("an application has its own users and workspaces here: demo data needs another database")
        if app_schema != "app":
            raise DemoError(f"the var app_schema is {app_schema}: demo data needs a database where it is app")


def write(connection: psycopg.Connection[Any], plan: Plan, advance: Callable[[int], object]) -> int:
    """Write what is missing of the plan's rows and return the number of events written; `advance` is told each piece.

    A piece of days is one transaction, so a run that was stopped goes on where it was. Raises DemoError when the
    database holds the rows of another plan.
    """
    written = 0
    for number, piece in enumerate(pieces(plan)):
        with transaction(connection):
            connection.execute("select pg_advisory_xact_lock(hashtext('radar.demo'))")  # another may be written now
            _refuse_another(stored_plan(connection), plan)
            if number == 0:
                write_companies(connection, plan)
            sent, new = _write_piece(connection, piece)
        written += new
        advance(sent)
    return written


def _write_piece(connection: psycopg.Connection[Any], piece: Piece) -> tuple[int, int]:
    """Events sent in the piece, and how many of them were written: they are new."""
    events, (runs, calls) = piece.events(), piece.runs_and_calls()
    _write_rows(connection, "app.agent_runs", runs, _RUN_KEY)
    _write_rows(connection, "ingest.llm_calls", calls, _CALL_KEY)
    _write_embeddings(connection, piece.plan, calls)
    return events.height, _write_rows(connection, "ingest.events", events, _EVENT_KEY)


def write_events(connection: psycopg.Connection[Any], plan: Plan) -> int:
    """Write the companies and the events alone, for who measures web data; return the number of events written."""
    with transaction(connection):
        write_companies(connection, plan)
    return sum(_write_rows(connection, "ingest.events", frame, _EVENT_KEY) for frame in generate(plan))


def append(connection: psycopg.Connection[Any], plan: Plan, day: int, events: int) -> int:
    """Write the first events of a day after the plan's last one, as time would bring them; return how many."""
    frames = list(generate(plan, range(day, day + 1)))
    return _write_rows(connection, "ingest.events", pl.concat(frames).head(events), _EVENT_KEY)


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
    """Write what is missing of the companies, from people to prices, and which plan's rows are to come."""
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
    _insert(connection, "app.agents", _agents())
    _insert(connection, "ingest.model_pricing", price_rows(plan))
    # Other demo data, now deleted, may have been there.
    connection.execute(
        "update ingest.projects set settings = settings || %s where project_id = any(%s) and not settings @> %s",
        [_told(plan), [site.project_id for site in SITES], _told(plan)],
    )


def _agents() -> list[dict[str, object]]:
    return [
        {"workspace_id": SITES[SITE_INDEX[of.site]].workspace.workspace_id, "agent_id": of.agent_id, "name": of.name}
        for of in AGENTS
    ]


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


def _write_rows(connection: psycopg.Connection[Any], table: str, frame: pl.DataFrame, key: list[str]) -> int:
    """Write a piece that is not there yet; its first row tells, since a piece is written whole or not at all."""
    if frame.is_empty() or _is_there(connection, table, frame.select(key).row(0, named=True)):
        return 0
    if "occurred_at" in key:
        months = (table, frame["occurred_at"].min(), frame["occurred_at"].max())
        connection.execute("select radar.ensure_month_partitions(%s, %s::date, %s::date)", months)
    unique = frame.unique(key, keep="first", maintain_order=True)
    buffer = io.BytesIO()
    unique.write_csv(buffer, include_header=False, datetime_format=CSV_TIME)
    copy_in = sql.SQL("copy {} ({}) from stdin (format csv)").format(
        sql.Identifier(*table.split(".")), sql.SQL(", ").join(sql.Identifier(column) for column in frame.columns)
    )
    with connection.cursor().copy(copy_in) as copy:
        copy.write(buffer.getbuffer())
    return unique.height


def _write_embeddings(connection: psycopg.Connection[Any], plan: Plan, calls: pl.DataFrame) -> None:
    """Embeddings are the only rows that take time to make, so what is there is not made again."""
    chosen = embedded(plan, calls)
    if chosen.is_empty() or _is_there(connection, _EMBEDDINGS, chosen.select(_EMBEDDING_KEY).row(0, named=True)):
        return
    connection.cursor().executemany(
        "insert into ingest.prompt_embeddings (workspace_id, call_id, embedding)"
        " values (%(workspace_id)s, %(call_id)s, %(embedding)s::real[]) on conflict do nothing",
        embeddings(plan, chosen),
    )


def _is_there(connection: psycopg.Connection[Any], table: str, row: dict[str, object]) -> bool:
    query = sql.SQL("select from {} where {}").format(
        sql.Identifier(*table.split(".")),
        sql.SQL(" and ").join(
            sql.SQL("{} = {}").format(sql.Identifier(name), sql.Literal(value)) for name, value in row.items()
        ),
    )
    return connection.execute(query).fetchone() is not None
