"""Where things are, and which database is meant: the libpq variables, else the embedded server of this checkout."""

import os
from pathlib import Path

from psycopg.conninfo import make_conninfo

from radar.errors import RadarError

ROOT = Path(__file__).resolve().parents[1]
"""The project folder: it holds dbt_project.yml and profiles.yml."""

STATE = ROOT / ".radar"
"""What Radar keeps for this checkout: the embedded server's data and log, rendered pages."""

EMBEDDED_PORT = 54330
"""Away from 5432, where a machine's own PostgreSQL listens."""


def is_embedded() -> bool:
    """True when PGHOST is not set: Radar then uses, and may start and stop, the server of this checkout."""
    return not os.environ.get("PGHOST")


def port() -> int:
    """PGPORT, else 54330 for the embedded server and PostgreSQL's own 5432 for a host that was named.

    Raises RadarError when PGPORT is no port.
    """
    text = os.environ.get("PGPORT") or str(EMBEDDED_PORT if is_embedded() else 5432)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise RadarError(f"PGPORT is {text!r}: set it to a number from 1 to 65535, or unset it")
    return int(text)


def how_to_start() -> str:
    """The end of an error about a server that does not answer."""
    return ": `radar up` starts it" if is_embedded() else ": PGHOST and its like say where it is"


def dsn() -> str:
    """The libpq connection string of the database that dbt uses too (profiles.yml has the same defaults).

    A password is not part of it: libpq itself reads PGPASSWORD and the password file, as it does PGSSLMODE.
    """
    return make_conninfo(
        host=os.environ.get("PGHOST") or "127.0.0.1",
        port=port(),
        user=os.environ.get("PGUSER") or "postgres",
        dbname=os.environ.get("PGDATABASE") or "radar",
    )
