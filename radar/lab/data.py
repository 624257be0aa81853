"""Queries of a notebook: one connection, named parameters, a pandas frame back."""

from functools import cache
from typing import Any, LiteralString

import pandas as pd
import psycopg
from psycopg.rows import dict_row
from psycopg.types.numeric import FloatLoader

from radar import settings
from radar.connection import open_connection, transaction
from radar.errors import RadarError, ServerError

_DAY = "datetime64[s]"
_DTYPES = {
    psycopg.adapters.types[name].oid: dtype
    for name, dtype in {
        "date": _DAY,
        "int4": "int64",
        "int8": "int64",
        "float8": "float64",
        "numeric": "float64",
    }.items()
}


class LabError(RadarError):
    """A notebook asks for what is not there."""

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows instead of a traceback: it is the question that is wrong, not the code."""
        return [f"{type(self).__name__}: {self}"]


@cache
def connect() -> psycopg.Connection[dict[str, Any]]:
    """The notebook's connection to the server of `radar dsn`. Raises LabError when it is down."""
    try:
        connection = open_connection(settings.dsn(), name="radar lab", row_factory=dict_row)
    except ServerError as error:
        raise LabError(str(error)) from error
    connection.adapters.register_loader("numeric", FloatLoader)
    return connection


def query(statement: LiteralString, **parameters: object) -> pd.DataFrame:
    """The rows of a query as a frame: numbers as floats, dates as days without a time zone, times in UTC.

    Parameters are written %(name)s, a percent sign then %%. Raises LabError when Radar's tables are not there yet.
    """
    try:
        with transaction(connect()) as connection:
            connection.execute("set transaction read only")
            cursor = connection.execute(statement, parameters)
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName) as error:
        raise LabError("the tables are not there yet: run `radar build`") from error
    frame = pd.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description or []])
    # Said by the database, so that a query without rows has columns of the same types as one with many.
    types = {
        column.name: _DTYPES[column.type_code] for column in cursor.description or [] if column.type_code in _DTYPES
    }
    return frame.astype({name: dtype for name, dtype in types.items() if frame.empty or dtype == _DAY})
