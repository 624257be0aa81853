"""Events of one instant: the order of their file or batch decides, else that of their arrival."""

import gzip
import json
from collections import defaultdict
from contextlib import suppress
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from radar.load import messages, rows
from radar.load.access_log import message_of, read_line
from radar.load.project import Project
from tests.conftest import Database
from tests.loading import KEY, PROJECT, WORKSPACE, load_file, make_project

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

TIME = "2026-03-01T12:00:00Z"
PATHS = [f"/{''.join(letters)}" for letters in permutations("abcd")]
"""In an order that no hash of an id has."""


def log_line(path: str) -> str:
    return f'203.0.113.7 - - [01/Mar/2026:12:00:00 +0000] "GET {path} HTTP/1.1" 200 5 "-" "Firefox"\n'


def message(visitor: str, path: str) -> dict[str, Any]:
    page = {"url": f"https://shop.example{path}", "path": path}
    return {"type": "page", "anonymousId": visitor, "timestamp": TIME, "context": {"page": page}}


def insert(database: Database, **columns: Any) -> None:
    names = ["workspace_id", "project_id", "occurred_at", *columns]
    database.execute(
        f"insert into ingest.events ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})",
        WORKSPACE, PROJECT, TIME, *columns.values(),
    )  # fmt: skip


def viewed(database: Database) -> dict[str, list[str]]:
    """Paths of each visitor in their order in the visit."""
    rows = database.query(
        "select anonymous_id, page_path from analytics.pageviews order by 1, session_id, pageview_number"
    )
    found = defaultdict(list)
    for visitor, path in rows:
        found[visitor].append(path)
    return found


def test_the_order_of_file_batch_and_arrival_holds(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In chunks of a few rows, which two connections store as they come."""
    monkeypatch.setattr(messages, "CHUNK_MESSAGES", 3)
    monkeypatch.setattr(rows, "CHUNK_ROWS", 3)
    make_project(database)
    lines = {
        "a.log": "".join(map(log_line, PATHS)),
        "b.jsonl": "".join(json.dumps(message("json", path)) + "\n" for path in PATHS),
        "c.jsonl": "".join(
            json.dumps([message("arrays", path) for path in PATHS[i : i + 5]]) + "\n" for i in range(0, 24, 5)
        ),
        "d.csv": "occurred_at,anonymous_id,event_type,page_path\n"
        + "".join(f"{TIME},csv,pageview,{p}\n" for p in PATHS),
    }
    files = []
    for name, text in lines.items():
        (tmp_path / name).write_text(text)
        files.append(tmp_path / name)
    for file in files:
        load_file(database, file)
    database.query("select ingest.track(%s, %s)", KEY, Jsonb([message("track", path) for path in PATHS]))
    items = [{"event_type": "pageview", "page_path": path} for path in PATHS]
    insert(database, anonymous_id="batch", event_type="batch", properties=Jsonb({"events": items}))
    for path in PATHS:
        insert(database, anonymous_id="rows", event_type="pageview", page_path=path)
    database.build()
    found = viewed(database)
    log_visitor = next(
        visitor for visitor in found if visitor not in {"json", "arrays", "csv", "track", "batch", "rows"}
    )
    assert found.pop(log_visitor) == PATHS
    assert found == dict.fromkeys(["json", "arrays", "csv", "track", "batch", "rows"], PATHS)
    assert set(database.query("select entry_path, exit_path from analytics.sessions")) == {(PATHS[0], PATHS[-1])}

    # Loaded again, and built anew, nothing changes.
    for file in files:
        assert load_file(database, file).accepted == 0
    before = database.query("select to_jsonb(found) from analytics.session_events as found order by 1")
    database.build("--full-refresh")
    assert database.query("select to_jsonb(found) from analytics.session_events as found order by 1") == before


def test_what_clients_write_there_never_stops_a_run(database: Database) -> None:
    """Old rows have no number; a hostile one may be any, and so may a batch's length."""
    make_project(database)
    for number in (None, 9223372036854775807, -9223372036854775808):
        insert(database, anonymous_id="a", event_type="pageview", page_path=f"/{number}", arrival_number=number)
    database.build()
    assert len(database.query("select from analytics.session_events")) == 3


def test_a_rotated_log_goes_on_where_the_one_before_it_ended(database: Database, tmp_path: Path) -> None:
    make_project(database)
    for name, paths in (("old.log", PATHS[:12]), ("new.log", PATHS[12:])):
        (tmp_path / name).write_text("".join(map(log_line, paths)))
        load_file(database, tmp_path / name)
    database.build()
    assert list(viewed(database).values()) == [PATHS]


def test_ties_of_a_real_log_are_in_the_order_of_its_lines(database: Database, shared_data: Path) -> None:
    make_project(database)
    file = shared_data / "web_semicomplete_2015" / "access_10k.log.gz"
    load_file(database, file)
    database.build()
    rows = database.query(
        "select anonymous_id, page_url from analytics.session_events where event_type = 'pageview'"
        ' order by anonymous_id collate "C", occurred_at, session_id, pageview_number'
    )
    visitors = {visitor for visitor, _ in rows}
    assert rows == [(visitor, url) for visitor, _, url in expected_views(file) if visitor in visitors]


def expected_views(file: Path) -> list[tuple[str, str, str]]:
    """Visitor, time and address of each page, by visitor and time; sorting keeps the order of lines."""
    project = Project(WORKSPACE, PROJECT, "shop", "shop.example", KEY)
    views = []
    for line in gzip.decompress(file.read_bytes()).decode("utf-8", "replace").split("\n"):
        with suppress(ValueError):  # a line that is rejected
            page = message_of(read_line(line), project)
            if page["type"] == "page":
                views.append((page["anonymousId"], page["timestamp"], page["context"]["page"]["url"]))
    return sorted(views, key=lambda view: view[:2])
