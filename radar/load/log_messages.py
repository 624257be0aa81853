"""Web server logs, as lines of text or of JSON, into Segment messages."""

from collections.abc import Iterator

from radar.load.access_log import Hit, message_of, read_line
from radar.load.documents import documents, parse
from radar.load.json_log import read_entry
from radar.load.messages import MessageReader
from radar.load.project import Project
from radar.load.sources import Source

LONGEST_LINE = 1 << 20


def add_log(reader: MessageReader, source: Source, project: Project) -> Iterator[None]:
    """Add each request of a log to the reader; what is none becomes a rejection."""
    for number, data, hit in _text_hits(source) if not _is_json(source) else _json_hits(source):
        if isinstance(hit, ValueError):
            reader.reject(number, "unparsable", str(hit), data)
        else:
            message = message_of(hit, project)
            reader.add(number, message | {"messageId": reader.message_id(data, message)})
        yield


def _is_json(source: Source) -> bool:
    return source.head.lstrip().startswith((b"{", b"[{", b"[\n", b"[\r\n"))


def _text_hits(source: Source) -> Iterator[tuple[int, bytes, Hit | ValueError]]:
    for number, line in enumerate(source.lines(LONGEST_LINE), 1):
        data = line.rstrip(b"\r")
        if not data.strip():
            continue
        try:
            yield number, data, read_line(data.decode("utf-8", "replace").replace("\0", ""))
        except ValueError as error:
            yield number, data, error


def _json_hits(source: Source) -> Iterator[tuple[int, bytes, Hit | ValueError]]:
    for document in documents(source.blocks()):
        try:
            yield document.line, document.data, read_entry(parse(document))
        except ValueError as error:
            yield document.line, document.data, error
