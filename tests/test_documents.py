"""JSON of any layout is cut into the same objects, whatever the sizes of the blocks in which it comes."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar.load import documents as module
from radar.load.documents import Document, documents, parse
from radar.load.errors import LoadError


def cut(data: bytes, size: int) -> list[Document]:
    return list(documents(data[start : start + size] for start in range(0, len(data), size)))


def contents(found: Iterable[Document]) -> list[Any]:
    return [orjson.loads(document.data) for document in found]


values = st.recursive(
    st.none() | st.integers(-9, 9) | st.text(alphabet='a"\\{}[],:\n ', max_size=4),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(alphabet='b"{', max_size=2), part, max_size=3),
    max_leaves=8,
)
objects = st.lists(st.dictionaries(st.text(alphabet='c"[', max_size=2), values, max_size=3), max_size=5)
LAYOUTS: dict[str, Callable[[list[Any]], str]] = {
    "lines": lambda given: "\n".join(map(json.dumps, given)),
    "crlf": lambda given: "".join(json.dumps(item) + "\r\n" for item in given),
    "concatenated": lambda given: "".join(map(json.dumps, given)),
    "array": json.dumps,
    "indented array": lambda given: json.dumps(given, indent=2),
    "indented": lambda given: "\n".join(json.dumps(item, indent=4) for item in given),
    "array of lines": lambda given: "[\n" + ",\n".join(map(json.dumps, given)) + "\n]\n",
    "comma first": lambda given: "[ " + "\n, ".join(map(json.dumps, given)) + "\n]",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@given(given_objects=objects, size=st.integers(1, 40))
def test_objects_are_found_in_every_layout(layout: str, given_objects: list[Any], size: int) -> None:
    data = LAYOUTS[layout](given_objects).encode()
    assert contents(cut(data, size)) == given_objects


@pytest.mark.parametrize("between", [",", ",\n", "\n,\n  "])
@given(given_objects=objects, size=st.integers(1, 40))
def test_a_list_within_an_object_stays_whole(between: str, given_objects: list[Any], size: int) -> None:
    text = '{"data": [' + between.join(map(json.dumps, given_objects)) + '], "meta": {"page": 1}}\n{"next": 1}'
    assert contents(cut(text.encode(), size)) == [{"data": given_objects, "meta": {"page": 1}}, {"next": 1}]


@given(size=st.integers(1, 60), number=st.integers(20, 60))
def test_a_long_list_is_read_item_by_item_with_what_stands_before_it(size: int, number: int) -> None:
    items = [{"number": place, "text": "}]{["} for place in range(number)]
    whole = {"sentAt": "now", "small": [{"a": 1}], "data": items, "meta": {"pages": [{"of": "it"}]}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LONGEST_WHOLE", 200)
        found = contents(cut(orjson.dumps(whole) + b'\n{"next": 1}', size))
    assert found == [{"sentAt": "now", "small": [{"a": 1}], "data": [item]} for item in items] + [{"next": 1}]


def test_what_holds_for_a_long_list_has_to_stand_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_WHOLE", 200)
    whole = {"batch": [{"number": place} for place in range(100)], "sentAt": "2026-05-04T12:00:00Z"}
    with pytest.raises(LoadError, match="sentAt"):
        cut(orjson.dumps(whole), 50)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_broken_line_takes_no_other_with_it(size: int) -> None:
    lines = [
        b'{"a": [1', b'{"good": 1}', b'{"b": {"c": 1', b'{"d": "cut', b'{"good": 2}', b"plain { text", b'{"good": 3}',
        b'{"e": [}', b'{"good": 4}', b'{"f": [1,', b'{"good": 5}', b'{"good": 6}', b'{"g": {',
    ]  # fmt: skip
    found = cut(b"\n".join(lines), size)
    good = [(document.line, document.data) for document in found if b"good" in document.data]
    assert good == [(line, text) for line, text in enumerate(lines, 1) if b"good" in text]
    kept = b"".join(document.data for document in found)
    assert kept.translate(None, b" ,") == b"".join(lines).translate(None, b" ,")


def test_whole_numbers_keep_their_digits() -> None:
    (document,) = cut(b'{"id": 123456789012345678901234567890, "text": "a\\u0000b"}', 100)
    assert parse(document) == {"id": 123456789012345678901234567890, "text": "ab"}


def test_an_object_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_DOCUMENT", 1000)
    with pytest.raises(LoadError, match="line 2 does not end"):
        cut(b'{"a": 1}\n{"b": {' + b'"c": 1, ' * 1000, 100)
