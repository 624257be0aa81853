"""The command `radar load`."""

from pathlib import Path
from typing import Annotated

import typer
import yaml
from rich.console import Console

from radar import settings
from radar.load.errors import LoadError
from radar.load.recognise import FORMATS


def load_command(
    files: Annotated[list[str], typer.Argument(help="Files to load, packed or not; - is standard input.")],
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
        Path | None,
        typer.Option(
            help="YAML file of column: stored_column, for tables (CSV, Parquet, your own JSON).",
            metavar="FILE",
        ),
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="The same for one column, in JSON also a path as user.id; several times.",
            metavar="COLUMN=STORED_COLUMN",
        ),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="One value of a column for all rows of a table; several times.", metavar="STORED_COLUMN=VALUE"
        ),
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Option(
            help="What a value of a table's column stands for; several times.",
            metavar="STORED_COLUMN:VALUE=STORED_VALUE",
        ),
    ] = None,
    time_format: Annotated[
        str | None,
        typer.Option(help="How a table writes its times, as strptime has it (%d/%m/%Y %H:%M).", metavar="LAYOUT"),
    ] = None,
    keep_ip: Annotated[
        bool, typer.Option("--keep-ip", help="Keep whole addresses; they are cut to /24 or /48 otherwise.")
    ] = False,
) -> None:
    """Load events (Segment JSON lines, access logs), calls of language models (OpenTelemetry spans, exports of
    Langfuse, LiteLLM, Helicone and OpenRouter), either of them from CSV, Parquet or JSON lines of your own, or what
    advertisements cost from CSV.

    Loading a file again adds nothing. Rejected rows are kept in ingest.rejected_events with the reason; they are no
    failure, unless nothing of a file is left: then the code is 1. Tables with a model and input_tokens or output_tokens
    hold calls. Columns that the table does not
    have go into properties of an event; of a call only settings, states and measures are kept, in its metadata, and no
    texts. A call that is loaded again with a verified_cost_usd gets
    it; spans, observations and rows that called no model or repeat a call are counted and left out. With --format spend
    the columns are spend_date, source, cost and, where known, medium, campaign, clicks and impressions; a file replaces
    what was known of its days and sources. With --format embeddings each row, of JSON lines or Parquet, has an
    embedding and a call_id, or trace_id and span_id.
    """
    from radar.load.loader import (
        Request,
        load,
        new_progress,
    )  # polars and the parsers, which other commands need not wait for

    request = Request(
        project,
        workspace,
        format_,
        _mapping_file(mapping) | dict(_pair(text, "--map", "COLUMN=STORED_COLUMN") for text in map_ or []),
        dict(_pair(text, "--set", "STORED_COLUMN=VALUE") for text in set_ or []),
        _values(value or []),
        time_format,
        keep_ip,
    )
    with new_progress() as progress:
        counts = load(files, request, settings.dsn(), progress)
    Console(highlight=False).print(counts.table())
    if counts.useless_files:
        raise LoadError("; ".join(counts.useless_files))
    if unknown := counts.rejected["unknown_project"]:
        raise LoadError(
            f"{unknown:,} rows name no project: their writeKey is missing, or that of none in ingest.projects;"
            " name one with --project"
        )


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not equals or not left:
        raise LoadError(f"{option} {text}: write it as {form}")
    return left, right


def _values(texts: list[str]) -> dict[str, dict[str, str]]:
    form = "STORED_COLUMN:VALUE=STORED_VALUE"
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        column, colon, pair = text.partition(":")
        if not colon:
            raise LoadError(f"--value {text}: write it as {form}")
        sent, stored = _pair(pair, f"--value {column}:", form)
        found.setdefault(column, {})[sent] = stored
    return found


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
