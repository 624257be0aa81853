"""Web server logs in the common and combined formats, each line as a Segment message."""

import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from radar.load.client_address import client_of
from radar.load.identity import visitor_id
from radar.load.pages import is_page
from radar.load.project import Project
from radar.load.times import parse_time

_QUOTED = r'"((?:[^"\\]|\\.)*)"(?=\s|$)'
_TIME = r"\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d(?:\.\d+)? [+-]\d{4}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d))\]"
_BEFORE_REQUEST = re.compile(_TIME + r' "')
_LINE = re.compile(
    rf"(.*?)\s?{_TIME} {_QUOTED} (\d{{3}}) (\d+|-)(?:(?: [\d.-]+)*? {_QUOTED} {_QUOTED}(?:\s.*)?|(?:\s[^\"]*)?)",
    re.DOTALL,
)
"""Further fields after the user agent, such as X-Forwarded-For, are left out: anyone can write anything into them."""

_CLF_TIME = re.compile(r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ESCAPED = re.compile(rb"\\(?:x([0-9a-fA-F]{2})|(.))", re.DOTALL)


class Hit(NamedTuple):
    """What a log says of one request; None where it does not say."""

    address: str
    time: str
    method: str | None
    target: str
    status: int
    size: int | None = None
    referrer: str | None = None
    user_agent: str | None = None


def is_line(line: str) -> bool:
    """Whether it has the time and request of a log line; what stands before them differs."""
    return _BEFORE_REQUEST.search(line) is not None and not line.lstrip().startswith("{")


def read_line(line: str) -> Hit:
    """The request of a line. Raises ValueError with what it lacks."""
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError("no line of a common or combined log")
    before, time, request, status, size, referrer, agent = match.groups()
    address = client_of(before)
    if address is None:
        raise ValueError("no address of a client before the time")
    method, target = request_of(_plain(request) or "")
    return Hit(
        address,
        time_of(time),
        method,
        target,
        int(status),
        None if size == "-" else min(int(size), 2**53),
        _plain(referrer),
        _plain(agent),
    )


def message_of(hit: Hit, project: Project) -> dict[str, Any]:
    """The message of a request: `page` for a page that was shown, else `request`."""
    url, path = _address(hit.target, project.domain or project.slug)
    page = {"url": url, "path": path, "referrer": hit.referrer}
    return {
        "type": "page" if is_page(hit.method, path, hit.status) else "request",
        "anonymousId": visitor_id(project.project_id, hit.address, hit.user_agent),
        "timestamp": hit.time,
        "context": {"ip": hit.address, "userAgent": hit.user_agent, "page": page},
        "properties": {"method": hit.method, "status": hit.status, "bytes": hit.size},
    }


@lru_cache(1024)  # lines of the same second stand together
def time_of(text: str) -> str:
    """The time as ISO 8601. Raises ValueError when it is none."""
    match = _CLF_TIME.fullmatch(text)
    if match is None:
        if (time := parse_time(text)) is None:
            raise ValueError(f"the time {text[:40]!r} is none")
        return time.isoformat()
    day, month, year, clock, hours, minutes = match.groups()
    if month not in _MONTHS:
        raise ValueError(f"no month is called {month}")
    return f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{clock}{hours}:{minutes}"


def request_of(text: str) -> tuple[str | None, str]:
    """Method and target; a request that is not HTTP (a port scan) has no method."""
    parts = text.split(" ")
    return (parts[0], parts[1]) if len(parts) > 1 and parts[0].isupper() else (None, text)


def _address(target: str, host: str) -> tuple[str, str]:
    if target.startswith("/") or "://" not in target:
        return f"https://{host}{target}", re.split(r"[?#]", target, maxsplit=1)[0]
    try:
        return target, urlsplit(target).path or "/"
    except ValueError:  # a proxy request for a broken address
        return target, target


def _plain(value: str | None) -> str | None:
    """Without the escapes of Apache and nginx; None where nothing was sent."""
    if value is None or value in ("", "-"):
        return None
    if "\\" not in value:
        return value
    data = _ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()) if match[1] else match[2], value.encode())
    return data.decode("utf-8", "replace").replace("\0", "")
