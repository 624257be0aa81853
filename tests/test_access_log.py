"""Web server logs: whose request a line is about, what is a page, and logs in JSON by the names of their fields."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar.load.access_log import Hit, is_line, read_line
from radar.load.json_log import is_entry, read_entry
from radar.load.pages import is_page
from radar.load.times import parse_time

CLIENT = "203.0.113.7"
REQUEST = '[29/Nov/2026:13:05:53 +0000] "GET /a HTTP/1.1" 200 5'
REST = REQUEST + ' "https://from.example/" "Agent"'


@pytest.mark.parametrize(
    ("before", "client"),
    [
        (f"{CLIENT} - -", CLIENT),
        (f"{CLIENT} - bob", CLIENT),
        (f"{CLIENT} - john smith", CLIENT),
        (f"{CLIENT}:51234 - -", CLIENT),
        (f"www.shop.example:443 {CLIENT} - -", CLIENT),
        (f"10.0.0.5:80 {CLIENT} - -", CLIENT),
        (f"{CLIENT} www.shop.example -", CLIENT),
        (f"{CLIENT}, 10.0.0.1 - -", CLIENT),
        (f"{CLIENT},10.0.0.1,10.0.0.2 - -", CLIENT),
        (f"unknown, {CLIENT} - -", CLIENT),
        (f"www.shop.example {CLIENT}, 10.0.0.1 - -", CLIENT),
        (f"{CLIENT} - [{CLIENT}] - -", CLIENT),
        (f"::ffff:{CLIENT} - -", CLIENT),
        ("::FFFF:cb00:7107 - -", CLIENT),
        ("2001:DB8:0::1 - -", "2001:db8::1"),
        ("[2001:db8::1]:443 - -", "2001:db8::1"),
        ("fe80::1%eth0 - -", "fe80::1"),
        (f"<190>Nov 29 13:05:53 web nginx: {CLIENT} - -", CLIENT),
        (f"<165>1 2026-11-29T13:05:53.003Z web nginx 1234 ID47 [x@32473 iut=\"3\"] {CLIENT} - -", CLIENT),
        (f"Nov 29 13:05:53 10.0.0.9 nginx[12]: {CLIENT} - -", CLIENT),
        (f"2026-11-29T13:05:53.123456789Z stdout F {CLIENT} - -", CLIENT),
        (f"2026-11-29T13:05:53.123456789Z {CLIENT} - -", CLIENT),
        (f"web-1  | {CLIENT} - -", CLIENT),
        (f"[pod/web-6d4/nginx] {CLIENT} - -", CLIENT),
        ("- - -", None),
        ("host.example - -", None),
        ("Nov 29 13:05:53 10.0.0.9 nginx[12]: host.example - -", None),
        ("10.0.0.5:80 host.example - -", None),
        ("unix: - -", None),
        ("300.1.1.1 - -", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_client_is_an_address_and_never_another_word(before: str, client: str | None) -> None:
    line = f"{before} {REST}"
    assert is_line(line)
    if client is None:
        with pytest.raises(ValueError, match="no address"):
            read_line(line)
    else:
        hit = read_line(line)
        assert (hit.address, hit.target, hit.user_agent) == (client, "/a", "Agent")


@pytest.mark.parametrize(
    ("after", "referrer", "agent"),
    [
        ("", None, None),
        (" 0.005", None, None),
        (' "-" "-"', None, None),
        (' "https://a/" "Agent" 0.005', "https://a/", "Agent"),
        (' "https://a/" "Agent" rt=0.005 uct="0.1" "198.51.100.9"', "https://a/", "Agent"),
        (' "https://a/" "Agent" "198.51.100.9" 12 [default-web-80] [] 10.1.1.1:80', "https://a/", "Agent"),
        (' 1834 "https://a/" "Agent"', "https://a/", "Agent"),
        (
            r' "https://a/?q=\"b\"" "A \"quoted\" \\ \x22agent\x22 \xc3\xa4"',
            'https://a/?q="b"',
            'A "quoted" \\ "agent" ä',
        ),
    ],
)
def test_what_follows_the_user_agent_is_left_out(after: str, referrer: str | None, agent: str | None) -> None:
    hit = read_line(f"{CLIENT} - - {REQUEST}{after}")
    assert (hit.referrer, hit.user_agent) == (referrer, agent)


@pytest.mark.parametrize(
    "line", ["", "words", f"{CLIENT} - - {REST}"[:60], f"{CLIENT} - - {REST.replace('Nov', 'Nil')}"]
)
def test_what_is_no_request_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_line(line)


@given(st.text(alphabet='[]"\\ 1.:-a/', max_size=60))
def test_no_line_does_harm(text: str) -> None:
    for line in (text, f"{text} {REST}", f"{CLIENT} - - {REQUEST} {text}"):
        with suppress(ValueError):
            assert read_line(line).address


@pytest.mark.parametrize(
    "path",
    [
        "/", "/u/anna.lee", "/wiki/Node.js", "/docs/Vue.js", "/media", "/media/press", "/tags/css", "/fonts/helvetica",
        "/img/about",
        "/images/best-of", "/static/about", "/uploads/guide", "/icons/", "/json/tutorial", "/health/advice",
        "/metrics/2026",
        "/a.html", "/index.php", "/v1.2", "/company/acme.inc", "/hosts/shop.example", "/wiki/ASP.NET", "/price-9.99",
    ],
)  # fmt: skip
def test_pages(path: str) -> None:
    assert is_page("GET", path, 200)
    assert is_page("GET", path, 304)
    assert not is_page("POST", path, 200)
    assert not is_page("GET", path, 404)
    assert not is_page(None, path, 200)


@pytest.mark.parametrize(
    "path",
    [
        "/app.js", "/js/Main.js", "/a/B.PNG", "/style.css", "/fonts/a.woff2", "/media/film.mp4", "/favicon.ico",
        "/robots.txt",
        "/sitemap.xml", "/report.pdf", "/data.json", "/feed/", "/blog/feed", "/rss", "/api/v1/users", "/graphql",
        "/wp-json/wp/v2",
        "/image/7", "/images/33888/200x200", "/settings/logo", "/ajaxFilter/1", "/_next/data", "/healthz",
    ],
)  # fmt: skip
def test_what_is_static_or_for_programs_is_no_page(path: str) -> None:
    assert not is_page("GET", path, 200)


HEADERS = {"User-Agent": ["Agent"], "Referer": ["https://from.example/"]}
CADDY = {
    "level": "info", "ts": 1646861401.5241024, "logger": "http.log.access", "msg": "handled request",
    "request": {
        "remote_ip": CLIENT, "remote_port": "41342", "client_ip": CLIENT, "proto": "HTTP/2.0", "method": "GET",
        "host": "localhost", "uri": "/a", "headers": HEADERS,
    },
    "bytes_read": 0, "user_id": "", "duration": 0.000929675, "size": 5, "status": 200, "resp_headers": {},
}  # fmt: skip
TRAEFIK = {
    "ClientAddr": f"{CLIENT}:51234", "ClientHost": CLIENT, "ClientPort": "51234", "ClientUsername": "-",
    "DownstreamContentSize": 5, "DownstreamStatus": 200, "Duration": 1234, "OriginStatus": 200,
    "RequestHost": "localhost",
    "RequestMethod": "GET", "RequestPath": "/a", "StartUTC": "2022-03-09T21:30:01.524102Z",
    "level": "info", "msg": "", "request_Referer": "https://from.example/", "request_User-Agent": "Agent",
    "time": "2022-03-09T21:30:02Z",
}  # fmt: skip
NGINX = {
    "time_local": "09/Mar/2022:21:30:01 +0000", "remote_addr": CLIENT, "remote_user": "", "request": "GET /a HTTP/1.1",
    "status": "200", "body_bytes_sent": "5", "request_time": "0.005", "http_referrer": "https://from.example/",
    "http_user_agent": "Agent", "http_x_forwarded_for": "198.51.100.9",
}  # fmt: skip
LINE = f'{CLIENT} - - [09/Mar/2022:21:30:01 +0000] "GET /a HTTP/1.1" 200 5 "https://from.example/" "Agent"'


@pytest.mark.parametrize(
    "fields",
    [
        CADDY,
        CADDY | {"request": {"remote_addr": f"{CLIENT}:41342", "method": "GET", "uri": "/a", "headers": HEADERS}},
        CADDY | {"ts": "2022-03-09T21:30:01.524Z"},
        TRAEFIK,
        NGINX,
        NGINX | {"time_local": None, "msec": "1646861401.524"},
        NGINX | {"time_local": None, "time_iso8601": "2022-03-09T22:30:01+01:00"},
        NGINX | {"request": None, "request_method": "GET", "request_uri": "/a"},
        {
            "source": {"ip": CLIENT}, "url": {"path": "/a"}, "http": {
                "request": {"method": "GET", "referrer": "https://from.example/"},
                "response": {"status_code": 200, "body": {"bytes": 5}},
            },
            "user_agent": {"original": "Agent"}, "@timestamp": "2022-03-09T21:30:01Z",
        },
        {
            "httpRequest": {
                "requestMethod": "GET", "requestUrl": "/a", "status": 200, "responseSize": "5", "remoteIp": CLIENT,
                "referer": "https://from.example/", "userAgent": "Agent",
            },
            "timestamp": "2022-03-09T21:30:01.5Z",
        },
        {"log": LINE + "\n", "stream": "stdout", "time": "2022-03-09T21:30:01.6Z"},
        {"MESSAGE": LINE, "_HOSTNAME": "web", "__REALTIME_TIMESTAMP": "1646861401524102"},
        {"message": LINE, "kubernetes": {"pod_name": "web-1"}},
    ],
)  # fmt: skip
def test_logs_in_json(fields: dict[str, Any]) -> None:
    assert is_entry(fields)
    hit = read_entry(json.loads(json.dumps(fields)))
    time = parse_time(hit.time)
    assert hit._replace(time="") == Hit(CLIENT, "", "GET", "/a", 200, 5, "https://from.example/", "Agent")
    assert time is not None
    assert f"{time:%Y-%m-%d %H:%M:%S}" == "2022-03-09 21:30:01"


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "page", "anonymousId": "a", "timestamp": "2026-05-04T12:00:00Z", "context": {"ip": CLIENT}},
        {"level": "info", "msg": "started", "ts": 1646861401.5},
        {},
    ],
)
def test_other_json_is_no_log(fields: dict[str, Any]) -> None:
    assert not is_entry(fields)
