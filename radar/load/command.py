"""The command `radar load`."""

from pathlib import Path
from typing import Annotated

import typer
import yaml
from rich.console import Console

from radar import settings
from radar.load.errors import LoadError
from radar.load.sources import FORMATS


def load_command(
    files: Annotated[list[str], typer.Argument(help="Files to load, gzipped or not; - is standard input.")],
    project: Annotated[
        str | None,
        typer.Option(
            help="Slug of the project that the rows belong to. Without it each message names one in writeKey."
        ),
    ] = None,
    workspace: Annotated[
        str | None, typer.Option(help="Slug of its workspace, where several have that project.")
    ] = None,
    format_: Annotated[
        str,
        typer.Option("--format", help=f"{', '.join(FORMATS)}: auto tells most by their content.", metavar="FORMAT"),
    ] = "auto",
    mapping: Annotated[
        Path | None, typer.Option(help="YAML file of column: stored_column, for CSV and Parquet.", metavar="FILE")
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", help="The same for one column; several times.", metavar="COLUMN=STORED_COLUMN"),
    ] = None,
    keep_ip: Annotated[
        bool, typer.Option("--keep-ip", help="Keep whole addresses; they are cut to /24 or /48 otherwise.")
    ] = False,
) -> None:
    """Load events (Segment JSON lines, access logs), calls of language models (OpenTelemetry spans, Langfuse exports),
    either of them from CSV or Parquet, or what advertisements cost from CSV.

    Loading a file again adds nothing. Rejected rows are kept in ingest.rejected_events with the reason; they are no
    failure. CSV and Parquet with a model and input_tokens or output_tokens hold calls. Columns that the table does not
    have go into properties of an event, metadata of a call. A call that is loaded again with a verified_cost_usd gets
    it; spans, observations and rows that called no model are counted and left out. With --format spend
    the columns are spend_date, source, cost and, where known, medium, campaign, clicks and impressions; a file replaces
    what was known of its days and sources. With --format embeddings each row, of JSON lines or Parquet, has an
    embedding and a call_id, or trace_id and span_id.
    """
    from radar.load.loader import (
        Request,
        load,
        new_progress,
    )  # polars and the parsers, which other commands need not wait for

    columns = _mapping_file(mapping) | dict(_pair(text) for text in map_ or [])
    request = Request(project, workspace, format_, columns, keep_ip)
    with new_progress() as progress:
        counts = load(files, request, settings.dsn(), progress)
    Console(highlight=False).print(counts.table())


def _pair(text: str) -> tuple[str, str]:
    column, equals, stored_column = text.partition("=")
    if not equals:
        raise LoadError(f"--map {text}: write it as COLUMN=STORED_COLUMN")
    return column, stored_column


def _mapping_file(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LoadError(f"cannot read the mapping {path}: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict) or not all(isinstance(item, str) for pair in content.items() for item in pair):
        raise LoadError(f"{path} has to hold lines of column: stored_column")
    return content
