"""Addresses taken apart by the macros of macros/channels, in a real PostgreSQL."""

from collections.abc import Iterator

import psycopg
import pytest

from radar.server import Server
from tests.channel_macros import evaluate, macro_database


@pytest.fixture(scope="module")
def connection(server: Server) -> Iterator[psycopg.Connection]:
    with macro_database(server, "url_parts") as connection:
        yield connection


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://example.com/path", "example.com", id="plain"),
        pytest.param("HTTPS://WWW.Example.COM/Path", "example.com", id="mixed case and www"),
        pytest.param("http://example.com:8080/", "example.com", id="port"),
        pytest.param("http://user:p%40ss@example.com:80/", "example.com", id="user and password"),
        pytest.param("https://example.com?q=1", "example.com", id="no path"),
        pytest.param("https://example.com#top", "example.com", id="fragment only"),
        pytest.param("http://[2001:DB8::1]:8080/x", "[2001:db8::1]", id="IPv6"),
        pytest.param("http://192.0.2.1:80/", "192.0.2.1", id="IPv4"),
        pytest.param("android-app://com.google.android.gm/", "com.google.android.gm", id="Android app"),
        pytest.param("//cdn.example.com/x.js", "cdn.example.com", id="no scheme"),
        pytest.param("https://example.com./", "example.com", id="dot of the root"),
        pytest.param("/login?next=https://evil.example/", None, id="address in the query"),
        pytest.param("login?next=https://evil.example/", None, id="address in the query of a relative address"),
        pytest.param("https:/example.com/evil.example/", None, id="one slash"),
        pytest.param("https://example.com/@user", "example.com", id="at sign in the path"),
        pytest.param("https://example.com?mail=a@b.example", "example.com", id="at sign in the query"),
        pytest.param("https://example.com\\@evil.example/", "example.com", id="backslash, as browsers read it"),
        pytest.param("https://bücher.example/", "bücher.example", id="other script"),
        pytest.param("https://www2.example.com/", "www2.example.com", id="name that begins with www"),
        pytest.param(" https://example.com/", "example.com", id="space before it"),
        pytest.param("/pricing", None, id="path"),
        pytest.param("example.com", None, id="bare name"),
        pytest.param("about:blank", None, id="opaque"),
        pytest.param("file:///tmp/x", None, id="no host"),
        pytest.param("-", None, id="placeholder of a log"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="missing"),
    ],
)
def test_host(connection: psycopg.Connection, url: str | None, expected: str | None) -> None:
    assert evaluate(connection, "url_host", url) == expected


@pytest.mark.parametrize(
    ("url", "path", "query", "fragment"),
    [
        pytest.param("https://a.example/b/c?d=e#f", "/b/c", "d=e", "f", id="everything"),
        pytest.param("https://a.example", "/", None, None, id="bare host"),
        pytest.param("https://a.example?", "/", None, None, id="empty query"),
        pytest.param("https://a.example/#/route?x=1", "/", None, "/route?x=1", id="route in the fragment"),
        pytest.param("https://a.example/b?c=d?e#f#g", "/b", "c=d?e", "f#g", id="repeated marks"),
        pytest.param("/b?u=http://c.example/d", "/b", "u=http://c.example/d", None, id="path alone"),
        pytest.param("", "/", None, None, id="empty"),
        pytest.param(None, None, None, None, id="missing"),
    ],
)
def test_path_query_and_fragment(
    connection: psycopg.Connection, url: str | None, path: str | None, query: str | None, fragment: str | None
) -> None:
    parts = [evaluate(connection, f"url_{part}", url) for part in ("path", "query", "fragment")]
    assert parts == [path, query, fragment]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("?utm_source=news", "news", id="alone"),
        pytest.param("?a=1&utm_source=news&b=2#c", "news", id="among others"),
        pytest.param("?utm_source=spring+sale%20%26%20more", "spring sale & more", id="encoded"),
        pytest.param("?utm_source=%D0%BF%D0%BE%D1%87%D1%82%D0%B0", "\u043f\u043e\u0447\u0442\u0430", id="other script"),
        pytest.param("?utm_source=%f0%9f%9a%80", "\U0001f680", id="four bytes"),
        pytest.param("?utm_source=first&utm_source=second", "first", id="twice"),
        pytest.param("?utm_source=a=b", "a=b", id="equals sign in the value"),
        pytest.param("?utm_source=", None, id="empty"),
        pytest.param("?xutm_source=news", None, id="end of another name"),
        pytest.param("?utmXsource=news", None, id="underscore is no wildcard"),
        pytest.param("#?utm_source=news", None, id="in the fragment"),
        pytest.param("&utm_source=news", None, id="no query"),
        pytest.param("", None, id="absent"),
        pytest.param("?utm_source=50%", "50%", id="stray percent sign"),
        pytest.param("?utm_source=%zz%4", "%zz%4", id="no hexadecimal digits"),
        pytest.param("?utm_source=caf%E9+%C3%A9", "caf%E9 \u00e9", id="latin-1 stays, UTF-8 is decoded"),
        pytest.param("?utm_source=a%00b", "a%00b", id="NUL stays"),
        pytest.param("?utm_source=%C0%AF%ED%A0%80%F8", "%C0%AF%ED%A0%80%F8", id="not UTF-8"),
        pytest.param("?utm_source=%2541", "%41", id="decoded once"),
    ],
)
def test_parameter(connection: psycopg.Connection, query: str, expected: str | None) -> None:
    assert evaluate(connection, "url_parameter", f"https://a.example/b{query}", "utm_source") == expected


def test_decoding_agrees_with_python_and_never_raises(connection: psycopg.Connection) -> None:
    """Every sequence of two bytes, and longer ones around the edges of UTF-8: decoded where Python can, else kept."""
    edges = [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xE0, 0xF0, 0xFF]
    sequences = [bytes([first, second]) for first in range(1, 256) for second in range(1, 256)]
    sequences += [
        bytes([first, *rest]) for first in range(0xE0, 256) for rest in [(a, b) for a in edges for b in edges]
    ]
    sequences += [bytes([first, second, 0x80, 0xBF]) for first in range(0xF0, 256) for second in range(1, 256)]
    encoded = {"".join(f"%{byte:02X}" for byte in sequence): sequence for sequence in sequences}
    rows = connection.execute("select value, radar.url_decode(value) from unnest(%s::text[]) as value", [list(encoded)])
    for value, decoded in rows:
        try:
            assert decoded == encoded[value].decode()
        except UnicodeDecodeError:
            assert "%" in decoded
