"""Runs the suite with Great Expectations and turns what failed into findings."""

import logging
import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from radar import settings
from radar.check.docs import open_without_internet
from radar.check.expectations import Batch, Promise
from radar.check.findings import Finding
from radar.connection import session, session_settings

if TYPE_CHECKING:
    from great_expectations.data_context.data_context.abstract_data_context import AbstractDataContext

DOCS = settings.STATE / "data_docs"
PLACES = 3
"""Days that are named for each expectation that failed, the latest first."""


def run(batches: list[Batch], folder: Path) -> tuple[int, list[Finding]]:
    """Run all expectations, write their pages to `folder`, and return how many there were and what failed."""
    with quiet(), own_connections():
        return _run(batches, folder)


@contextmanager
def quiet() -> Iterator[None]:
    """Great Expectations may be imported and run here: it says and sends nothing."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # it reads this when it is imported
    logging.disable(logging.WARNING)  # its notes, which dbt's logger would print
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its own, which are not ours to mend
            yield
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def own_connections() -> Iterator[None]:
    """Those of Great Expectations: their transactions begin like ours, and none is left to the garbage collector."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    opened: list[Any] = []

    def remember(connection: Any, _: Any) -> None:
        opened.append(connection)

    def begin(connection: Any) -> None:
        connection.exec_driver_sql(session_settings())

    event.listen(Engine, "connect", remember)
    event.listen(Engine, "begin", begin)
    try:
        yield
    finally:
        event.remove(Engine, "begin", begin)
        event.remove(Engine, "connect", remember)
        for connection in opened:
            connection.close()


def _run(batches: list[Batch], folder: Path) -> tuple[int, list[Finding]]:
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    checkpoint = gx.Checkpoint(
        name="radar", validation_definitions=_definitions(context, batches), result_format="BASIC"
    )
    outcome = context.checkpoints.add(checkpoint).run()
    runs = list(outcome.run_results.values())
    _write_docs(context, folder, runs)
    results = [result for run in runs for result in run.results]
    by_place = {(number, place): promise for number, batch in enumerate(batches) for place, promise in _numbered(batch)}
    with session(settings.dsn()) as connection:
        failed = [tuple(cast(Any, result.expectation_config).meta["place"]) for result in results if not result.success]
        findings = [found for place in failed for found in _findings(connection, batches[place[0]], by_place[place])]
    return len(results), findings


def _numbered(batch: Batch) -> Iterator[tuple[int, Promise]]:
    return enumerate(batch.promises)


def _definitions(context: "AbstractDataContext", batches: list[Batch]) -> list[Any]:
    import great_expectations as gx

    address = "postgresql+psycopg:///?" + urlencode(dict(conninfo_to_dict(settings.dsn())))
    # add_postgres refuses the address of a socket, and its temporary tables would be copies of every batch.
    source = context.data_sources.add_sql("radar", connection_string=address, create_temp_table=False)
    definitions = []
    for number, batch in enumerate(batches):
        name = f"{batch.contract.relation}{' feed' if _is_feed(batches, number) else ''}"
        suite = context.suites.add(gx.ExpectationSuite(name))
        for place, promise in _numbered(batch):
            promise.expectation.meta = {"place": [number, place]}
            suite.add_expectation(promise.expectation)
        data = source.add_query_asset(name, query=batch.query).add_batch_definition_whole_table("recent rows")
        definition = gx.ValidationDefinition(name=name, data=data, suite=suite)
        definitions.append(context.validation_definitions.add(definition))
    return definitions


def _is_feed(batches: list[Batch], number: int) -> bool:
    return number > 0 and batches[number - 1].contract is batches[number].contract


def _write_docs(context: "AbstractDataContext", folder: Path, runs: list[Any]) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # pages of earlier runs would stay
    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)}
    index = {"class_name": "DefaultSiteIndexBuilder"}
    site: Any = {"class_name": "SiteBuilder", "site_index_builder": index, "store_backend": store}
    context.add_data_docs_site("radar", site)
    context.build_data_docs(site_names=["radar"])
    open_without_internet(folder, [(run.suite_name, bool(run.success), len(run.results)) for run in runs])


def _findings(connection: psycopg.Connection[Any], batch: Batch, promise: Promise) -> list[Finding]:
    """Where the rows are: one finding for each of the latest days, or one for all where rows have no day."""
    relation = batch.contract.relation
    try:
        with connection.transaction():
            places = _places(connection, batch, promise)
    except psycopg.Error as error:  # a column is not there: the finding about columns says so too
        reason = str(error).splitlines()[0]
        return [Finding(promise.check, relation, _look(relation, promise, None), promise.column, detail=reason)]
    return [
        Finding(promise.check, relation, _look(relation, promise, day), promise.column, day, rows, detail)
        for day, detail, rows in places
    ]


def _places(connection: psycopg.Connection[Any], batch: Batch, promise: Promise) -> list[tuple[date | None, str, int]]:
    """The latest days of the rows that break a promise, what is wrong there, and how many rows it is."""
    bad = promise.bad.replace("{batch}", f"({batch.query}) as subselect")
    cursor = connection.execute(cast(Any, f"select * from ({bad}) as bad limit 0"))
    columns = [column.name for column in cursor.description or []]
    day = next((name for name in ("day", batch.contract.day) if name in columns), "null::date")
    detail = "detail" if "detail" in columns else "''"
    query = f"select {day}, {detail}, count(*) from ({bad}) as bad group by 1, 2 order by 1 desc limit {PLACES}"
    return connection.execute(cast(Any, query)).fetchall()


def _look(relation: str, promise: Promise, day: date | None) -> str:
    """The shortest SQL that shows the rows; a feed's query is long, and its detail says what it found."""
    text = " ".join(promise.bad.replace("{batch}", relation).split())
    if not text.startswith("select *"):
        return f"select * from {relation}" + (f" where {promise.contract.day} = '{day}'" if day else "")
    return f"{text} and {promise.contract.day} = '{day}'" if day and promise.contract.day else text
