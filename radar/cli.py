"""The command line: one thin function for each command."""

import json
import os
import sys
import traceback
from datetime import datetime
from typing import Annotated

import typer

from radar import __version__, dbt, last_run, quickstart, server, settings
from radar.check.command import check_command
from radar.connection import session
from radar.demo.command import demo_data
from radar.doctor import doctor
from radar.errors import RadarError
from radar.last_run import Target, Vars, like_dbt
from radar.load.command import load_command
from radar.names import refuse_unknown
from radar.prices import command as prices

NOT_RUNNING = 3
"""The exit code of `radar status` when the server is down, as pg_ctl and systemctl have it."""

app = typer.Typer(
    name="radar",
    help="Raw web, product, agent and LLM events in PostgreSQL to sessions, metrics and notebooks.",
    epilog="PGHOST, PGHOSTADDR, PGSERVICE or DATABASE_URL names every command's server, else it is the embedded one.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"radar {__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Options of every command; `main` itself handles --debug, since an error ends typer."""


@app.command()
def up() -> None:
    """Start the embedded PostgreSQL of this checkout, unless it runs already.

    Its data is in .radar/pgdata. It listens on 127.0.0.1 only, on port 54330 or PGPORT. After this, `dbt build` works
    with nothing set. With PGHOST set, nothing is started: it only checks that the server there answers.
    """
    if settings.is_embedded():
        started = server.embedded().up()
        typer.echo(f"PostgreSQL {'started' if started else 'runs already'}: {settings.shown_dsn()}")
    else:
        version = server.describe(settings.dsn()).version
        where = f"PostgreSQL {version} answers: {settings.shown_dsn()}"
        typer.echo(f"{settings.named_by()} is set, so nothing is started; {where}")


@app.command()
def down() -> None:
    """Stop the embedded PostgreSQL of this checkout. Its data stays."""
    if settings.is_embedded():
        typer.echo("PostgreSQL stopped." if server.embedded().down() else "PostgreSQL was not running.")
    else:
        name = settings.named_by() or ""
        where = f"the server at {os.environ[name]}" if name.startswith("PGHOST") else "that server"
        typer.echo(f"{name} is set: {where} is not Radar's to stop.")


@app.command()
def status() -> None:
    """Tell whether the server runs, where, and how big the database is. Leaves with code 3 when it does not run."""
    embedded = server.embedded()
    if settings.is_embedded() and not embedded.is_running():
        typer.echo(f"PostgreSQL is not running: `{settings.called()} up` starts it.")
        raise typer.Exit(NOT_RUNNING)
    if settings.is_embedded():
        embedded.check_running_port()
    found = server.describe(settings.dsn())
    typer.echo(f"PostgreSQL {found.version} runs: {settings.shown_dsn()}")
    typer.echo(f"database  {found.database_bytes / 1e6:,.1f} MB")
    for line in server.progress(settings.dsn()):
        typer.echo(line)
    if settings.is_embedded():
        typer.echo(f"data      {embedded.data_dir}")
        typer.echo(f"log       {embedded.log_file}")


@app.command()
def dsn(
    as_url: Annotated[
        bool, typer.Option("--url", help="As postgresql://..., for tools that want one, with DATABASE_URL's password.")
    ] = False,
) -> None:
    """Print the connection string that Radar uses, for example for `psql "$(radar dsn)"`.

    Of the embedded server while it runs, the port is the one that it runs on. Without --url no password is shown:
    psql reads PGPASSWORD or the password file, or asks.
    """
    found = settings.dsn(server.embedded().running_port() if settings.is_embedded() else None)
    typer.echo(settings.as_url(found) if as_url else settings.without_password(found))


@app.command()
def schema(
    form: Annotated[str, typer.Option("--format", help="sql, json-schema (rows to send) or typescript.")] = "sql",
) -> None:
    """Print every table as its contract describes it."""
    from radar.schema import FORMATS, contracts

    if form not in FORMATS:
        raise typer.BadParameter(f"{form} is not one of {', '.join(FORMATS)}", param_hint="--format")
    typer.echo(FORMATS[form](contracts()), nl=False)


@app.command()
def retention(
    is_applied: Annotated[bool, typer.Option("--apply", help="Remove it; otherwise it is only told.")] = False,
    variables: Vars = None,
    target: Target = None,
) -> None:
    """Tell, for each table, what is older than its contract keeps; with --apply, remove it."""
    given = ("run-operation", "apply_retention", "--args", f"{{apply: {str(is_applied).lower()}}}", "--quiet")
    dbt.run(*last_run.options(*given, *like_dbt(variables, target)))


@app.command()
def erase(
    workspace: Annotated[str | None, typer.Option(help="Slug or id of the workspace.")] = None,
    project: Annotated[str | None, typer.Option(help="Slug of the project; without it, all of the workspace.")] = None,
    is_applied: Annotated[bool, typer.Option("--apply", help="Remove it; otherwise it is only told.")] = False,
    variables: Vars = None,
    target: Target = None,
) -> None:
    """Tell how many rows each table has of a workspace or project; with --apply, remove them and what follows.

    Raw and rejected rows, prices, derived tables and what the engine remembers go in one transaction, between two runs.
    Files, backups and an application's own tables are not Radar's to erase. Days of a workspace that retention has
    made final keep counting a project that is erased alone.
    """
    if not (workspace or project):
        raise typer.BadParameter("name what to erase", param_hint="--workspace or --project")
    as_runs_do = last_run.options(*like_dbt(variables, target))
    scope = {"workspace": workspace, "project": project, "apply": is_applied}
    if is_applied:
        dbt.run("run", "--quiet", *as_runs_do)
    dbt.run("run-operation", "erase", "--args", json.dumps(scope), "--quiet", *as_runs_do)
    if is_applied:
        dbt.run("run", "--quiet", *as_runs_do)
        dbt.run("run-operation", "prune_journals", "--quiet", *as_runs_do)


@app.command()
def recompute(
    workspace: Annotated[str | None, typer.Option(help="Slug of the workspace; all without it.")] = None,
    project: Annotated[str | None, typer.Option(help="Slug of the project; all without it.")] = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, included.")] = None,
    variables: Vars = None,
    target: Target = None,
) -> None:
    """Recompute past days after a goal, a domain or a time zone has changed, and everything that follows from them.

    New events need no such thing: every run follows them. Days that retention has reached stay as they are. Rows that
    come out the same are not written, so a second time changes nothing. Runs of agents belong to no project: with
    --project they are left out.
    """
    given = {
        "workspace": workspace,
        "project": project,
        "first_date": first and first.date().isoformat(),
        "last_date": last and last.date().isoformat(),
    }
    scope = {name: value for name, value in given.items() if value}
    as_runs_do = last_run.options(*like_dbt(variables, target))
    if "shared" not in as_runs_do:  # whose schemas have other names; the macro refuses there
        with session(settings.dsn()) as connection:
            refuse_unknown(connection, workspace, project)
    dbt.run("run-operation", "recompute", "--args", json.dumps(scope), "--quiet", *as_runs_do)
    dbt.run("run", "--quiet", *as_runs_do)


app.command("load")(load_command)


app.add_typer(prices.app, name="prices")


app.command("check")(check_command)
app.command("doctor")(doctor)


app.command("demo-data")(demo_data)


app.command("demo")(quickstart.demo)
app.command("build", context_settings=quickstart.PASS_ON)(quickstart.build)
app.command("lab", context_settings=quickstart.PASS_ON)(quickstart.lab)


def main() -> None:
    """Run the command line: code 0 on success, 1 on an error (one line on stderr), 2 when it is used wrongly."""
    os.environ["DO_NOT_TRACK"] = "1"
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    try:
        if arguments and not {"-h", "--help", "--version"} & set(arguments):
            settings.check_project()
        app(arguments)
    except Exception as error:
        if len(arguments) < len(sys.argv) - 1:
            traceback.print_exc()
        typer.secho(f"Error: {_line(error)}", fg="red", err=True)
        sys.exit(1)


def _line(error: Exception) -> str:
    """One line: Radar's own errors say what to do; of any other, its kind and how to learn more."""
    if isinstance(error, RadarError):
        return str(error).replace("`radar ", f"`{settings.called()} ")
    first = (str(error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {first} (`radar --debug ...` shows where)"
