"""Embeddings of prompts: JSON lines or Parquet into ingest.prompt_embeddings."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
import orjson
import polars as pl
import psycopg

from radar.connection import connect, transaction
from radar.load.errors import LoadError
from radar.load.kept import kept_payload
from radar.load.messages import Rejection
from radar.load.project import Project, find_project, read_limits
from radar.load.recognise import recognise
from radar.load.report import Counts
from radar.load.sources import Source, open_sources
from radar.load.store import Target, write_rejections

DIMENSIONS = 1536
"""As the table's contract has it."""
CHUNK_ROWS = 500
LONGEST_LINE = 1 << 20
_KEPT = frozenset({"call_id", "trace_id", "span_id", "prompt_hash"})

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Prompt(NamedTuple):
    """A row of the table; the numbers as PostgreSQL reads an array."""

    call_id: UUID
    numbers: str
    prompt_hash: str | None


class RejectedError(ValueError):
    """What is wrong with a line: one of the reasons of ingest.rejected_events, and the sentence that explains it."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def load_embeddings(files: Sequence[str], project: str | None, workspace: str | None, dsn: str) -> Counts:
    """Load files of embeddings and return what became of their rows; loading a file again changes nothing.

    A row names its call by call_id, or by trace_id and span_id, and may give a prompt_hash. Another embedding of a call
    replaces the one that is there. Rows that cannot be understood are kept in ingest.rejected_events. Raises LoadError
    when a file or the project is not usable.
    """
    if project is None:
        raise LoadError("say which project these embeddings belong to, with --project")
    counts = Counts()
    with connect(dsn, name="radar load") as connection:
        with transaction(connection):
            found = find_project(connection, project, workspace)
            target = Target(dsn, found, read_limits(connection))
        for source in open_sources(files):
            rows = _rows(source)
            while chunk := list(islice(rows, CHUNK_ROWS)):
                counts.add(_store(connection, target, found, source.name, chunk))
    counts.check()
    return counts


def call_id_of(workspace_id: UUID, *names: str) -> UUID:
    """The id of a call that its sender named by an id of its own, or by trace and span: as where calls are loaded."""
    text = ":".join([str(workspace_id), *names])
    return UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())


def _rows(source: Source) -> Iterator[tuple[int, bytes]]:
    """Each row as JSON, and the line or row of the file that it stands on."""
    kind = recognise(source)
    if kind == "parquet":
        batches = pl.scan_parquet(source.path()).collect_batches(chunk_size=CHUNK_ROWS, maintain_order=True)
        yield from enumerate((orjson.dumps(row) for batch in batches for row in batch.iter_rows(named=True)), 1)
    elif kind in ("segment", "json"):
        yield from ((number, line) for number, line in enumerate(source.lines(LONGEST_LINE), 1) if line.strip())
    else:
        raise LoadError(f"{source.name}: embeddings are JSON lines, or a Parquet file")


def _store(
    connection: psycopg.Connection, target: Target, project: Project, source: str, rows: Sequence[tuple[int, bytes]]
) -> Counts:
    """Store rows in one transaction. Of several with one call the last counts."""
    prompts, rejections = _read(project.workspace_id, rows)
    counts = Counts(read=len(rows))
    with transaction(connection):
        connection.execute(_STAGING)
        with connection.cursor().copy(_COPY) as copy:
            for prompt in prompts.values():
                copy.write_row(prompt)
        counts.accepted = connection.execute(_UPSERT, {"workspace_id": project.workspace_id}).rowcount
        write_rejections(connection, target, source, rejections)
    counts.rejected.update(rejection.reason for rejection in rejections)
    counts.duplicate = counts.read - counts.accepted - counts.rejected.total()
    return counts


def _read(workspace_id: UUID, rows: Sequence[tuple[int, bytes]]) -> tuple[dict[UUID, Prompt], list[Rejection]]:
    prompts: dict[UUID, Prompt] = {}
    rejections = []
    for number, line in rows:
        try:
            prompt = _prompt(workspace_id, line)
            prompts[prompt.call_id] = prompt
        except RejectedError as error:
            rejections.append(Rejection(number, error.reason, str(error), kept_payload(line, _KEPT)))
    return prompts, rejections


def _prompt(workspace_id: UUID, line: bytes) -> Prompt:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise RejectedError("unparsable", str(error)) from error
    if not isinstance(row, dict):
        raise RejectedError("unparsable", "a line has to be a JSON object")
    prompt_hash = row.get("prompt_hash")
    if prompt_hash is not None and (not isinstance(prompt_hash, str) or "\0" in prompt_hash):
        raise RejectedError("invalid", "prompt_hash is no text")
    return Prompt(_call_id(workspace_id, row), _numbers(row.get("embedding")), prompt_hash)


def _call_id(workspace_id: UUID, row: Mapping[str, Any]) -> UUID:
    call_id, trace_id, span_id = (row.get(name) or None for name in ("call_id", "trace_id", "span_id"))
    if isinstance(call_id, str):
        return UUID(call_id) if _UUID.fullmatch(call_id) else call_id_of(workspace_id, call_id)
    if call_id is None and isinstance(trace_id, str) and isinstance(span_id, str):
        return call_id_of(workspace_id, trace_id, span_id)
    raise RejectedError("no_id", "neither call_id nor trace_id and span_id, as texts")


def _numbers(embedding: Any) -> str:
    if not isinstance(embedding, list):
        raise RejectedError("invalid", "embedding is no list of numbers")
    if len(embedding) != DIMENSIONS:
        raise RejectedError("invalid", f"an embedding has {DIMENSIONS} numbers, and this one {len(embedding)}")
    try:
        with np.errstate(over="ignore"):
            numbers = np.array(embedding, dtype=np.float32)
    except (ValueError, TypeError, OverflowError) as error:
        raise RejectedError("invalid", "embedding holds something that is no number") from error
    if numbers.shape != (DIMENSIONS,) or not np.isfinite(numbers).all() or not numbers.any():
        raise RejectedError("invalid", "embedding holds something that is no number, or nothing but zeros")
    return "{" + orjson.dumps(numbers, option=orjson.OPT_SERIALIZE_NUMPY).decode()[1:-1] + "}"


_STAGING = """
    create temporary table pg_temp.radar_prompts (call_id uuid, embedding real[], prompt_hash text) on commit drop"""

_COPY = "copy pg_temp.radar_prompts (call_id, embedding, prompt_hash) from stdin"

_UPSERT = """
    insert into ingest.prompt_embeddings as known (workspace_id, call_id, embedding, prompt_hash)
    select %(workspace_id)s, call_id, embedding, prompt_hash from pg_temp.radar_prompts order by call_id
    on conflict (workspace_id, call_id) do update
    set embedding = excluded.embedding, prompt_hash = excluded.prompt_hash
    where known.embedding::real[] is distinct from excluded.embedding::real[]
        or known.prompt_hash is distinct from excluded.prompt_hash"""
"""Compared as arrays, because the operators of vectors are in a schema that may not be on the path."""
