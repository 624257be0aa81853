"""The command line: one thin function for each command."""

import os
import sys
import traceback
from typing import Annotated

import click
import typer
from rich.console import Console

from radar import __version__, server, settings
from radar.errors import RadarError

app = typer.Typer(
    name="radar",
    help="Raw web, product, agent and LLM events in PostgreSQL to sessions, metrics and notebooks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console(highlight=False, soft_wrap=True)


def _print_version(asked: bool) -> None:
    if asked:
        out.print(f"radar {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Options that come before the command."""
    context.obj = {"debug": debug}


@app.command()
def up() -> None:
    """Start the embedded PostgreSQL of this checkout, unless it runs already.

    Its data is in .radar/pgdata. It listens on 127.0.0.1 only, on port 54330 or PGPORT. After this, `dbt build` works with
    nothing set. With PGHOST set, Radar uses that server instead and starts none.
    """
    if not settings.is_embedded():
        out.print(f"PGHOST is set: Radar uses the server at {os.environ['PGHOST']}, and starts none.")
        return
    started = server.embedded().up()
    out.print(f"PostgreSQL {'started' if started else 'runs already'} on port {settings.port()}: {settings.dsn()}")


@app.command()
def down() -> None:
    """Stop the embedded PostgreSQL of this checkout. Its data stays."""
    if not settings.is_embedded():
        out.print(f"PGHOST is set: the server at {os.environ['PGHOST']} is not Radar's to stop.")
        return
    out.print("PostgreSQL stopped." if server.embedded().down() else "PostgreSQL was not running.")


@app.command()
def dsn() -> None:
    """Print the connection string that Radar uses, for example for `psql "$(radar dsn)"`."""
    out.print(settings.dsn())


def main() -> None:
    """Run the command line: code 0 on success, 1 on an error (one line on stderr), 2 when it is used wrongly."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    try:
        app()
    except RadarError as error:
        if "--debug" in sys.argv:
            traceback.print_exc()
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"[bold red]Error:[/] {error}")
        sys.exit(1)
