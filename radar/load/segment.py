"""Segment's messages in JSON of any layout: alone, in arrays, in batches, or in the list of an export."""

from collections.abc import Iterator
from typing import Any

import orjson

from radar.load import jsontext
from radar.load.documents import Document, documents, parse
from radar.load.messages import MessageReader, unpack
from radar.load.recognise import LISTS
from radar.load.sources import Source

_OF_MESSAGES = {"type", "event", "messageId", "anonymousId", "userId", "batch"}


def add_messages(reader: MessageReader, source: Source) -> Iterator[None]:
    """Add each message of a file to the reader; what cannot be read becomes a rejection."""
    for document in documents(source.blocks()):
        content = document.content
        if type(content) is dict and not _holds_messages(content):
            reader.add_text(document.line, jsontext.storable(document.data), content)
        else:
            _add_each(reader, document)
        yield


def _holds_messages(content: dict[str, Any]) -> bool:
    return type(content.get("batch")) is list or _list_of(content) is not None


def _list_of(content: dict[str, Any]) -> str | None:
    """Under which name an object that is no message holds some."""
    if _OF_MESSAGES & content.keys():
        return None
    return next((name for name in LISTS if type(content.get(name)) is list), None)


def _add_each(reader: MessageReader, document: Document) -> None:
    if len(document.data) > reader.longest_message and type(document.content) is not dict:
        reader.reject(document.line, "too_large", "a text that is no object, and long", document.data)
        return
    try:
        content = parse(document) if type(document.content) is dict else orjson.loads(document.data)
        name = _list_of(content) if type(content) is dict else None
        for message in unpack(content if name is None else {**content, "batch": content[name]}):
            reader.add(document.line, message)
    except ValueError as error:
        reader.reject(document.line, "unparsable", str(error), document.data)
