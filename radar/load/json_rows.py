"""JSON objects of one's own as rows: a column is a field, or the path to one with dots between its names."""

from collections.abc import Iterator, Mapping
from typing import Any

from radar.load.documents import documents, parse
from radar.load.json_log import field
from radar.load.messages import Rejection
from radar.load.recognise import LISTS
from radar.load.rows import Read, Row
from radar.load.sources import Source


def json_reader(source: Source, mapping: Mapping[str, str]) -> Iterator[Read]:
    """Each object, and each item of a list that one holds, as a row by the table's names."""
    for document in documents(source.blocks()):
        try:
            items = list(_items(parse(document), mapping))
        except ValueError as error:
            yield Rejection(document.line, "unparsable", str(error), document.data)
            continue
        for item in items:
            yield Row(document.line, _mapped(item, mapping))


def _items(content: dict[str, Any], mapping: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The list of an object that holds nothing but one and what a page says of itself, else the object."""
    is_row = "occurred_at" in content or any(field(content, path) is not None for path in mapping)
    lists = [content[name] for name in LISTS if isinstance(content.get(name), list)]
    if not is_row and len(lists) == 1 and all(isinstance(item, dict) for item in lists[0]):
        yield from lists[0]
    else:
        yield content


def _mapped(item: dict[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    found = {column: field(item, path) for path, column in mapping.items()}
    for path in mapping:
        _remove(item, path)
    return item | {column: value for column, value in found.items() if value is not None}


def _remove(item: dict[str, Any], path: str) -> None:
    """What is a column is left out of the rest, with folders that hold nothing else."""
    name, dot, rest = (path, "", "") if path in item else path.partition(".")
    if not dot:
        item.pop(name, None)
    elif isinstance(inner := item.get(name), dict):
        _remove(inner, rest)
        if not inner:
            del item[name]
