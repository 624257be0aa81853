"""Who visits: devices with their user agents and screens, robots, and places."""

from dataclasses import dataclass

from radar.demo.draws import Wheel
from radar.demo.sites import SITES

_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0"
_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
_WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


def _chrome(system: str, version: int, ending: str = "Safari/537.36") -> str:
    return f"{system} {_CHROME.format(version=version)} {ending}"


@dataclass(frozen=True)
class Device:
    """A device and browser. Screens are (width, height, pixels per CSS pixel); weights are for leisure and for work."""

    user_agent: str | None
    device_type: str | None
    screens: tuple[tuple[int, int, float], ...]
    leisure: float
    work: float
    bot: float = 0


_DESKTOPS = ((1920, 1080, 1.0), (1536, 864, 1.25), (2560, 1440, 1.0), (1366, 768, 1.0))
_MACS = ((1440, 900, 2.0), (1512, 982, 2.0), (1728, 1117, 2.0), (2560, 1440, 2.0))
_IPHONES = ((390, 844, 3.0), (393, 852, 3.0), (430, 932, 3.0), (375, 667, 2.0))
_ANDROIDS = ((412, 915, 2.625), (360, 800, 3.0), (384, 832, 2.8125), (412, 892, 2.625))
_TABLETS = ((820, 1180, 2.0), (768, 1024, 2.0), (800, 1280, 1.5), (1024, 1366, 2.0))
_NO_SCREEN = ((0, 0, 0.0),) * 4
"""Robots and senders without a browser have none; null in the rows."""

_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)"
_OLD_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X)"
_IPAD = "Mozilla/5.0 (iPad; CPU OS 17_6_1 like Mac OS X)"

DEVICES = (
    Device(_chrome(_WINDOWS, 138), "desktop", _DESKTOPS, 14, 26),
    Device(_chrome(_WINDOWS, 137), "desktop", _DESKTOPS, 5, 8),
    Device(_chrome(_WINDOWS, 138, "Safari/537.36 Edg/138.0.0.0"), "desktop", _DESKTOPS, 5, 16),
    Device(f"{_WINDOWS[:-1]}; rv:140.0) Gecko/20100101 Firefox/140.0", "desktop", _DESKTOPS, 4, 6),
    Device(_chrome(_WINDOWS, 136, "Safari/537.36 OPR/121.0.0.0"), "desktop", _DESKTOPS, 1, 1),
    Device(_chrome(_MAC, 138), "desktop", _MACS, 5, 15),
    Device(f"{_MAC} {_WEBKIT} Version/18.5 Safari/605.1.15", "desktop", _MACS, 6, 9),
    Device(_chrome("Mozilla/5.0 (X11; Linux x86_64)", 138), "desktop", _DESKTOPS, 1, 4),
    Device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "desktop", _DESKTOPS, 1, 2),
    Device(f"{_IPHONE} {_WEBKIT} Version/18.5 Mobile/15E148 Safari/604.1", "mobile", _IPHONES, 18, 5),
    Device(f"{_OLD_IPHONE} {_WEBKIT} Version/17.6 Mobile/15E148 Safari/604.1", "mobile", _IPHONES, 6, 2),
    Device(f"{_IPHONE} {_WEBKIT} CriOS/138.0.7204.119 Mobile/15E148 Safari/604.1", "mobile", _IPHONES, 2, 1),
    Device(_chrome("Mozilla/5.0 (Linux; Android 10; K)", 138, "Mobile Safari/537.36"), "mobile", _ANDROIDS, 20, 3),
    Device(_chrome("Mozilla/5.0 (Linux; Android 14; Pixel 8)", 137, "Mobile Safari/537.36"), "mobile", _ANDROIDS, 3, 1),
    Device(
        "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) "
        "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
        "mobile",
        _ANDROIDS,
        5,
        0.5,
    ),
    Device(f"{_IPAD} {_WEBKIT} Version/17.6 Mobile/15E148 Safari/604.1", "tablet", _TABLETS, 4, 1),
    Device(_chrome("Mozilla/5.0 (Linux; Android 13; SM-X200)", 138), "tablet", _TABLETS, 1.5, 0.2),
    Device(None, None, _NO_SCREEN, 0.3, 0.3),
    Device("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", None, _NO_SCREEN, 0, 0, 35),
    Device("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", None, _NO_SCREEN, 0, 0, 15),
    Device("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", None, _NO_SCREEN, 0, 0, 12),
    Device(
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        None,
        _NO_SCREEN,
        0,
        0,
        14,
    ),
    Device(
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
        None,
        _NO_SCREEN,
        0,
        0,
        9,
    ),
    Device("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", None, _NO_SCREEN, 0, 0, 6),
    Device("Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", None, _NO_SCREEN, 0, 0, 6),
    Device("python-requests/2.32.3", None, _NO_SCREEN, 0, 0, 3),
)
SCREENS = 4
"""Screens that every device chooses from."""

DEVICE = Wheel.of(
    [[device.work if site.is_business else device.leisure for device in DEVICES] for site in SITES]
    + [[device.bot for device in DEVICES]]
)
BOT_ROW = len(SITES)
"""Row of the wheel for robots; the rows before are the sites' people."""


@dataclass(frozen=True)
class Place:
    """Where people are: (ISO 3166 code, city, IANA time zone, language), with weights for either company."""

    country_code: str
    city: str
    timezone: str
    language: str
    acme: float
    northwind: float


PLACES = (
    Place("DE", "Berlin", "Europe/Berlin", "de-DE", 14, 3),
    Place("DE", "Munich", "Europe/Berlin", "de-DE", 10, 2),
    Place("DE", "Hamburg", "Europe/Berlin", "de-DE", 8, 1),
    Place("AT", "Vienna", "Europe/Vienna", "de-AT", 7, 1),
    Place("CH", "Zurich", "Europe/Zurich", "de-CH", 6, 1),
    Place("GB", "London", "Europe/London", "en-GB", 10, 8),
    Place("GB", "Manchester", "Europe/London", "en-GB", 5, 2),
    Place("FR", "Paris", "Europe/Paris", "fr-FR", 6, 3),
    Place("NL", "Amsterdam", "Europe/Amsterdam", "nl-NL", 6, 3),
    Place("IT", "Milan", "Europe/Rome", "it-IT", 5, 1),
    Place("SE", "Stockholm", "Europe/Stockholm", "sv-SE", 4, 2),
    Place("PL", "Warsaw", "Europe/Warsaw", "pl-PL", 4, 1),
    Place("US", "New York", "America/New_York", "en-US", 4, 18),
    Place("US", "San Francisco", "America/Los_Angeles", "en-US", 2, 15),
    Place("US", "Chicago", "America/Chicago", "en-US", 2, 10),
    Place("US", "Austin", "America/Chicago", "en-US", 1, 8),
    Place("CA", "Toronto", "America/Toronto", "en-CA", 2, 8),
    Place("BR", "São Paulo", "America/Sao_Paulo", "pt-BR", 1, 3),
    Place("IN", "Bengaluru", "Asia/Kolkata", "en-IN", 1, 6),
    Place("JP", "Tokyo", "Asia/Tokyo", "ja-JP", 1, 2),
    Place("AU", "Sydney", "Australia/Sydney", "en-AU", 1, 3),
)
PLACE = Wheel.of(
    [[place.acme if site.workspace.slug == "acme-outdoor" else place.northwind for place in PLACES] for site in SITES]
)
