"""Events as rows of ingest.events: the numbers of visits.py and events.py become text, in bulk, by looking it up."""

import functools
from collections.abc import Sequence
from itertools import chain

import numpy as np
import polars as pl

from radar.demo import agents, audience, journeys, pages, sources, stories
from radar.demo.draws import Flags, Floats, Ints, Keys, below, named, uniform
from radar.demo.events import Events
from radar.demo.properties import properties
from radar.demo.sites import SITES
from radar.demo.visits import Visits

COLUMNS = [
    "workspace_id",
    "project_id",
    "message_id",
    "occurred_at",
    "received_at",
    "event_type",
    "event_name",
    "event_category",
    "anonymous_id",
    "user_id",
    "session_id",
    "channel_type",
    "external_id",
    "handshake_token",
    "page_url",
    "page_path",
    "page_title",
    "page_referrer",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_content",
    "utm_term",
    "user_agent",
    "bot_class",
    "device_type",
    "os_name",
    "os_version",
    "browser_name",
    "browser_version",
    "browser_language",
    "timezone",
    "screen_width",
    "screen_height",
    "viewport_width",
    "viewport_height",
    "device_pixel_ratio",
    "ip_address",
    "country_code",
    "city",
    "load_time_ms",
    "render_time_ms",
    "properties",
    "sdk_version",
]
"""The columns of ingest.events that the demo fills, in their order."""

_SDK = "radar-js 1.4.2"


def rows(found: Visits, sent: Events) -> pl.DataFrame:
    """One row an event, in the order given, with COLUMNS."""
    visit_rows = pl.concat([visit_columns(found), _device_columns(found), _place_columns(found)], how="horizontal")
    looked_up = visit_rows[sent.visit.astype(np.uint32)]
    table = looked_up.with_columns(
        **_message_columns(found, sent, looked_up),
        **_page_columns(found, sent),
        **_campaign_columns(found, sent),
        **_timing_columns(found, sent),
        channel_type=pl.lit("web"),
        external_id=pl.lit(None, pl.String),
        sdk_version=pl.lit(_SDK),
    )
    return table.select(COLUMNS)


def look_up(values: Sequence[object] | pl.Series, positions: Ints) -> pl.Series:
    """The values at the positions, as a column; a position of -1 gives null."""
    series = values if isinstance(values, pl.Series) else pl.Series(values)
    index = pl.Series(positions.astype(np.int32))
    return series.gather(index.set(index < 0, None))


def hex_ids(keys: Keys, prefix: str = "") -> pl.Series:
    """Text ids of keys: the prefix and 16 hexadecimal digits."""
    return pl.Series([f"{prefix}{key:016x}" for key in keys.tolist()], dtype=pl.String)


def visit_columns(found: Visits) -> pl.DataFrame:
    """Texts of each visit: workspace, project, visit, session (null where the site sends none), device and person."""
    sends_id = np.array([site.sends_session_id for site in SITES])[found.site] & ~found.is_bot
    sessions, person = hex_ids(named(found.key, "session"), "s_"), hex_ids(found.person())
    members = pl.Series([site.workspace.slug for site in SITES])
    return pl.DataFrame(
        {
            "workspace_id": look_up([str(site.workspace.workspace_id) for site in SITES], found.site),
            "project_id": look_up([str(site.project_id) for site in SITES], found.site),
            "visit_id": hex_ids(found.key),
            "session_id": look_up(sessions, np.where(sends_id, np.arange(sends_id.size), -1)),
            "anonymous_id": hex_ids(found.visitor, "a_"),
            "person_id": look_up(members, found.site) + "_" + person.str.slice(0, 12),
        }
    )


def _device_columns(found: Visits) -> pl.DataFrame:
    table = agents.table()[found.device.astype(np.uint32)]
    screen = found.device * audience.SCREENS + below(found.visitor, "screen", audience.SCREENS)
    width, height, ratio = _screens()[screen].T
    is_desktop = (table["device_type"] == "desktop").fill_null(value=False)
    measures = {
        "screen_width": width,
        "screen_height": height,
        "viewport_width": width - is_desktop.to_numpy() * 15,
        "viewport_height": height * 0.86,
    }
    sizes = {name: pl.Series(value.astype(np.int32)) for name, value in measures.items()}
    known = pl.Series(width > 0)
    return table.with_columns(device_pixel_ratio=pl.Series(ratio), **sizes).with_columns(
        pl.when(known).then(pl.col(name)).alias(name) for name in (*sizes, "device_pixel_ratio")
    )


@functools.cache
def _screens() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array(list(chain.from_iterable(device.screens for device in audience.DEVICES)), dtype=np.float64)


def _place_columns(found: Visits) -> pl.DataFrame:
    place = audience.PLACE.spin(found.site, found.household, "place")
    names = ("country_code", "city", "timezone", "language")
    columns = {name: look_up([getattr(place, name) for place in audience.PLACES], place) for name in names}
    person = np.where(found.is_bot, -1, place)
    columns["timezone"] = look_up([place.timezone for place in audience.PLACES], person)
    columns["browser_language"] = look_up([place.language for place in audience.PLACES], person)
    return pl.DataFrame(columns).drop("language").with_columns(ip_address=_addresses(found))


def _addresses(found: Visits) -> pl.Series:
    """Truncated addresses of networks that belong to nobody: RFC 2544 for IPv4, RFC 3849 for IPv6."""
    network = below(found.household, "network", 640)
    version_4 = [f"198.{18 + number // 256}.{number % 256}.0/24" for number in range(512)]
    version_6 = [f"2001:db8:{number:x}::/48" for number in range(1, 129)]
    return look_up(version_4 + version_6, network)


def _message_columns(found: Visits, sent: Events, looked_up: pl.DataFrame) -> dict[str, pl.Series | pl.Expr]:
    counters = [f"-{number:02d}" for number in range(int(sent.number.max()) + 1)]
    kinds = journeys.KINDS
    knows = pl.Series(sent.number >= found.known_from()[sent.visit])
    user_id = pl.select(pl.when(knows).then(looked_up["person_id"])).to_series()
    return {
        "message_id": looked_up["visit_id"] + look_up(counters, sent.number),
        "occurred_at": moments(sent.occurred),
        "received_at": moments(sent.received),
        "event_type": look_up([kind.event_type for kind in kinds], sent.kind),
        "event_name": look_up([kind.event_name for kind in kinds], sent.kind),
        "event_category": look_up([kind.category for kind in kinds], sent.kind),
        "user_id": user_id,
        "handshake_token": _tokens(found, sent),
        "properties": properties(found, sent, looked_up["visit_id"], looked_up["person_id"]),
    }


def _tokens(found: Visits, sent: Events) -> pl.Series:
    """The token of each chat that was opened on a page, by which its first message names the visit."""
    opened = np.flatnonzero(sent.kind == journeys.KIND_INDEX[stories.CHAT_EVENT])
    tokens = handshake_tokens(found.key[sent.visit[opened]])
    return pl.repeat(None, sent.kind.size, dtype=pl.String, eager=True).scatter(opened, tokens)


def handshake_tokens(visit_keys: Keys) -> pl.Series:
    """The token that a visit hands over when it opens a chat."""
    return hex_ids(named(visit_keys, "chat"), "hs_")


def moments(milliseconds: Ints) -> pl.Series:
    """Times in UTC, of milliseconds since 1970."""
    return pl.Series(milliseconds).cast(pl.Datetime("ms")).dt.replace_time_zone("UTC")


def _page_columns(found: Visits, sent: Events) -> dict[str, pl.Series]:
    """Page of each event. An address is a page's, or that of the visit's first page with the campaign's query."""
    urls = pl.Series([page.url for page in pages.PAGES])
    landing = _landing_queries(found)
    has_query = sources.HAS_QUERY[found.source][sent.visit]
    entry_page = np.zeros(found.size.size, dtype=np.int64)
    entry_page[sent.visit[sent.on_landing]] = sent.page[sent.on_landing]
    addresses = pl.concat([urls, look_up(urls, entry_page) + landing, pl.Series([s.referrer for s in sources.SOURCES])])
    with_query = urls.len() + sent.visit
    referrers = urls.len() + found.size.size + found.source[sent.visit]
    before = np.where(sent.from_landing & has_query, with_query, sent.page_before)
    return {
        "page_url": look_up(addresses, np.where(sent.on_landing & has_query, with_query, sent.page)),
        "page_path": look_up([page.path for page in pages.PAGES], sent.page),
        "page_title": look_up([page.title for page in pages.PAGES], sent.page),
        "page_referrer": look_up(addresses, np.where(sent.page_before < 0, referrers, before)),
    }


def _landing_queries(found: Visits) -> pl.Series:
    query = look_up(["?" + source.query if source.query else "" for source in sources.SOURCES], found.source)
    has_click = pl.Series(sources.HAS_CLICK_ID[found.source])
    click_id = hex_ids(named(found.key, "click"), "Cj0")
    return pl.select(query + pl.when(has_click).then(click_id).otherwise(pl.lit(""))).to_series()


def _campaign_columns(found: Visits, sent: Events) -> dict[str, pl.Series]:
    """What the tracker says of the campaign beside the address, on the first page of the visit."""
    says = np.array([site.sends_campaign for site in SITES])[found.site[sent.visit]] & sent.on_landing
    source = np.where(says, found.source[sent.visit], -1)
    names = sources.UTM_FIELDS
    return {
        name: look_up(pl.Series([s.utm.get(name) for s in sources.SOURCES], dtype=pl.String), source) for name in names
    }


def _timing_columns(found: Visits, sent: Events) -> dict[str, pl.Series]:
    is_mobile = np.array([device.device_type == "mobile" for device in audience.DEVICES])[found.device[sent.visit]]
    in_outage = (found.script == journeys.OUTAGE_SCRIPT)[sent.visit] & ~found.is_bot[sent.visit]
    spread = uniform(sent.key, "load") + uniform(sent.key, "load again")
    load = (250 + 700 * spread**2) * (1 + 0.6 * is_mobile) * (1 + 19 * in_outage)
    measured = (sent.kind == 0) & ~found.is_bot[sent.visit]
    return {
        "load_time_ms": _measured(load, measured),
        "render_time_ms": _measured(load * (0.4 + 0.3 * uniform(sent.key, "render")), measured),
    }


def _measured(milliseconds: Floats, measured: Flags) -> pl.Series:
    whole = pl.Series(milliseconds.astype(np.int32))
    return whole.set(pl.Series(~measured), None)
