"""Web server logs in the common and combined formats, each line as a Segment message."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from radar.load.identity import visitor_id
from radar.load.project import Project

LINE = re.compile(
    r'(?P<address>\S+) \S+ .*?\[(?P<time>[^\]]{26})\] "(?P<request>(?:[^"\\]|\\.)*)" (?P<status>\d{3}) (?P<bytes>\d+|-)'
    r'(?: "(?P<referrer>(?:[^"\\]|\\.)*)" "(?P<agent>(?:[^"\\]|\\.)*)")?(?: "(?:[^"\\]|\\.)*")*\s*'
)
"""Further quoted fields, such as X-Forwarded-For, are read and left out: anyone can write anything into them."""

TIME = re.compile(r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)")
MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}

DOCUMENTS = {"html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "jspx", "do", "cfm", "cgi", "pl", "md"}
NOT_PAGES = re.compile(
    r"/(?:images?|img|static|assets|css|js|fonts?|media|uploads|thumbs?|icons?|logo|ajax\w*|api|graphql|feeds?|rss|atom"
    r"|wp-json|wp-admin|\.well-known|health|healthz|metrics|json\w*|_next|cgi-bin)(?:/|$)",
    re.IGNORECASE,
)
"""Path parts of pictures, scripts, feeds and calls that scripts make: a log does not say what asked for them."""


def parse_line(line: str, project: Project) -> dict[str, Any] | None:
    """The message of a log line: `page` for a page that was shown, else `request`; None when it is not a log line."""
    match = LINE.fullmatch(line)
    time = _iso_time(match["time"]) if match else None
    if match is None or time is None:
        return None
    method, target = _request(match["request"])
    agent, referrer = _named(match["agent"]), _named(match["referrer"])
    url, path = _address(target, project)
    page = {"url": url, "path": path, "referrer": referrer}
    return {
        "type": "page" if _is_page(method, path, match["status"]) else "request",
        "anonymousId": visitor_id(project.project_id, match["address"], agent),
        "timestamp": time,
        "context": {"ip": match["address"], "userAgent": agent, "page": page},
        "properties": {"method": method, "status": int(match["status"]), "bytes": _size(match["bytes"])},
    }


@lru_cache(1024)  # lines of the same second stand together
def _iso_time(text: str) -> str | None:
    match = TIME.fullmatch(text)
    if match is None or match[2] not in MONTHS:
        return None
    day, month, year, time, hours, minutes = match.groups()
    return f"{year}-{MONTHS[month]}-{day}T{time}{hours}:{minutes}"


def _request(text: str) -> tuple[str | None, str]:
    """Method and target; a request that is not HTTP (a port scan) has no method."""
    parts = text.split(" ")
    return (parts[0], parts[1]) if len(parts) > 1 and parts[0].isupper() else (None, text)


def _address(target: str, project: Project) -> tuple[str, str]:
    if target.startswith("/") or "://" not in target:
        return f"https://{project.domain or project.slug}{target}", re.split(r"[?#]", target, maxsplit=1)[0]
    try:
        return target, urlsplit(target).path or "/"
    except ValueError:  # a proxy request for a broken address
        return target, target


def _is_page(method: str | None, path: str, status: str) -> bool:
    if method != "GET" or not (status.startswith("2") or status == "304") or NOT_PAGES.search(path):
        return False
    _, dot, extension = path.rsplit("/", 1)[-1].rpartition(".")
    return not dot or not re.fullmatch(r"[a-zA-Z]\w{1,5}", extension) or extension.lower() in DOCUMENTS


def _named(value: str | None) -> str | None:
    return None if value in (None, "", "-") else value


def _size(value: str) -> int | None:
    return None if value == "-" else min(int(value), 2**53)
