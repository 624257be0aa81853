"""The command `radar check`."""

import json
from datetime import UTC, datetime
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console

from radar import settings
from radar.check import data_tests, suite
from radar.check.contracts import contracts, variables
from radar.check.expectations import batches
from radar.check.findings import Report
from radar.connection import session
from radar.errors import RadarError
from radar.last_run import Target, Vars, like_dbt

_MOMENT = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]


def check_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON, for CI.")] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=_MOMENT, help="Judge the feeds as of this moment (UTC), for old data. Default: now."),
    ] = None,
    variables_: Vars = None,
    target: Target = None,
) -> None:
    """Run the quality gate: data tests, and the expectations that contracts make. Leaves with code 1 if one fails.

    The report says where to look. Pages with every expectation are in .radar/data_docs.
    """
    moment = (as_of or datetime.now(UTC)).replace(tzinfo=UTC)
    report = check(moment, *like_dbt(variables_, target))
    if as_json:
        typer.echo(json.dumps(report.as_json(), indent=2))
    else:
        report.show(Console())
    raise typer.Exit(0 if report.is_passed else 1)


def check(as_of: datetime, *options: str) -> Report:
    """Judge the database as of a moment, with dbt's --vars and --target or those of the last run.

    Raises RadarError when its tables are not there.
    """
    began = monotonic()
    _refuse_empty()
    report = Report(as_of)
    report.tests, report.findings = data_tests.run(*options)
    report.docs = suite.DOCS / "index.html"
    with suite.quiet():
        promised = batches(contracts(), variables(*options), as_of)
    report.expectations, found = suite.run(promised, suite.DOCS)
    report.findings = found + report.findings
    report.seconds = monotonic() - began
    return report


def _refuse_empty() -> None:
    with session(settings.dsn()) as connection:
        row = connection.execute("select count(*) from pg_class where relname = 'daily_site_metrics'").fetchone()
    if row == (0,):
        raise RadarError("there is nothing to check: run `dbt build` first, it makes the tables")
