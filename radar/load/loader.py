"""`load`: files into ingest.events and ingest.llm_calls."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from radar.connection import transaction
from radar.load.access_log import parse_line
from radar.load.calls import Parser, send_calls
from radar.load.embeddings import load_embeddings
from radar.load.errors import LoadError
from radar.load.langfuse import langfuse_calls
from radar.load.layout import table_columns
from radar.load.messages import MessageReader
from radar.load.otel import otel_calls
from radar.load.project import Project, find_project, read_limits
from radar.load.records import Records, csv_records, header_of, parquet_records
from radar.load.report import Counts
from radar.load.sources import FORMATS, Source, open_source, recognise
from radar.load.spend import load_spend
from radar.load.store import Target, store_messages
from radar.load.tables import CALLS, EVENTS, TableFile, layout_of, mapped, with_message_ids
from radar.load.workers import Workers


@dataclass(frozen=True)
class Request:
    """What to load: `project` may be left out when every message names its own in writeKey."""

    project: str | None = None
    workspace: str | None = None
    format: str = "auto"
    mapping: Mapping[str, str] = field(default_factory=dict)
    keep_address: bool = False


def load(files: Sequence[str], request: Request, dsn: str, progress: Progress | None = None) -> Counts:
    """Load files (`-` is standard input) and return what became of their rows. Loading a file again adds nothing.

    Each chunk of rows is a transaction: after a crash or an error the rows so far are there, and loading again
    completes them. Raises LoadError when a file, the project or the mapping is not usable.
    """
    if request.format == "spend":
        return load_spend(files, request.project, request.workspace, request.mapping, dsn)
    if request.format == "embeddings":
        return load_embeddings(files, request.project, request.workspace, dsn)
    target = _target(request, dsn)
    counts = Counts()
    for file in files:
        with open_source(file) as source:
            counts.add(_load_source(source, request, target, progress or Progress(disable=True)))
    counts.check()
    return counts


def _target(request: Request, dsn: str) -> Target:
    if request.format not in FORMATS:
        raise LoadError(f"no format {request.format}; there are {', '.join(FORMATS)}")
    target = Target(dsn, None, None, request.keep_address)  # type: ignore[arg-type]
    with target.connect() as connection, transaction(connection):
        limits = read_limits(connection)
        project = find_project(connection, request.project, request.workspace) if request.project else None
    return Target(dsn, project, limits, request.keep_address)


def _load_source(source: Source, request: Request, target: Target, progress: Progress) -> Counts:
    kind = recognise(source) if request.format == "auto" else request.format
    task = progress.add_task(source.name, total=source.size)
    with Workers(target, on_done=lambda: progress.update(task, completed=source.position())) as workers:
        read = _READERS[kind](source, request, target, workers)
    progress.update(task, completed=source.size)
    if read is not None and read != workers.counts.read:
        raise AssertionError(f"{read} rows of {source.name} read, {workers.counts.read} came through")
    return workers.counts


def _read_segment(source: Source, _: Request, target: Target, workers: Workers) -> int:
    reader = MessageReader(source.name, target.limits)
    return _send_lines(source, reader, reader.add_line, target, workers)


def _read_access_log(source: Source, _: Request, target: Target, workers: Workers) -> int:
    project = _needed_project(target)
    reader = MessageReader(source.name, target.limits)

    def add_line(number: int, line: bytes) -> None:
        message = parse_line(line.decode("utf-8", "replace").replace("\0", ""), project)
        if message is None:
            reader.reject(number, "unparsable", "no line of a common or combined log", line)
        else:
            reader.add(number, message | {"messageId": reader.message_id(line, message)})

    return _send_lines(source, reader, add_line, target, workers)


def _send_lines(
    source: Source, reader: MessageReader, add_line: Callable[[int, bytes], None], target: Target, workers: Workers
) -> int:
    """Read all lines, hand full chunks to the workers, and return the number of messages."""
    for number, line in enumerate(source.lines(target.limits.batch_bytes), 1):
        if line and not line.isspace():
            add_line(number, line.rstrip(b"\r"))
        if reader.chunk.is_full:
            workers.submit(partial(store_messages, target=target, chunk=reader.take()))
    workers.submit(partial(store_messages, target=target, chunk=reader.take()))
    return reader.read


def _read_csv(source: Source, request: Request, target: Target, workers: Workers) -> None:
    names, delimiter = header_of(source)
    _send_records(source, names, delimiter, csv_records(source), request, target, workers)


def _read_parquet(source: Source, request: Request, target: Target, workers: Workers) -> None:
    names, blocks = parquet_records(source)
    _send_records(source, names, ",", blocks, request, target, workers)


def _send_records(
    source: Source,
    names: list[str],
    delimiter: str,
    blocks: Iterator[Records],
    request: Request,
    target: Target,
    workers: Workers,
) -> None:
    columns = mapped(names, request.mapping)
    table = CALLS if "model" in columns and {"input_tokens", "output_tokens"} & set(columns) else EVENTS
    with target.connect() as connection, transaction(connection):
        known = table_columns(connection, table)
    layout = layout_of(columns, request.mapping, known, table)
    if not layout.has_ids:
        blocks = with_message_ids(blocks, delimiter, layout, target.limits.secrets)
        layout = layout.with_ids()
    file = TableFile(source.name, target, _needed_project(target), layout, delimiter)
    for records in blocks:
        workers.submit(partial(file.store, records=records))


def _calls_reader(parse: Parser) -> Callable[[Source, Request, Target, Workers], int]:
    def read(source: Source, _: Request, target: Target, workers: Workers) -> int:
        with target.connect() as connection, transaction(connection):
            known = table_columns(connection, CALLS)
        return send_calls(source, parse, known, _needed_project(target), target, workers)

    return read


def _needed_project(target: Target) -> Project:
    if target.project is None:
        raise LoadError("say which project these rows belong to, with --project")
    return target.project


_READERS: Mapping[str, Callable[[Source, Request, Target, Workers], int | None]] = {
    "segment": _read_segment,
    "access-log": _read_access_log,
    "csv": _read_csv,
    "parquet": _read_parquet,
    "otel": _calls_reader(otel_calls),
    "langfuse": _calls_reader(langfuse_calls),
}


def new_progress() -> Progress:
    """A bar by bytes of the file."""
    return Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
