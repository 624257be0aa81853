"""What a user agent says of its device, system and browser, each distinct one parsed once."""

import functools
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import orjson
import ua_parser
from ua_parser import Domain

from radar.load.bots import HUMAN, bot_class

CACHED = 50_000
"""Distinct user agents kept: more than a month of a large site has, and about 50 MB."""

_CONSOLE = re.compile(r"PlayStation|Nintendo|Xbox")
_TV = re.compile(
    r"Smart-?TV|SMART-TV|Apple ?TV|Google ?TV|Android TV|HbbTV|Roku|BRAVIA|CrKey|\bAFT[A-Z]|Web0S|NetCast|\bTV\b"
)
_TABLET = re.compile(r"iPad|Tablet|Kindle|\bSilk/|PlayBook|Nexus (?:7|9|10)\b|\bSM-[TPX]\d")
_MOBILE = re.compile(r"Mobile|Mobi\b|iPhone|iPod|Windows Phone|BlackBerry|Opera Mini|Dalvik|okhttp|Series60|MIDP")
_DESKTOP = re.compile(r"Windows NT|Windows 9|Macintosh|X11|CrOS|Linux x86_64|Linux i686")


class Agent(NamedTuple):
    """Columns of ingest.events that follow from the user agent; None where it does not say."""

    user_agent: str
    bot_class: str
    device_type: str | None
    os_name: str | None
    os_version: str | None
    browser_name: str | None
    browser_version: str | None


@functools.lru_cache(CACHED)
def describe(user_agent: str) -> Agent:
    """All that a user agent tells. Device types: desktop, mobile, tablet, tv, console, bot."""
    parsed = ua_parser.parser(user_agent, Domain.USER_AGENT | Domain.OS)
    browser, system, kind = parsed.user_agent, parsed.os, bot_class(user_agent)
    return Agent(
        user_agent,
        kind,
        _device_type(user_agent) if kind == HUMAN else "bot",
        system.family if system else None,
        _version(system.major, system.minor, system.patch) if system else None,
        browser.family if browser else None,
        _version(browser.major, browser.minor, browser.patch) if browser else None,
    )


def as_json(user_agents: Iterable[str]) -> str:
    """A JSON array of what is known of these user agents, as the database functions take it."""
    return "[" + ",".join(map(_described_json, user_agents)) + "]"


@functools.lru_cache(CACHED)
def _described_json(user_agent: str) -> str:
    return orjson.dumps(describe(user_agent)._asdict()).decode()


def _version(*parts: str | None) -> str | None:
    return ".".join(part for part in parts if part) or None


_DEVICES: Mapping[str, re.Pattern[str]] = {
    "console": _CONSOLE,
    "tv": _TV,
    "tablet": _TABLET,
    "mobile": _MOBILE,
    "desktop": _DESKTOP,
}


def _device_type(user_agent: str) -> str | None:
    for device, pattern in _DEVICES.items():
        if pattern.search(user_agent):
            return device
    return "tablet" if "Android" in user_agent else None  # Google's rule: Android without "Mobile" is a tablet
