"""Where things are, and which database is meant: the libpq variables, else the embedded server of this checkout."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Conninfo

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


VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
}
ELSEWHERE = ("PGHOST", "PGHOSTADDR", "PGSERVICE", "DATABASE_URL")
"""Each of them alone says that another server than the embedded one is meant; the first that is set decides."""


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
    """True when nothing names a server: Radar then uses, and may start and stop, the one of this checkout."""
    return named_by() is None


def named_by() -> str | None:
    """The variable that names the server, None when it is the embedded one."""
    named = [name for name in ELSEWHERE if os.environ.get(name)]
    if named == ["DATABASE_URL"] and not os.environ["DATABASE_URL"].startswith("postgres"):
        return None  # an application's own, of another kind
    return named[0] if named else None


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
    return ": `radar up` starts it" if is_embedded() else f": {named_by()} says where it is"


def dsn(running_port: int | None = None) -> str:
    """The libpq connection string of the database that dbt uses too (profiles.yml has the same defaults).

    A password is not part of it, unless DATABASE_URL has one: libpq itself reads PGPASSWORD and the password file, as
    it does PGSSLMODE.
    """
    if named_by() == "DATABASE_URL":
        parts: dict[str, Any] = dict(conninfo_to_dict(os.environ["DATABASE_URL"]))
        return make_conninfo(**parts)
    if named_by() == "PGSERVICE":
        return make_conninfo(service=os.environ["PGSERVICE"])
    return make_conninfo(
        host=os.environ.get("PGHOST") or os.environ.get("PGHOSTADDR") or "127.0.0.1",
        port=running_port or port(),
        user=os.environ.get("PGUSER") or "postgres",
        dbname=os.environ.get("PGDATABASE") or "radar",
    )


def shown_dsn() -> str:
    """What `dsn` returns, to show to people."""
    return without_password(dsn())


def without_password(conninfo: str) -> str:
    """A connection string to show: what is printed ends up in logs and screenshots."""
    parts: dict[str, Any] = dict(conninfo_to_dict(conninfo))
    shown = {name: value for name, value in parts.items() if name not in ("password", "sslpassword")}
    return conninfo if shown == parts else make_conninfo(**shown)


def as_url(conninfo: str) -> str:
    """A connection string as a URL, with what does not belong into its path as parameters."""
    parts = {name: quote(str(value), safe="") for name, value in conninfo_to_dict(conninfo).items()}
    user, password, host, port, name = (parts.pop(key, "") for key in ("user", "password", "host", "port", "dbname"))
    login = f"{user}{f':{password}' if password else ''}@" if user else ""
    rest = "&".join(f"{key}={value}" for key, value in parts.items())
    return f"postgresql://{login}{host}{f':{port}' if port else ''}/{name}{f'?{rest}' if rest else ''}"


def export_dsn() -> None:
    """Say in libpq's plain variables what a service or a URL says: dbt's profile reads nothing else."""
    if named_by() not in ("PGSERVICE", "DATABASE_URL"):
        return
    defaults = {option.keyword: option.val for option in Conninfo.get_defaults()}  # a service's file is in them
    given = {**{key.decode(): value.decode() for key, value in defaults.items() if value}, **conninfo_to_dict(dsn())}
    for keyword, variable in VARIABLES.items():
        if given.get(keyword):
            os.environ[variable] = str(given[keyword])
