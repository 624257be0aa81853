"""Files as they come: packed, in other encodings, as pipes, and what is not read is named."""

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import sys
import threading
import zipfile
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar.load.csv_rows import csv_reader
from radar.load.errors import LoadError
from radar.load.recognise import recognise
from radar.load.rows import Row
from radar.load.sources import open_sources
from tests.loading import opened

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = "".join(json.dumps({"type": "page", "name": f"Größe {number}"}) + "\n" for number in range(50))
DATA = TEXT.encode()


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


PACKED = {
    "gzip": gzip.compress(DATA),
    "gzip of two": gzip.compress(DATA[:700]) + gzip.compress(DATA[700:]),
    "bzip2": bz2.compress(DATA),
    "bzip2 of two": bz2.compress(DATA[:700]) + bz2.compress(DATA[700:]),
    "xz": lzma.compress(DATA),
    "zstd": zstd.compress(DATA),
    "zstd of two": zstd.compress(DATA[:700]) + zstd.compress(DATA[700:]),
    "zip": zipped({"folder/a": DATA}),
    "gzip in zip": zipped({"a": gzip.compress(DATA)}),
}


def content(path: Path) -> list[tuple[str, bytes]]:
    return [(source.name, b"".join(source.blocks())) for source in open_sources([str(path)])]


@pytest.mark.parametrize("packing", PACKED)
def test_packed_files_are_unpacked_whatever_their_name(tmp_path: Path, packing: str) -> None:
    (tmp_path / "a").write_bytes(PACKED[packing])
    assert content(tmp_path / "a") == [("a", DATA)]


@pytest.mark.parametrize("packing", PACKED)
def test_a_cut_off_file_is_an_error(tmp_path: Path, packing: str) -> None:
    (tmp_path / "a").write_bytes(PACKED[packing][:-30])
    with pytest.raises(LoadError, match=r"get it again|get the file again"):
        content(tmp_path / "a")


def test_each_file_of_an_archive_is_one_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b": DATA, "c/d": b"occurred_at,anonymous_id\n", "__MACOSX/b": b"x"}))
    assert [name for name, _ in content(tmp_path / "a.zip")] == ["a.zip/b", "a.zip/c/d"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"7z\xbc\xaf\x27\x1c" + DATA, "7z"),
        (b"Rar!\x1a\x07\x01\0" + DATA, "rar"),
        (b"a" * 257 + b"ustar\0" + DATA, "tar"),
        (b"\x04\x22\x4d\x18" + DATA, "lz4"),
        (b"Obj\x01" + DATA, "Avro"),
        (b"\xd0\xcf\x11\xe0" + DATA, "Excel"),
        (zipped({"[Content_Types].xml": b"<x/>"}), "Excel"),
        (gzip.compress(b"a" * 257 + b"ustar\0" + DATA), "tar"),
        (zipped({}), "no file"),
    ],
)
def test_what_is_not_read_is_named(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(LoadError, match=says):
        content(tmp_path / "a")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)  # those with an end write no mark
def test_every_encoding_becomes_utf_8(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a").write_bytes(TEXT.encode(encoding))
    assert content(tmp_path / "a") == [("a", DATA)]
    (tmp_path / "b").write_bytes(gzip.compress(TEXT.encode(encoding)))
    assert content(tmp_path / "b") == [("b", DATA)]


def test_a_pipe_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for data in (DATA, *PACKED.values()):
        writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(data,))
        writer.start()
        ((_, found),) = content(tmp_path / "pipe")
        writer.join()
        assert found == DATA


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(tmp_path: Path, end: str) -> None:
    (tmp_path / "a").write_bytes(f"one{end}two{end}".encode())
    with opened(tmp_path / "a") as source:
        assert [line.rstrip(b"\r") for line in source.lines(100)] == [b"one", b"two"]


LANGFUSE = {"data": [{"id": "o", "traceId": "t", "type": "GENERATION", "startTime": "2026", "input": "x" * 2_000_000}]}


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        (json.dumps(LANGFUSE), False, "langfuse"),
        (json.dumps(LANGFUSE, indent=2), False, "langfuse"),
        (json.dumps([LANGFUSE["data"][0]]), False, "langfuse"),
        (json.dumps({"batch": [{"type": "page", "name": "x" * 2_000_000}]}), False, "segment"),
        ('{"broken\n{"type": "page"}', False, "segment"),
        ('{"occurred_at": "2026-01-01", "anonymous_id": "a"}', False, "json"),
        ('{"type": "page"}', True, "json"),
        (
            '{"remote_addr": "203.0.113.7", "request": "GET / HTTP/1.1", "status": "200", "msec": "1646861401.5"}',
            False,
            "access-log",
        ),
        (
            '{"level": "info", "msg": "starting"}\n'
            '{"remote_addr": "203.0.113.7", "request": "GET /", "status": "200", "msec": "1646861401"}',
            False,
            "access-log",
        ),
        ('[pod/a] 203.0.113.7 - - [29/Nov/2026:13:05:53 +0000] "GET / HTTP/1.1" 200 5', False, "access-log"),
        ('"discount %";occurred_at\n', False, "csv"),
        ("discount %,occurred_at\n", True, "csv"),
    ],
)
def test_formats_are_told_by_the_first_whole_object(tmp_path: Path, text: str, named: bool, expected: str) -> None:
    (tmp_path / "a").write_text(text)
    with opened(tmp_path / "a") as source:
        assert recognise(source, has_columns_named=named) == expected
        assert b"".join(source.blocks()).decode() == text, "looking at it took something away"


@given(
    st.lists(st.lists(st.text(alphabet='a"\n\r,;\\.', max_size=5), min_size=2, max_size=2), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
)
def test_csv_gives_the_rows_that_were_written(rows: list[list[str]], end: str) -> None:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator=end).writerows([["one", "two"], *rows])
    with NamedTemporaryFile() as file:
        file.write(b"\xef\xbb\xbf" + written.getvalue().encode())
        file.flush()
        with opened(Path(file.name)) as source:
            names, rows_of = csv_reader(source)
            found = list(rows_of(names))
    assert names == ["one", "two"]
    assert [list(row.values.values()) for row in found if isinstance(row, Row)] == rows
