"""One server for the whole run, one database built once, and a copy of it for each test that asks."""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from radar import dbt, settings
from radar.server import Server, embedded_bin_dir
from tests.second_server import OWNER, pooler_port, second_server

IS_SECOND = os.environ.get("RADAR_TEST_SERVER") == "second"
PREFIX = "My-App_DB_" if IS_SECOND else "radar_"
TEMPLATE = f"{PREFIX}template"
FOLLOWING = ("config.materialized:incremental_by_key",)
"""dbt's name for the models that follow raw rows."""
SHARED = settings.ROOT.parent / "shared"
"""Real data next to the checkout, on the machines that have it."""


def following(*folders: str) -> tuple[str, ...]:
    """dbt's names for those of some folders of models."""
    return tuple(f"models/{folder},{FOLLOWING[0]}" for folder in folders)


OF_VISITS = following("sessions", "daily", "attribution")
"""Half of them, at every depth: enough for tests of the engine, which is the same for all."""
PLAIN_TIMES: LiteralString = "set timezone = 'UTC'; set datestyle = 'ISO, MDY'"


@dataclass(frozen=True)
class Database:
    """A database of the test server: `env` leads any program of Radar, dbt or libpq to it.

    On the second server `dsn` is its owner's, through a pooler, and `direct_dsn` an administrator's, as tests need it.
    """

    dsn: str
    direct_dsn: str = ""

    @property
    def env(self) -> dict[str, str]:
        parts = conninfo_to_dict(self.dsn)
        names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGDATABASE": "dbname"}
        return {variable: str(parts[part]) for variable, part in names.items()}

    def connect(self, *, autocommit: bool = True) -> psycopg.Connection:
        return psycopg.connect(self.direct_dsn or self.dsn, autocommit=autocommit)

    def query(self, query: LiteralString, *parameters: object) -> list[Any]:
        with self.connect() as connection:
            return connection.execute(query, parameters).fetchall()

    def read(self, query: LiteralString, *parameters: object) -> list[Any]:
        """As `query`, with times in UTC and as psycopg can read them: not every server writes them so by itself."""
        with self.connect() as connection:
            connection.execute(PLAIN_TIMES)
            return connection.execute(query, parameters).fetchall()

    def execute(self, statement: LiteralString, *parameters: object) -> None:
        with self.connect() as connection:
            connection.execute(statement, parameters)

    def dbt(self, *args: str) -> Any:
        """Run dbt in this process; raises DbtError when a node fails."""
        with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # dbt's own, which are not ours to mend
            for name, value in self.env.items():
                patch.setenv(name, value)
            return dbt.run(*args)

    def build(self, *options: str, models: Sequence[str] = FOLLOWING) -> Any:
        """Run the models that follow raw rows. Views and raw tables stay the template's: that saves half a run."""
        return self.dbt("run", "--quiet", "--select", *models, *options)

    def start_dbt(self, *args: str) -> subprocess.Popen[str]:
        """Start dbt as a process of its own, for tests that kill it or run something beside it."""
        command = [str(Path(sys.executable).with_name("dbt")), *args, "--profiles-dir", "."]
        environment = {**os.environ, **self.env}
        return subprocess.Popen(
            command, cwd=settings.ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_bin_dir() -> Path:
    """The PostgreSQL under test: RADAR_TEST_PG_BIN (see `make test PG=15`), else the embedded one."""
    return Path(os.environ.get("RADAR_TEST_PG_BIN") or embedded_bin_dir())


def make_database(server: Server, name: str, template: str | None = None) -> Database:
    """A new database, or a copy: nobody may be connected to what it is a copy of, and a pooler's sessions linger."""
    if template:
        with psycopg.connect(server.dsn, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where datname = %s and pid <> pg_backend_pid()",
                [template],
            )
        _run(server, "create database {} template {}", name, template)
    else:
        _run(server, "create database {}", name)
    admin_dsn = make_conninfo(server.dsn, dbname=name)
    if not IS_SECOND:
        return Database(admin_dsn)
    _run(server, "alter database {} owner to {}", name, OWNER)
    return Database(make_conninfo(server.dsn, dbname=name, user=OWNER, port=pooler_port(server)), admin_dsn)


def build_template(database: Database) -> None:
    """Fill the database that every test's copy starts from: the whole project, without rows."""
    database.dbt("run", "--quiet")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The run's server: the embedded one, or with RADAR_TEST_SERVER=second that of tests/second_server.py."""
    with second_server() if IS_SECOND else _embedded_server() as server:
        yield server


@contextmanager
def _embedded_server() -> Iterator[Server]:
    """It skips what makes data survive a crash, and is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="radar-test-"))  # a short path, so that its socket fits
    server = Server(folder / "pgdata", server_bin_dir(), free_port(), is_durable=False)
    server.up()
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        # A table being analyzed is a transaction too: what a test has just stored would come a run later.
        connection.execute("alter system set autovacuum_naptime = '1d'")
        connection.execute("select pg_reload_conf()")
    try:
        yield server
    finally:
        server.down()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the developer's own server, dbt's artifacts and usage statistics out of the tests."""
    from dbt_common.behavior_flags import BehaviorFlagRendered

    folder = tmp_path_factory.mktemp("dbt")
    with pytest.MonkeyPatch.context() as patch:
        # For each of its flags dbt looks through all modules for each frame of the stack, which is deep here: finding
        # out who calls took a third of the suite's time.
        patch.setattr(BehaviorFlagRendered, "_default_source", staticmethod(lambda: "dbt.adapters"))
        for name in [name for name in os.environ if name.startswith("PG")]:
            patch.delenv(name)
        patch.setenv("DBT_TARGET_PATH", str(folder / "target"))
        patch.setenv("DBT_LOG_PATH", str(folder / "logs"))
        patch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
        # Nobody reads what a tenth of each run would go into.
        patch.setenv("DBT_LOG_LEVEL_FILE", "none")
        patch.setenv("DBT_WRITE_JSON", "false")
        patch.setenv("DO_NOT_TRACK", "1")
        yield


@pytest.fixture(scope="session")
def template_database(server: Server) -> Database:
    """The database that copies are made of. Nobody may be connected to it while they are."""
    template = make_database(server, TEMPLATE)
    build_template(template)
    return template


@pytest.fixture
def new_database(server: Server, template_database: Database) -> Iterator[Callable[[], Database]]:
    """Makes copies of the template, for tests that compare two: the first is radar_1, and so on."""
    names = (f"{PREFIX}{number}" for number in itertools.count(1))
    made: list[str] = []

    def make() -> Database:
        made.append(next(names))
        return make_database(server, made[-1], TEMPLATE)

    yield make
    for name in made:
        _run(server, "drop database if exists {} with (force)", name)


@pytest.fixture
def database(new_database: Callable[[], Database]) -> Database:
    """A copy of the template for this test alone."""
    return new_database()


@pytest.fixture(scope="session")
def tenants(server: Server, template_database: Database) -> Iterator[Database]:
    """A built database of two tenants, for tests that leave nothing behind in it."""
    from tests.tenants import ALPHA, BRAVO, add_tenant, copy_of

    with copy_of(server, TEMPLATE, "radar_tenants") as database:
        add_tenant(database, ALPHA)
        add_tenant(database, BRAVO)
        database.dbt("run", "--quiet")
        yield database


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data; skips the test on machines that do not have it."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the real data is not on this machine")
    return SHARED / "data"


def _run(server: Server, statement: LiteralString, *names: str) -> None:
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
