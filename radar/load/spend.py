"""Spend on advertisements: CSV rows by day and campaign into ingest.ad_spend."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import psycopg
from rich.console import Console

from radar.connection import connect, transaction
from radar.load.csv_rows import header_of
from radar.load.errors import LoadError
from radar.load.project import Project, find_project
from radar.load.report import Counts
from radar.load.sources import Source, open_sources

NEEDED = ("spend_date", "source", "cost")
COLUMNS = (*NEEDED, "medium", "campaign", "clicks", "impressions")
LONGEST_TAG = 120
"""As the table's contract has it."""


class Key(NamedTuple):
    """What one row of the table is about."""

    spend_date: dt.date
    source: str
    medium: str
    campaign: str


@dataclass
class Spend:
    """Sums of all rows of a file with one key; None where no row says a number."""

    cost: Decimal = Decimal(0)
    clicks: int | None = None
    impressions: int | None = None
    row_count: int = 0

    def add(self, row: "Mapping[str, str]") -> None:
        """Add a row of the file. Raises ValueError when it holds no number where one has to be."""
        self.cost += _number(row["cost"], "cost")
        for name in ("clicks", "impressions"):
            if text := row.get(name):
                setattr(self, name, (getattr(self, name) or 0) + _count(text, name))
        self.row_count += 1


def load_spend(
    files: Sequence[str], project: str | None, workspace: str | None, mapping: Mapping[str, str], dsn: str
) -> Counts:
    """Load files of spend and return what became of their rows; loading a file again changes nothing.

    A file replaces what was known of its days and sources, so that the exports of two platforms live side by side, and
    is loaded as a whole or not at all. Rows with the same day, source, medium and campaign are added up. Raises
    LoadError, naming the line, for a row that cannot be understood.
    """
    if project is None:
        raise LoadError("say which project this spend belongs to, with --project")
    counts = Counts()
    with connect(dsn, name="radar load") as connection:
        with transaction(connection):
            found = find_project(connection, project, workspace)
        for source in open_sources(files):
            spend = _read(source, mapping)
            with transaction(connection):
                counts.add(_store(connection, found, spend))
    return counts


def _read(source: Source, mapping: Mapping[str, str]) -> dict[Key, Spend]:
    names, delimiter = header_of(source)
    columns = [mapping.get(name, name) for name in names]
    _check_header(source.name, names, columns, mapping)
    found: dict[Key, Spend] = {}
    for line, values in _rows(source, delimiter):
        try:
            row = _named(values, columns)
            found.setdefault(_key(row), Spend()).add(row)
        except ValueError as error:
            raise LoadError(f"{source.name}, line {line}: {error}. Nothing of this file was loaded.") from error
    return found


def _check_header(file: str, names: list[str], columns: list[str], mapping: Mapping[str, str]) -> None:
    if missing := [name for name in mapping if name not in names]:
        raise LoadError(f"the file has no column {', '.join(missing)}; it has {', '.join(names)}")
    if unknown := [name for name in mapping.values() if name not in COLUMNS]:
        raise LoadError(f"spend has no column {', '.join(unknown)}; it has {', '.join(COLUMNS)}")
    if twice := sorted({name for name in columns if name in COLUMNS and columns.count(name) > 1}):
        raise LoadError(f"two columns of {file} are {', '.join(twice)}: change the header or the mapping")
    if missing := [name for name in NEEDED if name not in columns]:
        raise LoadError(f"no column of {file} is {missing[0]}: name the one that is, with --map COLUMN={missing[0]}")
    if extra := [name for name in columns if name not in COLUMNS]:
        Console(stderr=True, highlight=False).print(f"{file}: left out {', '.join(extra)}")


def _rows(source: Source, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Line and values of each row after the header; empty lines are no rows."""
    try:
        text = b"".join(source.blocks()).decode()
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        next(reader, None)
        for values in reader:
            if any(value.strip() for value in values):
                yield reader.line_num, values
    except UnicodeDecodeError as error:
        raise LoadError(f"{source.name} is not UTF-8 text ({error.reason}): export it so") from error
    except csv.Error as error:
        raise LoadError(f"{source.name}, line {reader.line_num}: {error}. Nothing of this file was loaded.") from error


def _named(values: list[str], columns: list[str]) -> dict[str, str]:
    if len(values) != len(columns):
        raise ValueError(f"{len(values)} values for {len(columns)} columns")
    return {column: value.strip() for column, value in zip(columns, values, strict=True)}


def _key(row: Mapping[str, str]) -> Key:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", row["spend_date"]):
        raise ValueError(f"spend_date {row['spend_date']!r} is not written as 2026-03-31")
    if not row["source"]:
        raise ValueError("source is empty")
    tags = [row["source"], row.get("medium") or "(none)", row.get("campaign") or "(none)"]
    for tag in tags:
        if len(tag) > LONGEST_TAG or "\0" in tag:
            raise ValueError(f"{tag[:40]!r}... is longer than {LONGEST_TAG} characters, or holds a null character")
    return Key(dt.date.fromisoformat(row["spend_date"]), *tags)


def _number(text: str, name: str) -> Decimal:
    if not re.fullmatch(r"\d{1,15}(\.\d{1,9})?", text, re.ASCII):
        raise ValueError(f"{name} {text!r} is no amount such as 1234.56")
    return Decimal(text)


def _count(text: str, name: str) -> int:
    if not re.fullmatch(r"\d{1,15}", text, re.ASCII):
        raise ValueError(f"{name} {text!r} is no whole number")
    return int(text)


def _store(connection: psycopg.Connection, project: Project, found: Mapping[Key, Spend]) -> Counts:
    parameters = {
        "workspace_id": project.workspace_id,
        "project_id": project.project_id,
        **{field: [getattr(key, field) for key in found] for field in Key._fields},
        **{field: [getattr(spend, field) for spend in found.values()] for field in ("cost", "clicks", "impressions")},
    }
    connection.execute("lock table ingest.ad_spend in share row exclusive mode")  # one upload at a time
    changed = {Key(*row) for row in connection.execute(_REPLACE, parameters).fetchall()}
    counts = Counts(read=sum(spend.row_count for spend in found.values()))
    counts.accepted = sum(spend.row_count for key, spend in found.items() if key in changed)
    counts.duplicate = counts.read - counts.accepted
    return counts


_REPLACE = """
    with given as (
        select * from unnest(%(spend_date)s::date[], %(source)s::text[], %(medium)s::text[], %(campaign)s::text[],
            %(cost)s::numeric[], %(clicks)s::bigint[], %(impressions)s::bigint[])
            as given (spend_date, source, medium, campaign, cost, clicks, impressions)
    ),
    gone as (
        update ingest.ad_spend
        set cost = 0, clicks = 0, impressions = 0, ingest_xid = default
        where
            workspace_id = %(workspace_id)s and project_id = %(project_id)s
            and (spend_date, source) in (select spend_date, source from given)
            and (spend_date, source, medium, campaign) not in (select spend_date, source, medium, campaign from given)
            and (cost, clicks, impressions) is distinct from (0, 0, 0)
    )
    insert into ingest.ad_spend as known
        (workspace_id, project_id, spend_date, source, medium, campaign, cost, clicks, impressions)
    select %(workspace_id)s, %(project_id)s, given.* from given
    on conflict (workspace_id, project_id, spend_date, source, medium, campaign) do update
    set cost = excluded.cost, clicks = excluded.clicks, impressions = excluded.impressions, ingest_xid = default
    where (known.cost, known.clicks, known.impressions)
        is distinct from (excluded.cost, excluded.clicks, excluded.impressions)
    returning spend_date, source, medium, campaign"""
"""What a file no longer names costs 0 and is not deleted: a row that is gone tells no run that it has changed."""
