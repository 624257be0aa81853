"""Tables of every kind on their way in: columns, values and times, exactly as they are or refused with the reason."""

import datetime as dt
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest

from radar.load.errors import LoadError
from radar.load.report import Counts
from radar.load.values import as_list
from radar.load.workers import Workers
from tests.conftest import Database
from tests.loading import REJECTED, load_file, make_project, message, write_lines


@pytest.fixture
def shop(database: Database) -> Database:
    make_project(database)
    return database


def table(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def query(database: Database, columns: str) -> list[Any]:
    return database.query(f"select {columns} from ingest.events order by occurred_at, message_id")


TIMES = [
    "1614592800",
    "2021-03-01 10:00:00 UTC",
    "now",
    "tomorrow",
    "infinity",
    "01/02/2026",
    "2021-02-30",
    "1614592800000",
]


def test_times_mean_the_same_in_every_kind_of_file(shop: Database, tmp_path: Path) -> None:
    rows = [{"anonymous_id": f"v{number}", "occurred_at": time} for number, time in enumerate(TIMES)]
    table(tmp_path / "a.csv", "anonymous_id,occurred_at", *(",".join(row.values()) for row in rows))
    pl.DataFrame(rows).write_parquet(tmp_path / "a.parquet")
    write_lines(tmp_path / "a.jsonl", rows)
    for name in ("a.csv", "a.parquet", "a.jsonl"):
        shop.execute("truncate ingest.events, ingest.rejected_events")
        counts = load_file(shop, tmp_path / name)
        assert (counts.accepted, counts.rejected) == (3, {"invalid": 5})
        assert query(shop, "distinct occurred_at::text, 1 as message_id") == [("2021-03-01 10:00:00+00", 1)]
        for (detail,) in shop.query("select detail from ingest.rejected_events"):
            assert "ISO 8601" in detail
            assert "--time-format" in detail


def test_another_layout_of_times_is_named(shop: Database, tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", "when;who", "01/02/2026 10:00;a", "2026-02-01T10:00:00Z;b")
    mapping = {"when": "occurred_at", "who": "anonymous_id"}
    counts = load_file(shop, file, mapping=mapping, time_format="%d/%m/%Y %H:%M")
    assert (counts.accepted, counts.rejected) == (1, {"invalid": 1})
    assert query(shop, "occurred_at::text") == [("2026-02-01 10:00:00+00",)]


def test_empty_is_missing_quoted_or_not(shop: Database, tmp_path: Path) -> None:
    file = table(
        tmp_path / "a.csv", "message_id,occurred_at,anonymous_id,session_id,plan", *['"","2026-05-04","v","",""'] * 3
    )
    assert load_file(shop, file).accepted == 3
    assert query(shop, "session_id, properties") == [(None, {})] * 3
    assert load_file(shop, file).duplicate == 3


def test_columns_of_any_name_and_number(shop: Database, tmp_path: Path) -> None:
    names = ["discount %", "%s", "extra", "source_line", 'a "quoted" name', "x" * 100, *(f"c{n}" for n in range(2000))]
    header = ",".join(["occurred_at", "anonymous_id", *(f'"{name.replace(chr(34), chr(34) * 2)}"' for name in names)])
    load_file(shop, table(tmp_path / "a.csv", header, ",".join(["2026-05-04", "v", *(["7"] * len(names))])))
    assert query(shop, "properties") == [(dict.fromkeys(names, "7"),)]


def test_a_backslash_and_a_dot_end_nothing(shop: Database, tmp_path: Path) -> None:
    file = table(
        tmp_path / "a.csv",
        "occurred_at,anonymous_id,note",
        '2026-05-04,a,"one',
        "\\.",
        'two"',
        "\\.",
        "2026-05-05,b,\\N",
    )
    counts = load_file(shop, file)
    assert (counts.read, counts.accepted, counts.rejected) == (3, 2, {"invalid": 1})
    assert query(shop, "properties ->> 'note'") == [("one\n\\.\ntwo",), ("\\N",)]


def test_bad_quotes_and_bytes_cost_one_row(shop: Database, tmp_path: Path) -> None:
    lines = [b"occurred_at,anonymous_id,note", b'2026-05-04,a,"x"y', b"2026-05-04,\xff,z", b"2026-05-04,c\0,z"]
    counts = load_file(shop, write_lines(tmp_path / "a.csv", lines))
    assert (counts.accepted, counts.rejected) == (1, {"invalid": 1, "unparsable": 1})
    assert query(shop, "anonymous_id") == [("c",)]
    with pytest.raises(LoadError, match="a quote that opens near line 2"):
        load_file(shop, table(tmp_path / "b.csv", "occurred_at,anonymous_id", '2026-05-04,"a', "2026-05-05,b"))


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_counts_are_whole_numbers_however_they_are_written(shop: Database, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"a.{kind}"
    rows = [("1", 1200.0, 3), ("2", 1.5, 3), ("3", 1e300, 3)]
    frame = pl.DataFrame(rows, schema=["call_id", "input_tokens", "output_tokens"], orient="row")
    frame = frame.with_columns(model=pl.lit("gpt-4o"), occurred_at=pl.lit("2026-05-04"))
    if kind == "jsonl":
        write_lines(file, frame.to_dicts())
    else:
        getattr(frame, f"write_{kind}")(file)
    counts = load_file(shop, file)
    assert (counts.accepted, counts.rejected) == (1, {"invalid": 2})
    assert shop.query("select input_tokens from ingest.llm_calls") == [(1200,)]


def test_whole_numbers_of_any_length_stay_as_they_are(shop: Database, tmp_path: Path) -> None:
    number = "123456789012345678901234567890"
    head = '{"type":"track","anonymousId":"a","timestamp":"2026-05-04T12:00:00Z",'
    sent = head + f'"properties":{{"number":{number}}}}}'
    lines = [sent, f'{{"batch":[{sent}]}}', f"[{sent}]", sent.replace("{", '{"messageId":"1",', 1)]
    counts = load_file(shop, write_lines(tmp_path / "a.jsonl", [line.encode() for line in lines]))
    assert counts.accepted == 4
    assert query(shop, "distinct properties ->> 'number', 1 as occurred_at, 1 as message_id") == [(number, 1, 1)]


def test_types_of_parquet(shop: Database, tmp_path: Path) -> None:
    start = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    frame = pl.DataFrame(
        {
            "occurred_at": [start, start + dt.timedelta(hours=1)],
            "anonymous_id": [42.0, float("nan")],
            "user_id": ["a", "b"],
            "screen_width": [1200.0, None],
            "price": [Decimal("12345678901234567890.12"), None],
            "big": [2**64 - 1, 1],
            "tags": [["x"], ["y", "z"]],
            "inner": [{"a": {"b": 1}}, {"a": {"b": None}}],
            "day": [dt.date(2026, 5, 4), None],
        }
    )
    frame = frame.with_columns(
        pl.col("occurred_at").cast(pl.Datetime("ns", "UTC")),
        pl.col("user_id").cast(pl.Categorical),
        pl.col("big").cast(pl.UInt64),
    )
    frame.write_parquet(tmp_path / "a.parquet")
    assert load_file(shop, tmp_path / "a.parquet").accepted == 2
    first, second = query(shop, "anonymous_id, user_id, screen_width, occurred_at::text, properties")
    assert first[:4] == ("42", "a", 1200, "2026-05-04 12:00:00+00")
    assert first[4] == {
        "price": "12345678901234567890.12", "big": 2**64 - 1, "tags": ["x"], "inner": {"a": {"b": 1}},
        "day": "2026-05-04",
    }  # fmt: skip
    assert second[:3] == (None, "b", None)
    frame.with_columns(key=pl.lit(b"0123456789abcdef"), keys=pl.lit([[b"a"]])).write_parquet(tmp_path / "b.parquet")
    with pytest.raises(LoadError, match="columns key, keys of b"):
        load_file(shop, tmp_path / "b.parquet")


def test_json_of_ones_own_with_paths_constants_and_values(shop: Database, tmp_path: Path) -> None:
    lines = [
        {"who": {"id": 42, "plan": "pro"}, "at": 1614592800123, "kind": "page_view", "id": 10**25},
        {"who": {"id": "b"}, "at": "2021-03-01", "kind": "click", "a.b": 1},
        {"who": None, "at": "2021-03-01"},
    ]
    options: dict[str, Any] = {
        "mapping": {"who.id": "anonymous_id", "at": "occurred_at", "kind": "event_type", "a.b": "event_name"},
        "values": {"event_type": {"page_view": "pageview"}},
        "constants": {"utm_source": "own"},
    }
    columns = "anonymous_id, event_type, event_name, utm_source, properties"
    expected = [
        ("b", "click", "1", "own", {}),
        ("42", "pageview", None, "own", {"who": {"plan": "pro"}, "id": 10**25}),
    ]
    for layout in (b"\n".join(map(dumps, lines)), dumps(lines), dumps({"data": lines})):
        (tmp_path / "a.json").write_bytes(layout)
        shop.execute("truncate ingest.events")
        counts = load_file(shop, tmp_path / "a.json", **options)
        assert (counts.accepted, counts.rejected) == (2, {"no_id": 1})
        assert query(shop, columns) == expected
        assert load_file(shop, tmp_path / "a.json", **options).duplicate == 2


def dumps(content: Any) -> bytes:
    return json.dumps(content).encode()  # which, unlike orjson, writes long numbers


def test_calls_in_json_of_ones_own(shop: Database, tmp_path: Path) -> None:
    line = {
        "id": "gen-1",
        "created": 1614592800,
        "m": "gpt-4o",
        "usage": {"prompt": 10.0, "completion": 5, "kind": "x"},
        "seed": 7,
    }
    mapping = {
        "id": "call_id", "created": "occurred_at", "m": "model", "usage.prompt": "input_tokens",
        "usage.completion": "output_tokens",
    }  # fmt: skip
    file = write_lines(tmp_path / "a.jsonl", [line])
    assert load_file(shop, file, mapping=mapping, constants={"provider": "openrouter"}).accepted == 1
    stored = "select provider, model, input_tokens, output_tokens, metadata from ingest.llm_calls"
    assert shop.query(stored) == [("openrouter", "gpt-4o", 10, 5, {"seed": 7})]


@pytest.mark.parametrize(
    ("name", "request_", "says"),
    [
        (
            "a.jsonl",
            {"mapping": {"a": "anonymous_id"}, "format": "segment"},
            "is segment, whose fields have their names",
        ),
        ("a.jsonl", {"mapping": {"a": "nonsense"}}, "ingest.events has no column nonsense"),
        ("a.csv", {"constants": {"nonsense": "1"}}, "ingest.events has no column nonsense"),
        ("a.csv", {"values": {"nonsense": {"a": "b"}}}, "ingest.events has no column nonsense"),
        ("a.csv", {"time_format": "iso"}, "strptime"),
        ("a.log", {"constants": {"event_type": "x"}}, "is access-log"),
        ("a.csv", {"format": "spend", "constants": {"cost": "1"}}, "not for the format spend"),
    ],
)
def test_what_a_person_names_is_never_ignored(
    shop: Database, tmp_path: Path, name: str, request_: dict[str, Any], says: str
) -> None:
    write_lines(tmp_path / "a.jsonl", [message(1)])
    table(tmp_path / "a.csv", "occurred_at,anonymous_id", "2026-05-04,a")
    table(tmp_path / "a.log", '203.0.113.7 - - [29/Nov/2026:13:05:53 +0000] "GET / HTTP/1.1" 200 5')
    with pytest.raises(LoadError, match=says):
        load_file(shop, tmp_path / name, **request_)


def test_lists_of_texts_are_arrays() -> None:
    assert as_list(["a", 'b"c', "d,e"]) == '{"a","b\\"c","d,e"}'
    assert as_list("{a,b}") == "{a,b}"


# --- the command ---


def command(shop: Database, *arguments: str, shell: bool = False) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "radar", "load", "--project", "shop", *arguments]
    whole: Any = ["bash", "-c", " ".join(line)] if shell else line
    return subprocess.run(
        whole, env={**os.environ, **shop.env}, capture_output=True, text=True, check=False, timeout=120
    )


def test_pipes_end(shop: Database, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [message(1)])
    for argument, accepted in ((f"<(cat {file})", 1), (f"/dev/stdin < {file}", 0), (f"- < <(gzip -c {file})", 0)):
        done = command(shop, argument, shell=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert [line.split()[1] for line in done.stdout.splitlines() if "accepted" in line] == [str(accepted)]


def test_a_file_of_which_nothing_is_left_is_an_error(shop: Database, tmp_path: Path) -> None:
    strange = write_lines(tmp_path / "own.jsonl", [{"user": 1}, {"user": 2}])
    good = write_lines(tmp_path / "good.jsonl", [message(1), {"user": 1}])
    done = command(shop, str(strange), str(good))
    assert done.returncode == 1
    assert "all 2 rows of own.jsonl were rejected, most as no_id" in done.stderr
    assert "--map COLUMN=anonymous_id" in done.stderr
    assert "good.jsonl" not in done.stderr
    assert dict(shop.query(REJECTED)) == {"no_id": 3}
    days = table(tmp_path / "days.csv", "occurred_at,anonymous_id", "31/12/2026,a")
    assert "no time: '31/12/2026'" in command(shop, str(days)).stderr


def test_options_of_the_command(shop: Database, tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", "when,who,kind", "31.12.2025,a,page_view")
    done = command(
        shop, str(file), "--map", "when=occurred_at", "--map", "who=anonymous_id", "--map", "kind=event_type",
        "--set", "utm_source=a=b", "--value", "event_type:page_view=pageview", "--time-format", "%d.%m.%Y",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert query(shop, "event_type, utm_source, occurred_at::date::text") == [("pageview", "a=b", "2025-12-31")]
    for option, value in (("--map", "a"), ("--set", "a"), ("--value", "a=b"), ("--value", "a:b")):
        done = command(shop, str(file), option, value)
        assert done.returncode == 1
        assert "write it as" in done.stderr


def test_a_worker_that_is_killed_ends_the_load_with_a_line(shop: Database, tmp_path: Path) -> None:
    shop.execute(
        "create function public.dies() returns trigger language plpgsql as"
        " 'begin perform pg_terminate_backend(pg_backend_pid()); return new; end';"
        "create trigger dies before insert on ingest.events for each row execute function public.dies()"
    )
    done = command(shop, str(write_lines(tmp_path / "a.jsonl", (message(number) for number in range(20_000)))))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "error", [OSError("no space left on device"), psycopg.OperationalError("gone"), KeyError("bug")]
)
@pytest.mark.parametrize("place", ["connect", "job", "on_done"])
def test_no_error_of_a_worker_is_waited_for(shop: Database, error: Exception, place: str) -> None:
    def fails(*_: object) -> Any:
        raise error

    def counts(_: object) -> Counts:
        return Counts()

    def nothing() -> None:
        pass

    class Target:
        def connect(self) -> psycopg.Connection:
            return fails() if place == "connect" else shop.connect()

    def run() -> None:
        target: Any = Target()
        with Workers(target, fails if place == "on_done" else nothing) as workers:
            for _ in range(20):
                workers.submit(fails if place == "job" else counts)

    with pytest.raises(type(error)):
        run()
