"""What a file is packed in, told by its first bytes: gzip, bzip2, xz, zstd and zip are unpacked as they are read."""

import bz2
import gzip
import io
import lzma
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import PurePath
from typing import Any, BinaryIO, TypeAlias, cast

from radar.load.errors import LoadError

BLOCK = 1 << 20
Stream: TypeAlias = "io.BufferedReader[Any]"


def _zstd_file(stream: BinaryIO) -> io.BufferedIOBase:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.ZstdFile(stream)


_UNPACKED: Mapping[str, tuple[re.Pattern[bytes], Callable[[BinaryIO], io.BufferedIOBase]]] = {
    "gzip": (re.compile(rb"\x1f\x8b"), lambda stream: gzip.GzipFile(fileobj=stream)),
    "bzip2": (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), bz2.BZ2File),
    "xz": (re.compile(rb"\xfd7zXZ\0"), lzma.LZMAFile),
    "zstd": (re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), _zstd_file),
}
_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06)")
_NOT_READ = {
    re.compile(pattern, re.DOTALL): name
    for pattern, name in {
        rb"7z\xbc\xaf\x27\x1c": "a 7z archive: unpack it",
        rb"Rar!\x1a\x07": "a rar archive: unpack it",
        rb".{257}ustar": "a tar archive: unpack it",
        rb"\x04\x22\x4d\x18": "packed with lz4: unpack it",
        rb"\xff\x06\0\0sNaPpY": "packed with snappy: unpack it",
        rb"\x1f\x9d": "packed with compress: unpack it",
        rb"Obj\x01": "an Avro file: convert it to Parquet or JSON lines",
        rb"ORC[\x00-\x1f\x80-\xff]": "an ORC file: convert it to Parquet",
        rb"ARROW1\0\0": "an Arrow file: convert it to Parquet",
        rb"SQLite format 3\0": "an SQLite database: export a table as CSV",
        rb"\xd0\xcf\x11\xe0": "an Excel workbook: export the sheet as CSV",
        rb"%PDF-": "a PDF document",
    }.items()
}


def unpacked(name: str, stream: Stream, stack: ExitStack) -> Iterator[tuple[str, Stream]]:
    """The files in a file, with a name for each: one, or in a zip archive any number. Raises LoadError for what is not
    read, by its name."""
    first = _peek(name, stream)
    if reason := next((reason for magic, reason in _NOT_READ.items() if magic.match(first)), None):
        raise LoadError(f"{name} is {reason}")
    if _ZIP.match(first):
        yield from _members(name, stream, stack)
        return
    opened = next((opens for magic, opens in _UNPACKED.values() if magic.match(first)), None)
    if opened is None:
        yield name, stream
    else:
        inner = io.BufferedReader(cast("io.RawIOBase", opened(cast("BinaryIO", stream))), BLOCK)
        yield from unpacked(name, inner, stack)


def spooled(name: str, stream: Stream, stack: ExitStack) -> BinaryIO:
    """A copy on disk of what has to be read from both ends. Raises LoadError when there is no room for it."""
    copy = stack.enter_context(tempfile.NamedTemporaryFile(prefix="radar-"))  # noqa: SIM115 - the stack closes it
    try:
        while block := stream.read(BLOCK):
            copy.write(block)
        copy.flush()
    except Exception as error:
        raise LoadError(f"{name} cannot be copied to {tempfile.gettempdir()}: {error}") from error
    return cast("BinaryIO", copy)


def _peek(name: str, stream: Stream) -> bytes:
    try:
        return stream.peek(512)
    except Exception as error:  # each way of packing has its own
        raise LoadError(f"{name} cannot be unpacked ({error}); get it again") from error


def _members(name: str, stream: Stream, stack: ExitStack) -> Iterator[tuple[str, Stream]]:
    try:
        archive = stack.enter_context(zipfile.ZipFile(stream if stream.seekable() else spooled(name, stream, stack)))
        members = [member for member in archive.infolist() if not _is_aside(member.filename)]
        if "[Content_Types].xml" in archive.namelist():
            raise LoadError(f"{name} is an Excel workbook, or another of Office's: export the sheet as CSV")
        if not members:
            raise LoadError(f"{name} holds no file")
        for member in members:
            inner = stack.enter_context(io.BufferedReader(cast("io.RawIOBase", archive.open(member)), BLOCK))
            yield from unpacked(f"{name}/{member.filename}" if len(members) > 1 else name, inner, stack)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise LoadError(f"{name} is a zip archive that cannot be read ({error}); get it again, or unpack it") from error


def _is_aside(path: str) -> bool:
    """Folders, and what macOS puts into every archive."""
    return path.endswith("/") or path.startswith("__MACOSX/") or PurePath(path).name == ".DS_Store"
