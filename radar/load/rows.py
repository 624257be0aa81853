"""Rows of files of any format on their way to the staging table, a few thousand at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from radar.load import jsontext
from radar.load.errors import LoadError
from radar.load.identity import Occurrences
from radar.load.layout import EXTRA, LINE, Layout
from radar.load.messages import Rejection
from radar.load.project import Limits
from radar.load.times import UNDERSTOOD, parse_time_as
from radar.load.values import converters, is_missing

CHUNK_ROWS = 4_000
CHUNK_BYTES = 4_000_000


class Row(NamedTuple):
    """Values by the names that the file or a mapping gives them, and the line that they stand on."""

    line: int
    values: dict[str, Any]


class Skipped(NamedTuple):
    """What is no row of the table at all, among others that are; why is counted."""

    reason: str


Read = Row | Rejection | Skipped


@dataclass(frozen=True)
class Columns:
    """What a person says of a file's columns: `mapping` from its names to the table's, `constants` by the table's,
    `values` from the file's to the table's by column, and a layout of strptime for the time."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    time_format: str | None = None

    def __bool__(self) -> bool:
        return bool(self.mapping or self.constants or self.values or self.time_format)

    def stored(self) -> set[str]:
        """Columns of the table that it names."""
        return {*self.mapping.values(), *self.constants, *self.values}

    def apply(self, row: dict[str, Any]) -> None:
        """Change a row as it says. Raises ValueError for a time that has another layout."""
        row.update(self.constants)
        for column, translated in self.values.items():
            row[column] = translated.get(str(row.get(column)), row.get(column))
        time = row.get("occurred_at")
        if self.time_format and not is_missing(time):
            row["occurred_at"] = parse_time_as(time, self.time_format)
            if row["occurred_at"] is None:
                raise ValueError(f"no time as {self.time_format}: {str(time)[:40]!r}")


@dataclass
class RowChunk:
    """What is stored in one transaction: rows as COPY takes them, and what came beside them."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    size: int = 0
    first_arrival: int = 0

    @property
    def read(self) -> int:
        """Rows of the file that are in it."""
        return len(self.rows) + len(self.rejections) + self.skipped.total()

    @property
    def is_full(self) -> bool:
        """Whether to store it before more is added."""
        return self.read >= CHUNK_ROWS or self.size >= CHUNK_BYTES


class RowMaker:
    """Turns what is read of a file into rows of its staging table."""

    def __init__(self, layout: Layout, columns: Columns, limits: Limits) -> None:
        self._layout = layout
        self._columns = columns
        self._secrets = limits.secrets
        self._is_real_id = limits.is_real_id
        self._occurrences = Occurrences()
        names = [name for name in layout.staged if name not in (LINE, EXTRA)]
        self._converters = converters({name: layout.type_of(name) for name in names})
        self._left_out = {*names, *layout.own_names}

    def chunks(self, read: Iterable[Read]) -> Iterator[RowChunk]:
        """All of a file, in chunks; the last one may be empty."""
        chunk = RowChunk()
        for item in read:
            self._add(chunk, item)
            if chunk.is_full:
                yield chunk
                chunk = RowChunk()
        yield chunk

    def _add(self, chunk: RowChunk, item: Read) -> None:
        if isinstance(item, Skipped):
            chunk.skipped[item.reason] += 1
            return
        rejection = self._stage(chunk, item) if isinstance(item, Row) else item
        if rejection is not None:
            rejection = replace(rejection, payload=self._layout.kept_payload(rejection.payload))
            chunk.size += len(rejection.payload)
            chunk.rejections.append(rejection)

    def _stage(self, chunk: RowChunk, row: Row) -> Rejection | None:
        try:
            self._columns.apply(row.values)
            staged = self._values(row)
            chunk.size += len("".join(map(str, staged)).encode())
        except UnicodeEncodeError:
            return self._rejection(row, "unparsable", "no UTF-8 text")
        except (ValueError, RecursionError) as error:
            return self._rejection(row, "invalid", str(error))
        chunk.rows.append(staged)
        return None

    def _values(self, row: Row) -> tuple[Any, ...]:
        values = {name: value for name, value in row.values.items() if not is_missing(value)}
        kept = self._layout.kept(values)
        staged = {
            name: convert(kept[name]).replace("\0", "")
            for name, convert in self._converters.items()
            if name in kept and (name not in self._layout.ids or self._is_real_id(convert(kept[name])))
        }
        if self._layout.lacks_id(staged):
            others = {name: value for name, value in values.items() if name not in self._left_out}
            staged[self._layout.id_column] = self._content_id(staged, others)
        extra = {name: value for name, value in kept.items() if name not in self._left_out}
        staged[LINE] = str(row.line)
        if extra:
            staged[EXTRA] = jsontext.storable(jsontext.dumps(extra)).decode()
        return tuple(staged.get(name) for name in self._layout.staged)

    def _content_id(self, staged: Mapping[str, str], extra: Mapping[str, Any]) -> str:
        """An id from all values; where these may hold a secret, from who, when and what alone: a short secret could be
        found by trying what gives the same id."""
        content = jsontext.dumps([staged, extra])
        if self._secrets.search(content):
            content = jsontext.dumps([staged.get(name) for name in _TELLING])
        return self._occurrences.message_id(content)

    @staticmethod
    def _rejection(row: Row, reason: str, detail: str) -> Rejection:
        try:
            payload = jsontext.dumps(row.values)
        except (ValueError, RecursionError):
            payload = str(row.values).encode("utf-8", "replace")
        return Rejection(row.line, reason, detail.encode("utf-8", "replace").decode(), payload)


def check_time_format(layout: str) -> None:
    """Raises LoadError for a layout by which no time can be read."""
    if "%" not in layout:
        raise LoadError(
            f"--time-format {layout}: write it as strptime has it, as %d/%m/%Y %H:%M:%S; without it: {UNDERSTOOD}"
        )


_TELLING = (
    "occurred_at", "anonymous_id", "user_id", "session_id", "event_type", "event_name",
    "trace_id", "provider", "model", "input_tokens", "output_tokens",
)  # fmt: skip
