"""Rows of ingest.events as messages of the Segment spec, one JSON text each.

The texts are put together from the columns in bulk. Nothing in the demo's values needs escaping in JSON (a test reads
every line back), so none is escaped.
"""

import json

import polars as pl

from radar.demo.sites import Site

_TYPES = {"pageview": "page", "identify": "identify", "batch": "batch"}


def lines(frame: pl.DataFrame, site: Site) -> pl.Series:
    """One message a row. A row without a time becomes a broken text; a batch becomes a message that holds messages."""
    spoken = pl.coalesce("event_name", "event_type")
    kind = pl.col("event_type").replace_strict(_TYPES, default="track")
    said = pl.col("properties")
    head = _object(
        type=_text(kind),
        event=_text(pl.when(kind == "track").then(spoken)),
        messageId=_text(pl.col("message_id")),
        anonymousId=_text(pl.col("anonymous_id")),
        userId=_text(pl.col("user_id")),
        writeKey=_text(pl.lit(site.write_key)),
        timestamp=_time("occurred_at"),
        receivedAt=_time("received_at"),
        category=_named("event_category"),
        properties=pl.when(kind == "page").then(_timings()).when(kind == "track").then(said),
        traits=pl.when(kind == "identify").then(said),
        context=_context(),
    )
    whole = pl.when(pl.col("occurred_at").is_null()).then(head.str.slice(0, 80)).otherwise(head)
    texts = frame.select(whole.alias("line")).to_series()
    batches = (frame["event_type"] == "batch").arg_true()
    packed = [_batch(texts[at], frame["properties"][at]) for at in batches.to_list()]
    return texts.scatter(batches, pl.Series(packed, dtype=pl.String))


def _timings() -> pl.Expr:
    return _object(load_time_ms=_number("load_time_ms"), render_time_ms=_number("render_time_ms"))


def _context() -> pl.Expr:
    return _object(
        channelType=pl.when(pl.col("channel_type") != "web").then(_named("channel_type")),
        externalId=_named("external_id"),
        handshakeToken=_named("handshake_token"),
        page=_object(
            url=_named("page_url"),
            path=_named("page_path"),
            title=_named("page_title"),
            referrer=_named("page_referrer"),
        ),
        userAgent=_named("user_agent"),
        locale=_named("browser_language"),
        timezone=_named("timezone"),
        sessionId=_named("session_id"),
        ip=_named("ip_address"),
        location=_object(country=_named("country_code"), city=_named("city")),
        screen=_object(
            width=_number("screen_width"),
            height=_number("screen_height"),
            innerWidth=_number("viewport_width"),
            innerHeight=_number("viewport_height"),
            density=_number("device_pixel_ratio"),
        ),
        campaign=_object(
            source=_named("utm_source"),
            medium=_named("utm_medium"),
            name=_named("utm_campaign"),
            content=_named("utm_content"),
            term=_named("utm_term"),
        ),
        library=_text(pl.col("sdk_version"), '{"name":"{}"}'),
    )


def _object(**members: pl.Expr) -> pl.Expr:
    """A JSON object of the members that are not null; null when none is."""
    pieces = [(pl.lit(f',"{name}":') + value).fill_null("") for name, value in members.items()]
    # The members stand here once: an expression used twice is computed twice, at every level of nesting.
    whole = pl.lit("{") + pl.concat_str(pieces).str.slice(1) + pl.lit("}")
    return whole.replace("{}", None)


def _text(value: pl.Expr, template: str = '"{}"') -> pl.Expr:
    before, after = template.rsplit("{}", 1)
    return pl.lit(before) + value + pl.lit(after)


def _named(column: str) -> pl.Expr:
    return _text(pl.col(column))


def _number(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String)


def _time(column: str) -> pl.Expr:
    return _text(pl.col(column).dt.to_string("%Y-%m-%dT%H:%M:%S%.3fZ"))


def _batch(line: str, properties: str) -> str:
    """The batch message of a batch row, whose messages share what the row says of itself."""
    whole = json.loads(line)
    shared = {name: whole[name] for name in ("anonymousId", "userId", "context") if name in whole}
    parts = [
        {
            "type": "track",
            "event": part["event_type"],
            "messageId": part["message_id"],
            "timestamp": part["occurred_at"],
            "properties": part["properties"],
            **shared,
        }
        for part in json.loads(properties)["events"]
    ]
    sent = {name: whole[name] for name in ("type", "messageId", "writeKey", "receivedAt")}
    return json.dumps({**sent, "batch": parts}, ensure_ascii=False, separators=(",", ":"))
