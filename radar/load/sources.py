"""Files as streams: opened, unpacked, decoded and cut into lines without ever holding the whole."""

import io
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from radar.load.compression import BLOCK, Stream, spooled, unpacked
from radar.load.encoding import as_utf8
from radar.load.errors import LoadError

HEAD = 1 << 16
PARQUET = b"PAR1"


@dataclass
class Source:
    """An open input: its name for messages and rejections, its size on disk in bytes (None: unknown) and how much
    of that is read."""

    name: str
    size: int | None
    position: Callable[[], int]
    _stream: Stream
    _stack: ExitStack
    _path: Path | None = None
    _seen: list[bytes] = field(default_factory=list)
    _rest: Iterator[bytes] = field(init=False)

    def __post_init__(self) -> None:
        try:
            first = self._stream.peek(HEAD)
        except Exception as error:
            raise LoadError(f"{self.name} cannot be read ({error}); get it again") from error
        self.is_parquet = first.startswith(PARQUET)
        self._rest = self._read()
        if not self.is_parquet:
            self._seen.append(b"".join(self._until(HEAD)))

    @property
    def head(self) -> bytes:
        """The first bytes of text."""
        return self._seen[0] if self._seen else b""

    def first_blocks(self) -> Iterator[bytes]:
        """The content from its beginning, for telling what it is: what is read here `blocks` gives again."""
        yield from list(self._seen)
        for block in self._rest:
            self._seen.append(block)
            yield block

    def blocks(self) -> Iterator[bytes]:
        """The content in pieces of about a megabyte, once. Raises LoadError when the file is damaged."""
        seen, self._seen = self._seen, []
        yield from seen
        yield from self._rest

    def lines(self, limit: int) -> Iterator[bytes]:
        """Lines without their end. One that spans blocks is cut to limit + 1 bytes."""
        end = b"\r" if b"\r" in self.head and b"\n" not in self.head else b"\n"
        carry = b""
        for block in self.blocks():
            parts = block.split(end)
            parts[0] = (carry + parts[0])[: limit + 1]
            carry = parts.pop()[: limit + 1]
            yield from parts  # a part between two line ends fits in a block, and so cannot fill the memory
        if carry:
            yield carry

    def path(self) -> Path:
        """A path under which the content lies unpacked, for readers that need both ends of it."""
        return self._path or Path(spooled(self.name, self._stream, self._stack).name)

    def _until(self, size: int) -> Iterator[bytes]:
        for block in self._rest:
            yield block
            size -= len(block)
            if size <= 0:
                return

    def _read(self) -> Iterator[bytes]:
        raw = self._raw_blocks()
        yield from as_utf8(next(raw, b""), raw)

    def _raw_blocks(self) -> Iterator[bytes]:
        try:
            while block := self._stream.read(BLOCK):
                yield block
        except Exception as error:
            raise LoadError(
                f"{self.name} is cut off or damaged ({error}); what came before is loaded, get the file again"
            ) from error


def open_sources(paths: Sequence[str]) -> Generator[Source]:
    """Each file in turn, or standard input for `-`: unpacked whatever its name, each file of an archive by itself.

    Raises LoadError for what cannot be read.
    """
    for path in paths:
        with ExitStack() as stack:
            raw = _open_raw(path, stack)
            name = "stdin" if path == "-" else Path(path).name
            is_file = raw.seekable()
            size = Path(path).stat().st_size if is_file and path != "-" else None
            position = raw.tell if is_file else lambda: 0
            stream: Stream = io.BufferedReader(raw, BLOCK)
            for inner_name, inner in unpacked(name, stream, stack):
                is_plain = inner is stream and is_file and path != "-"
                yield Source(inner_name, size, position, inner, stack, Path(path) if is_plain else None)


def _open_raw(path: str, stack: ExitStack) -> io.FileIO:
    if path == "-":
        return io.FileIO(0, closefd=False)
    try:
        return stack.enter_context(io.FileIO(path))
    except OSError as error:
        raise LoadError(f"cannot read {path}: {error.strerror}") from error
