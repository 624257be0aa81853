"""Where things are, and which database is meant: the libpq variables, else the embedded server of this checkout."""

import os
import shutil
import sys
from pathlib import Path

from psycopg.conninfo import make_conninfo

from radar.errors import RadarError

_PROJECT = "dbt_project.yml"


def _project_folder() -> Path:
    """RADAR_HOME, else the checkout that this package lies in, else the folder that one works in, or one above it.

    A package that was installed away from its checkout has no project beside it: nothing may be written there.
    """
    if home := os.environ.get("RADAR_HOME"):
        return Path(home).expanduser().resolve()
    here = Path.cwd()
    folders = [Path(__file__).resolve().parents[1], here, *here.parents]
    return next((folder for folder in folders if _is_project(folder)), here)


def _is_project(folder: Path) -> bool:
    return (folder / _PROJECT).is_file() and (folder / "macros" / "engine").is_dir()


ROOT = _project_folder()
"""The project folder: it holds dbt_project.yml and profiles.yml."""

STATE = ROOT / ".radar"
"""What Radar keeps for this checkout: the embedded server's data and log, rendered pages."""

EMBEDDED_PORT = 54330
"""Away from 5432, where a machine's own PostgreSQL listens."""


def check_project() -> None:
    """Raises RadarError when there is no project folder."""
    if not _is_project(ROOT):
        raise RadarError(
            f"{ROOT} is no checkout of Radar, which holds the models: run this in one, or set RADAR_HOME to it"
        )


def called(program: str = "radar") -> str:
    """What to type for a program of ours: its name where it is on the PATH, else the path of the one beside Python."""
    ours = Path(sys.executable).with_name(program)
    found = shutil.which(program)
    if found or not ours.exists():
        return program
    return str(ours.relative_to(Path.cwd()) if ours.is_relative_to(Path.cwd()) else ours)


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
