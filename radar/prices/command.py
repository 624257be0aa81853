"""The command `radar prices`."""

from typing import Annotated

import typer

from radar import settings
from radar.connection import session
from radar.errors import RadarError

app = typer.Typer(help="What calls of language models cost.", no_args_is_help=True)


class PriceError(RadarError):
    """Prices that were not taken."""


@app.callback()
def prices() -> None:
    """What calls of language models cost."""


@app.command()
def update(
    accept: Annotated[bool, typer.Option("--accept", help="Take prices that look like a slip, too.")] = False,
) -> None:
    """Fill ingest.model_pricing from the installed genai-prices list. Only what is new or changed is written.

    A changed price holds from now on: it never rewrites what calls have cost. Prices ten times higher or lower than
    before are refused, and the command leaves with code 1. Your own prices and aliases (fine-tuned or self-hosted
    models) are rows that you insert into ingest.model_pricing and ingest.model_aliases; they go before the list's.
    """
    from radar.prices.update import update as take  # the list, which other commands need not wait for

    with session(settings.dsn()) as connection:
        report = take(connection, accept=accept)
    for word, lines in (("new", report.added), ("changed", report.changed), ("alias", report.aliases)):
        for line in lines if word != "new" or len(lines) <= 20 else []:
            typer.echo(f"{word:8} {line}")
    typer.echo(
        f"{len(report.added):,} new, {len(report.changed):,} changed, {report.unchanged:,} unchanged prices;"
        f" {len(report.aliases):,} new names"
    )
    if report.refused:
        for line in report.refused:
            typer.echo(f"refused  {line}")
        raise PriceError(f"{len(report.refused)} prices look like a slip and were not taken: check them, then --accept")
