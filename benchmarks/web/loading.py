"""How fast files load, beside a bare COPY of the same rows into the same table."""

import csv
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
from psycopg.conninfo import make_conninfo
from rich.progress import Progress
from rich.table import Table

from radar.demo import files
from radar.demo.database import write_companies
from radar.demo.formats import Format
from radar.demo.plan import Plan
from radar.demo.sites import SITES
from radar.load.loader import Request, load
from radar.server import Server

SITE = SITES[0]


def measure(server: Server, folder: Path, plan: Plan) -> Table:
    """Load the plan's files in each format, each into an empty copy of the raw tables."""
    table = Table("what", "seconds", "rows a second", "note", title=f"Loading a site of {plan.events:,} events")
    copied = 0.0
    for file_format in (Format.CSV, Format.SEGMENT, Format.PARQUET):
        path = next(
            each for each in files.write(folder / "files", file_format, plan, _ignore) if SITE.slug in each.name
        )
        note = ""
        if file_format is Format.CSV:
            _keep_what_copy_takes(path)
            copied, rows = _timed(server, plan, _copy, path)
            table.add_row("bare COPY of CSV", f"{copied:.1f}", f"{rows / copied:,.0f}", "")
        loaded, rows = _timed(server, plan, _load, path)
        if file_format is Format.CSV:
            note = f"{copied / loaded:.2f} x the speed of COPY"
        table.add_row(f"radar load of {file_format.value}", f"{loaded:.1f}", f"{rows / loaded:,.0f}", note)
    return table


def _timed(
    server: Server, plan: Plan, work: Callable[[psycopg.Connection[Any], Path], None], path: Path
) -> tuple[float, int]:
    """Seconds that the work takes in an empty copy, and the rows that it stored."""
    with _empty_copy(server, plan) as connection:
        start = time.perf_counter()
        work(connection, path)
        taken = time.perf_counter() - start
        return taken, (connection.execute("select count(*) from ingest.events").fetchone() or (0,))[0]


def _load(connection: psycopg.Connection[Any], path: Path) -> None:
    with Progress(disable=True) as progress:
        load([str(path)], Request(SITE.slug), connection.info.dsn, progress)


def _ignore(_: int) -> None:
    """Nobody watches the files being written."""


def keep_empty(server: Server) -> None:
    """Put the raw tables aside while they are empty, to load files into copies of them."""
    with psycopg.connect(make_conninfo(server.dsn, dbname="postgres"), autocommit=True) as connection:
        connection.execute("create database radar_empty template radar")


def _empty_copy(server: Server, plan: Plan) -> psycopg.Connection[Any]:
    """A connection to a database that has the raw tables and the demo's projects, and no event."""
    with psycopg.connect(make_conninfo(server.dsn, dbname="postgres"), autocommit=True) as connection:
        connection.execute("drop database if exists radar_load with (force)")
        connection.execute("create database radar_load template radar_empty")
    connection = psycopg.connect(make_conninfo(server.dsn, dbname="radar_load"), autocommit=True)
    write_companies(connection, plan)
    connection.execute("select radar.ensure_month_partitions('ingest.events', %s, %s)", [plan.start, plan.end])
    return connection


def _keep_what_copy_takes(path: Path) -> None:
    """Leave out retries and malformed rows, at which COPY stops."""
    rows = pl.read_csv(path, infer_schema=False)
    good = rows.filter(pl.col("occurred_at").str.starts_with("20"), ~pl.col("message_id").str.starts_with("malformed"))
    good.unique(["message_id", "occurred_at"], maintain_order=True).write_csv(path)


def _copy(connection: psycopg.Connection[Any], path: Path) -> None:
    with path.open("rb") as file:
        columns = next(csv.reader([file.readline().decode()]))
        with connection.cursor().copy(
            f"copy ingest.events ({', '.join(columns)}) from stdin (format csv)".encode()
        ) as copy:
            while block := file.read(1 << 20):
                copy.write(block)
