"""Files as streams: opened, unpacked, recognised by content, and cut into lines without ever holding the whole."""

import contextlib
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from radar.load.documents import documents, parse
from radar.load.errors import LoadError

FORMATS = ("auto", "segment", "access-log", "csv", "parquet", "otel", "langfuse", "spend", "embeddings")
BLOCK = 1 << 20
HEAD = 1 << 16
GZIP = b"\x1f\x8b"
PARQUET = b"PAR1"
ACCESS_LINE = re.compile(rb'\S+ \S+ .*?\[\d{2}/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "')


@dataclass
class Source:
    """An open input: its name for messages and rejections, its first bytes, and its size on disk in bytes or None."""

    name: str
    path: Path | None
    head: bytes
    size: int | None
    position: Callable[[], int]
    _stream: io.BufferedIOBase

    def blocks(self) -> Iterator[bytes]:
        """The unpacked content in pieces of about a megabyte. Raises LoadError when a gzip file is damaged."""
        yield self.head
        try:
            while block := self._stream.read(BLOCK):
                yield block
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise LoadError(
                f"{self.name} is cut off or damaged ({error}); what came before is loaded, get the file again"
            ) from error

    def lines(self, limit: int) -> Iterator[bytes]:
        """Lines without their end. One that spans blocks is cut to limit + 1 bytes."""
        carry = b""
        for block in self.blocks():
            parts = block.split(b"\n")
            parts[0] = (carry + parts[0])[: limit + 1]
            carry = parts.pop()[: limit + 1]
            yield from parts  # a part between two line ends fits in a block, and so cannot fill the memory
        if carry:
            yield carry


@contextlib.contextmanager
def open_source(path: str) -> Iterator[Source]:
    """The file at `path`, or standard input for `-`, gunzipped when it is gzip whatever its name. Raises LoadError."""
    with contextlib.ExitStack() as stack:
        raw = _open_raw(path, stack)
        file = Path(path) if path != "-" else None
        size = file.stat().st_size if file else None
        position = raw.tell if file else lambda: 0
        stream = io.BufferedReader(raw, BLOCK)
        unpacked: io.BufferedIOBase = gzip.GzipFile(fileobj=stream) if stream.peek(2)[:2] == GZIP else stream
        try:
            head = unpacked.read(HEAD)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise LoadError(f"{path} is not a whole gzip file ({error}); get it again") from error
        yield Source(file.name if file else "stdin", file, head, size, position, unpacked)


def _open_raw(path: str, stack: contextlib.ExitStack) -> io.FileIO:
    if path == "-":
        return io.FileIO(0, closefd=False)
    try:
        return stack.enter_context(Path(path).open("rb", buffering=0))
    except OSError as error:
        raise LoadError(f"cannot read {path}: {error.strerror}") from error


def recognise(source: Source) -> str:
    """Which format the first lines have, one of FORMATS. Raises LoadError when none fits."""
    if source.head.startswith(PARQUET):
        return "parquet"
    lines = [line for line in source.head.removeprefix(b"\xef\xbb\xbf").split(b"\n")[:20] if line.strip()]
    if any(line.lstrip().startswith((b"{", b"[")) for line in lines[:5]):
        return _json_format(source.head)
    if any(ACCESS_LINE.match(line) for line in lines):
        return "access-log"
    if lines and re.match(rb'"?\w[\w .-]*"?[,;\t|]', lines[0]):
        return "csv"
    raise LoadError(f"{source.name} is no format that Radar knows; name it with --format")


def _json_format(head: bytes) -> str:
    """By the fields of the first object that can be read, or by the beginning of one that is longer than what is."""
    for document in documents([head]):
        with contextlib.suppress(ValueError):
            content = parse(document)
            page = content.get("data") or content.get("observations")
            fields = page[0] if isinstance(page, list) and page and isinstance(page[0], dict) else content
            return _format_of(fields)
    return "otel" if re.search(rb'\{\s*"resourceSpans"', head) else "segment"


def _format_of(fields: Mapping[str, Any]) -> str:
    context = fields.get("context")
    is_console = isinstance(context, dict) and "trace_id" in context
    if is_console or "resourceSpans" in fields or {"traceId", "startTimeUnixNano"} <= fields.keys():
        return "otel"
    is_observation = {"traceId", "startTime"} <= fields.keys() or {"trace_id", "start_time"} <= fields.keys()
    return "langfuse" if is_observation and "type" in fields else "segment"
