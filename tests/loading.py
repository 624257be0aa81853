"""A project to load into, and events to load: for the tests of `radar load` and ingest.track."""

import datetime as dt
import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from radar.load.loader import Request, load
from radar.load.report import Counts
from radar.load.sources import Source, open_sources
from tests.conftest import Database

WORKSPACE = UUID("11111111-1111-1111-1111-111111111111")
PROJECT = UUID("22222222-2222-2222-2222-222222222222")
KEY = "wk_shop"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def make_project(database: Database) -> None:
    """A workspace and a project, shop, with the write key wk_shop."""
    database.execute("insert into app.workspaces (workspace_id, name, slug) values (%s, 'Acme', 'acme')", WORKSPACE)
    database.execute(
        "insert into ingest.projects (workspace_id, project_id, name, slug, domain, write_key)"
        " values (%s, %s, 'Shop', 'shop', 'shop.example', %s)",
        WORKSPACE,
        PROJECT,
        KEY,
    )


def message(number: int = 0, **changes: Any) -> dict[str, Any]:
    """A page view; each number is another message a second later."""
    time = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC) + dt.timedelta(seconds=number)
    page = {"url": f"https://shop.example/product/{number}?ref=x", "path": f"/product/{number}", "title": "A product"}
    plain = {
        "type": "page",
        "messageId": f"message-{number}",
        "anonymousId": f"visitor-{number % 7}",
        "timestamp": time.isoformat().replace("+00:00", "Z"),
        "context": {"page": page, "userAgent": CHROME, "ip": "203.0.113.77"},
    }
    return plain | changes


def write_lines(path: Path, messages: Iterable[Any], *, is_gzipped: bool = False) -> Path:
    """JSON lines; bytes are written as they are."""
    data = b"".join((item if isinstance(item, bytes) else orjson.dumps(item)) + b"\n" for item in messages)
    path.write_bytes(gzip.compress(data) if is_gzipped else data)
    return path


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """A file that holds one, open as long as the block."""
    sources = open_sources([str(path)])
    yield next(sources)
    sources.close()


def load_file(database: Database, *paths: Path, **request: Any) -> Counts:
    """Load files into the project."""
    return load([str(path) for path in paths], Request(**{"project": "shop"} | request), database.dsn)


def events(database: Database) -> list[dict[str, Any]]:
    """The stored events, their times in UTC whatever the server's zone is."""
    return [row for (row,) in database.read(EVENTS)]


EVENTS = """
    select to_jsonb(events) - '{ingest_xid,received_at,arrival_number}'::text[]
    from ingest.events order by message_id, occurred_at"""
REJECTED = """
    select reason, count(*) from ingest.rejected_events group by reason order by reason"""
