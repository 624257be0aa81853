"""`load`: files into ingest.events and ingest.llm_calls."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from radar.connection import transaction
from radar.load.arrivals import Arrivals
from radar.load.calls import COLUMNS, Parser, call_rows
from radar.load.csv_rows import csv_reader
from radar.load.embeddings import load_embeddings
from radar.load.errors import LoadError
from radar.load.exports import helicone_calls, litellm_calls, openrouter_calls
from radar.load.json_rows import json_reader
from radar.load.langfuse import langfuse_calls
from radar.load.layout import Column, Layout, table_columns
from radar.load.log_messages import add_log
from radar.load.messages import MessageReader
from radar.load.otel import otel_calls
from radar.load.parquet_rows import parquet_reader
from radar.load.project import Project, find_project, read_limits
from radar.load.recognise import FORMATS, first_object, recognise
from radar.load.repeats import without_repeats
from radar.load.report import Counts
from radar.load.rows import Columns, Read, RowMaker, check_time_format
from radar.load.segment import add_messages
from radar.load.sources import Source, open_sources
from radar.load.spend import load_spend
from radar.load.store import Target, store_messages
from radar.load.tables import CALLS, TableFile, layout_of, mapped, table_of
from radar.load.workers import Workers

TABLES = ("csv", "parquet", "json")
"""Formats whose columns a person may name."""


@dataclass(frozen=True)
class Request:
    """What to load: `project` may be left out when every message names its own in writeKey. `mapping`, `constants`,
    `values` and `time_format` are those of `Columns`."""

    project: str | None = None
    workspace: str | None = None
    format: str = "auto"
    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    time_format: str | None = None
    keep_address: bool = False

    @property
    def columns(self) -> Columns:
        """What it says of a file's columns."""
        return Columns(self.mapping, self.constants, self.values, self.time_format)


def load(files: Sequence[str], request: Request, dsn: str, progress: Progress | None = None) -> Counts:
    """Load files (`-` is standard input) and return what became of their rows. Loading a file again adds nothing.

    Each chunk of rows is a transaction: after a crash or an error the rows so far are there, and loading again
    completes them. Raises LoadError when a file, the project or the mapping is not usable.
    """
    if request.time_format:
        check_time_format(request.time_format)
    if request.format in ("spend", "embeddings"):
        return _load_other(files, request, dsn)
    target = _target(request, dsn)
    counts = Counts()
    for source in open_sources(files):
        counts.add(_load_source(source, request, target, progress or Progress(disable=True)))
    counts.check()
    return counts


def _load_other(files: Sequence[str], request: Request, dsn: str) -> Counts:
    others = Columns({}, request.constants, request.values, request.time_format)
    if others or (request.mapping and request.format == "embeddings"):
        raise LoadError(f"--map, --set, --value and --time-format are not for the format {request.format}")
    if request.format == "spend":
        return load_spend(files, request.project, request.workspace, request.mapping, dsn)
    return load_embeddings(files, request.project, request.workspace, dsn)


def _target(request: Request, dsn: str) -> Target:
    if request.format not in FORMATS:
        raise LoadError(f"no format {request.format}; there are {', '.join(FORMATS)}")
    target = Target(dsn, None, None, request.keep_address)  # type: ignore[arg-type]
    with target.connect() as connection, transaction(connection):
        limits = read_limits(connection)
        project = find_project(connection, request.project, request.workspace) if request.project else None
    return Target(dsn, project, limits, request.keep_address)


def _load_source(source: Source, request: Request, target: Target, progress: Progress) -> Counts:
    kind = recognise(source, has_columns_named=bool(request.columns)) if request.format == "auto" else request.format
    if request.columns and kind not in TABLES:
        raise LoadError(
            f"{source.name} is {kind}, whose fields have their names: --map, --set, --value and --time-format are for"
            " tables (CSV, Parquet, JSON lines of your own with --format json)"
        )
    task = progress.add_task(source.name, total=source.size)
    with Workers(target, on_done=lambda: progress.update(task, completed=source.position())) as workers:
        read = _READERS[kind](source, request, target, workers)
    progress.update(task, completed=source.size)
    if read != workers.counts.read:
        raise AssertionError(f"{read} rows of {source.name} read, {workers.counts.read} came through")
    workers.counts.note_if_nothing_fits(source.name, kind)
    return workers.counts


def _read_segment(source: Source, _: Request, target: Target, workers: Workers) -> int:
    reader = MessageReader(source.name, target.limits)
    return _send_messages(reader, add_messages(reader, source), target, workers)


def _read_access_log(source: Source, _: Request, target: Target, workers: Workers) -> int:
    reader = MessageReader(source.name, target.limits)
    return _send_messages(reader, add_log(reader, source, _needed_project(target)), target, workers)


def _send_messages(reader: MessageReader, added: Iterable[None], target: Target, workers: Workers) -> int:
    """Hand full chunks to the workers while messages are added, and return the number of messages."""
    arrivals = Arrivals(target)
    for _ in added:
        if reader.chunk.is_full:
            _send_chunk(reader, arrivals, target, workers)
    _send_chunk(reader, arrivals, target, workers)
    return reader.read


def _send_chunk(reader: MessageReader, arrivals: Arrivals, target: Target, workers: Workers) -> None:
    chunk = reader.take()
    chunk.first_arrival = arrivals.take(len(chunk.messages))
    workers.submit(partial(store_messages, target=target, chunk=chunk))


def _read_csv(source: Source, request: Request, target: Target, workers: Workers) -> int:
    return _read_table(source, *csv_reader(source), request, target, workers)


def _read_parquet(source: Source, request: Request, target: Target, workers: Workers) -> int:
    return _read_table(source, *parquet_reader(source), request, target, workers)


def _read_table(
    source: Source,
    names: list[str],
    rows_of: Callable[[Sequence[str]], Iterable[Read]],
    request: Request,
    target: Target,
    workers: Workers,
) -> int:
    names_of_table = mapped(names, request.mapping)
    table = table_of({*names_of_table, *request.constants})
    layout = layout_of(names_of_table, request.columns, _known(target, table), table)
    return _send_rows(source, rows_of(names_of_table), layout, request, target, workers)


def _read_json(source: Source, request: Request, target: Target, workers: Workers) -> int:
    table = table_of({*first_object(source), *request.columns.stored()})
    layout = layout_of(None, request.columns, _known(target, table), table)
    return _send_rows(source, json_reader(source, request.mapping), layout, request, target, workers)


def _calls_reader(
    parse: Parser, only: Callable[[Iterable[Read]], Iterable[Read]] = iter
) -> Callable[[Source, Request, Target, Workers], int]:
    def read(source: Source, request: Request, target: Target, workers: Workers) -> int:
        layout = layout_of(COLUMNS, Columns(), _known(target, CALLS), CALLS)
        return _send_rows(source, only(call_rows(source, parse)), layout, request, target, workers)

    return read


def _send_rows(
    source: Source, rows: Iterable[Read], layout: Layout, request: Request, target: Target, workers: Workers
) -> int:
    """Hand rows to the workers in chunks, and return their number."""
    file, arrivals = TableFile(source.name, target, _needed_project(target), layout), Arrivals(target)
    read = 0
    for chunk in RowMaker(layout, request.columns, target.limits).chunks(rows):
        chunk.first_arrival = arrivals.take(len(chunk.rows))
        workers.submit(partial(file.store, chunk=chunk))
        read += chunk.read
    return read


def _known(target: Target, table: str) -> dict[str, Column]:
    with target.connect() as connection, transaction(connection):
        return table_columns(connection, table)


def _needed_project(target: Target) -> Project:
    if target.project is None:
        raise LoadError("say which project these rows belong to, with --project")
    return target.project


_READERS: Mapping[str, Callable[[Source, Request, Target, Workers], int]] = {
    "segment": _read_segment,
    "access-log": _read_access_log,
    "csv": _read_csv,
    "parquet": _read_parquet,
    "json": _read_json,
    "otel": _calls_reader(otel_calls, without_repeats),
    "langfuse": _calls_reader(langfuse_calls),
    "litellm": _calls_reader(litellm_calls),
    "helicone": _calls_reader(helicone_calls),
    "openrouter": _calls_reader(openrouter_calls),
}


def new_progress() -> Progress:
    """A bar by bytes of the file."""
    return Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
