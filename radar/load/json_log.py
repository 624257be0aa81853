"""Web server logs in JSON: Caddy, Traefik, nginx and others by the names of their fields; and lines that a container
runtime, journald or a collector has wrapped in JSON."""

from collections.abc import Mapping
from typing import Any

from radar.load.access_log import Hit, is_line, read_line, request_of, time_of
from radar.load.client_address import address_of
from radar.load.times import parse_time

_WRAPPED = ("log", "MESSAGE", "message", "msg", "line")
"""docker, journald, collectors."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "address": (
        "request.client_ip", "request.remote_ip", "request.remote_addr", "ClientHost", "ClientAddr", "remote_addr",
        "remote_ip", "client_ip", "clientip", "client.ip", "source.ip", "client.address", "source.address",
        "httpRequest.remoteIp", "downstream_remote_address", "remote_host", "remoteAddr", "clientIp", "ip", "client",
        "remote",
    ),
    "time": (
        "ts", "StartUTC", "time_iso8601", "@timestamp", "timestamp", "time_local", "msec", "start_time", "StartLocal",
        "time", "datetime", "date",
    ),
    "request": ("request", "request_line", "requestLine"),
    "method": (
        "request.method", "RequestMethod", "request_method", "http.request.method", "httpRequest.requestMethod",
        "method", "verb",
    ),
    "target": (
        "request.uri", "RequestPath", "request_uri", "url.original", "httpRequest.requestUrl", "url.path", "uri",
        "path", "url", "request_path",
    ),
    "status": (
        "status", "DownstreamStatus", "OriginStatus", "http.response.status_code", "httpRequest.status", "status_code",
        "response_code", "response", "statusCode",
    ),
    "size": (
        "size", "DownstreamContentSize", "body_bytes_sent", "bytes_sent", "http.response.body.bytes",
        "httpRequest.responseSize", "bytes", "response_size",
    ),
    "referrer": (
        "request.headers.Referer", "request_Referer", "http_referer", "http_referrer", "http.request.referrer",
        "httpRequest.referer", "referer", "referrer",
    ),
    "user_agent": (
        "request.headers.User-Agent", "request_User-Agent", "http_user_agent", "user_agent.original",
        "httpRequest.userAgent", "user_agent", "agent", "userAgent", "ua",
    ),
}  # fmt: skip
"""What a request is made of, and where logs hold it: the first that has a value counts. X-Forwarded-For is not among
the addresses, because anyone can write anything into them."""


def is_entry(fields: Mapping[str, Any]) -> bool:
    """Whether an object is a line of a log: it has an address, a request, a status and a time, or a line as text."""
    if _wrapped(fields) is not None:
        return True
    found = {name for name in ("address", "request", "target", "status", "time") if _first(fields, name) is not None}
    return {"address", "status", "time"} <= found and bool({"request", "target"} & found)


def read_entry(fields: Mapping[str, Any]) -> Hit:
    """The request of an object. Raises ValueError with what it lacks."""
    if (line := _wrapped(fields)) is not None:
        return read_line(line)
    method, target = _request(fields)
    status, size = _first(fields, "status"), _first(fields, "size")
    address = address_of(str(_first(fields, "address") or ""))
    if address is None:
        raise ValueError("no address of a client")
    if not str(status).isdecimal():
        raise ValueError("no status")
    return Hit(
        address,
        _time(_first(fields, "time")),
        method,
        target,
        int(status),
        min(int(size), 2**53) if str(size).isdecimal() else None,
        _text(_first(fields, "referrer")),
        _text(_first(fields, "user_agent")),
    )


def _wrapped(fields: Mapping[str, Any]) -> str | None:
    lines = (fields.get(name) for name in _WRAPPED)
    return next((line.rstrip("\r\n") for line in lines if isinstance(line, str) and is_line(line)), None)


def _request(fields: Mapping[str, Any]) -> tuple[str | None, str]:
    target = _text(_first(fields, "target"))
    if target is not None:
        return _text(_first(fields, "method")), target
    line = _first(fields, "request")
    if not isinstance(line, str):
        raise ValueError("no request")  # noqa: TRY004 - as all that a line may lack
    return request_of(line)


def _time(value: Any) -> str:
    if isinstance(value, int | float) and (time := parse_time(value)):
        return time.isoformat()
    return time_of(str(value))


def _first(fields: Mapping[str, Any], name: str) -> Any:
    values = (field(fields, path) for path in _NAMES[name])
    return next((value for value in values if value not in (None, "", "-") and not isinstance(value, dict)), None)


def field(fields: Mapping[str, Any], path: str) -> Any:
    """The value at a path of names with dots between, or under the path as one name; None where there is none."""
    if path in fields:
        return fields[path]
    value: Any = fields
    while path:
        name, _, path = path.partition(".")
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(value: Any) -> str | None:
    """A header may be a list of values, of which the first counts."""
    first = value[0] if isinstance(value, list) and value else value
    return str(first) if first not in (None, "", "-", []) else None
