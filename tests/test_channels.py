"""Referrer type, platform and channel of visits: macros/channels, run by a real PostgreSQL."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from radar.server import Server
from tests.channel_macros import MACROS, CompilerError, classify, classify_sources, load_macros, macro_database

SHOP = "https://shop.example.com/"
GOOGLE = "https://www.google.com/"
HOSTILE = ".".join("a" * 5000)


@pytest.fixture(scope="module")
def connection(server: Server) -> Iterator[psycopg.Connection]:
    with macro_database(server, "channels") as connection:
        yield connection


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        pytest.param({}, ("direct", None, "Direct"), id="nothing known"),
        pytest.param({"referrer": "", "utm_source": " "}, ("direct", None, "Direct"), id="empty strings"),
        pytest.param({"landing_url": None, "site_domain": None}, ("direct", None, "Direct"), id="no addresses"),
        pytest.param(
            {"utm_source": "facebook", "utm_medium": "social", "referrer": GOOGLE},
            ("social", "Facebook", "Organic Social"),
            id="utm wins over referrer",
        ),
        pytest.param(
            {"utm_source": "october", "utm_medium": "Email", "referrer": GOOGLE},
            ("email", "october", "Email"),
            id="an unknown utm source wins too, and its medium decides",
        ),
        pytest.param(
            {"utm_medium": "cpc", "referrer": GOOGLE},
            ("search", "Google", "Paid Search"),
            id="a medium alone keeps the referrer as source",
        ),
        pytest.param({"utm_campaign": "flyer"}, ("referral", None, "Unassigned"), id="a campaign alone is not direct"),
        pytest.param({"utm_medium": "ai-assistant"}, ("ai", None, "AI Assistants"), id="medium of assistants in GA4"),
        pytest.param({"referrer": "https://chatgpt.com/"}, ("ai", "ChatGPT", "AI Assistants"), id="AI assistant"),
        pytest.param({"utm_source": "chatgpt.com"}, ("ai", "ChatGPT", "AI Assistants"), id="AI by utm source"),
        pytest.param(
            {"utm_source": "perplexity", "utm_medium": "cpc"},
            ("ai", "Perplexity", "Paid Other"),
            id="ad of an AI",
        ),
        pytest.param({"utm_source": "Hacker_News"}, ("social", "Hacker News", "Organic Social"), id="platform name"),
        pytest.param({"utm_source": "www.Bing.com"}, ("search", "Bing", "Organic Search"), id="domain as utm source"),
        pytest.param({"utm_source": "newsletter"}, ("email", "Newsletter", "Email"), id="newsletter"),
        pytest.param({"utm_source": HOSTILE}, ("referral", HOSTILE, "Unassigned"), id="thousands of labels"),
        pytest.param({"utm_source": "...", "utm_medium": "'"}, ("referral", "...", "Unassigned"), id="dots and quotes"),
    ],
)
def test_tagged_visit(connection: psycopg.Connection, visit: dict[str, Any], expected: tuple[object, ...]) -> None:
    (row,) = classify(connection, visit)
    assert (row["referrer_type"], row["referrer_platform"], row["channel"]) == expected


@pytest.mark.parametrize(
    ("referrer", "expected"),
    [
        pytest.param("https://www.google.co.uk/", ("search", "Google", "Organic Search"), id="google ccTLD"),
        pytest.param("https://google.de", ("search", "Google", "Organic Search"), id="google ccTLD of one label"),
        pytest.param("https://news.google.com/", ("search", "Google", "Organic Search"), id="subdomain"),
        pytest.param("https://gemini.google.com/app", ("ai", "Gemini", "AI Assistants"), id="more specific wins"),
        pytest.param("https://docs.google.com/", ("referral", "Google Workspace", "Referral"), id="not a search"),
        pytest.param("https://google.evil.com/", ("referral", "google.evil.com", "Referral"), id="not a ccTLD"),
        pytest.param("https://mygoogle.com/", ("referral", "mygoogle.com", "Referral"), id="end of another name"),
        pytest.param("android-app://com.google.android.gm/", ("email", "Gmail", "Email"), id="Android app, mail"),
        pytest.param(
            "android-app://com.google.android.googlequicksearchbox/https/www.google.com",
            ("search", "Google", "Organic Search"),
            id="Android app, search",
        ),
        pytest.param("android-app://com.other.app/", ("referral", "com.other.app", "Referral"), id="other Android app"),
        pytest.param("https://T.CO/abc", ("social", "X", "Organic Social"), id="mixed case"),
        pytest.param("https://partner.example/", ("referral", "partner.example", "Referral"), id="any other site"),
        pytest.param("http://[::1]:3000/", ("referral", "[::1]", "Referral"), id="IPv6 host"),
        pytest.param("not an address", ("direct", None, "Direct"), id="weird referrer"),
        pytest.param("https://SHOP.example.com/cart", ("internal", None, "Direct"), id="internal referrer"),
        pytest.param("https://blog.example.com/", ("internal", None, "Direct"), id="internal, another subdomain"),
        pytest.param("https://www.example.com/", ("internal", None, "Direct"), id="internal, main domain"),
        pytest.param(
            "https://laprensa.hn/", ("referral", "laprensa.hn", "Referral"), id="a word is no top-level domain"
        ),
        pytest.param("https://malango.yt/", ("referral", "malango.yt", "Referral"), id="nor this one"),
        pytest.param("https://about.google/", ("referral", "about.google", "Referral"), id="nor a platform's name"),
        pytest.param("https://ask.audio/", ("referral", "ask.audio", "Referral"), id="no engine's suffix"),
        pytest.param("https://www.google.cat/", ("search", "Google", "Organic Search"), id="Google in Catalan"),
        pytest.param("http://meta/", ("referral", "meta", "Referral"), id="a host of the own network"),
        pytest.param("https://mail.yahoo.fr/", ("email", "Webmail", "Email"), id="web mail in another country"),
        pytest.param("https://webmail2.orange.fr/", ("email", "Webmail", "Email"), id="web mail of a search engine"),
        pytest.param("https://mail.company.example/", ("email", "Webmail", "Email"), id="web mail of a company"),
        pytest.param("https://outlook.live.com/", ("email", "Outlook", "Email"), id="Outlook"),
        pytest.param("https://deref-gmx.net/", ("email", "GMX Mail", "Email"), id="where web mail sends links through"),
        pytest.param("https://mail.ru/", ("referral", "mail.ru", "Referral"), id="a portal, not its mail"),
        pytest.param("https://checkout.stripe.com/c/pay", ("return", None, "Direct"), id="back from paying"),
        pytest.param("https://www.paypal.com/", ("return", None, "Direct"), id="PayPal"),
        pytest.param("https://pay.klarna.com/eu", ("return", None, "Direct"), id="Klarna"),
        pytest.param("https://acs2.bank.example/", ("return", None, "Direct"), id="3-D Secure of any bank"),
        pytest.param("https://accounts.google.com/", ("return", None, "Direct"), id="back from logging in"),
        pytest.param("https://login.microsoftonline.com/", ("return", None, "Direct"), id="Microsoft"),
        pytest.param("https://acme.eu.auth0.com/u/login", ("return", None, "Direct"), id="Auth0"),
        pytest.param(
            "https://stripe.com/docs", ("referral", "stripe.com", "Referral"), id="a link of a payment service"
        ),
        pytest.param("https://notpaypal.com/", ("referral", "notpaypal.com", "Referral"), id="end of PayPal's name"),
        pytest.param("https://notexample.com/", ("referral", "notexample.com", "Referral"), id="not a subdomain"),
    ],
)
def test_referred_visit(connection: psycopg.Connection, referrer: str, expected: tuple[object, ...]) -> None:
    (row,) = classify(connection, {"referrer": referrer})
    assert (row["referrer_type"], row["referrer_platform"], row["channel"]) == expected


def test_internal_referrer(connection: psycopg.Connection) -> None:
    """The domain may be written as people write it, or be missing; a tag on an internal link still counts."""
    as_written = {"referrer": "https://example.com/", "site_domain": "WWW.Example.com"}
    by_page = {"referrer": SHOP, "site_domain": None}
    other_page = {"referrer": "https://blog.example.com/", "site_domain": None}
    tagged = {"referrer": SHOP, "utm_source": "sidebar", "utm_medium": "cpc"}
    rows = classify(connection, as_written, by_page, other_page, tagged)
    assert [row["is_internal_referrer"] for row in rows] == [True, True, False, True]
    assert [row["channel"] for row in rows] == ["Direct", "Direct", "Referral", "Paid Other"]


@pytest.mark.parametrize(
    ("landing", "referrer", "is_internal"),
    [
        pytest.param("https://shop.example.com/", "https://www.example.com/", True, id="its parent"),
        pytest.param("https://a.shop.example.co.uk/", "https://example.co.uk/", True, id="under two labels"),
        pytest.param("https://me.github.io/", "https://other.github.io/", False, id="a stranger's site"),
        pytest.param("https://me.github.io/", "https://github.io/", False, id="where strangers have sites"),
        pytest.param("https://me.wordpress.com/", "https://wordpress.com/read", False, id="a platform of blogs"),
        pytest.param("https://sites.google.com/me", "https://www.google.com/", False, id="a search engine"),
    ],
)
def test_the_parent_of_a_site_without_a_domain_is_internal(
    connection: psycopg.Connection, landing: str, referrer: str, is_internal: bool
) -> None:
    visit = {"landing_url": landing, "referrer": referrer, "site_domain": None}
    (row,) = classify(connection, visit)
    assert row["is_internal_referrer"] is is_internal
    (named,) = classify(connection, visit | {"site_domain": "shop.example.com"})
    assert not named["is_internal_referrer"], "a project that names its domain has said what is its own"


def test_extra_return_hosts_are_added(connection: psycopg.Connection) -> None:
    macros = load_macros(extra_return_hosts=["Bank.example", "tds."])
    hosts = ["secure.bank.example", "bank.example", "tds1.any.example", "checkout.stripe.com", "tds.example", None]
    found = []
    for host in hosts:
        literal = sql.Literal(host).as_string(connection)
        query = f"select {macros.is_return_host('host')} from (select {literal}::text as host) as input"
        found += connection.execute(query.encode()).fetchall()
    assert [is_return for (is_return,) in found] == [True, True, True, True, False, False]


@pytest.mark.parametrize(
    ("landing", "visit", "expected"),
    [
        pytest.param("?gclid=x", {}, ("search", "Google", "Paid Search"), id="click id paid"),
        pytest.param(
            "?a=b&msclkid=x#c",
            {"referrer": "https://duckduckgo.com/"},
            ("search", "DuckDuckGo", "Paid Search"),
            id="Microsoft ad on another engine",
        ),
        pytest.param(
            "?gclid=x", {"referrer": "https://m.youtube.com/"}, ("video", "YouTube", "Paid Video"), id="ad on YouTube"
        ),
        pytest.param(
            "?ttclid=x",
            {"utm_source": "tiktok", "utm_medium": "social"},
            ("social", "TikTok", "Paid Social"),
            id="overrides an unpaid medium",
        ),
        pytest.param(
            "?gclid=x",
            {"utm_source": "google", "utm_medium": "Display"},
            ("search", "Google", "Display"),
            id="display stays display",
        ),
        pytest.param("?gad_source=1", {"referrer": GOOGLE}, ("search", "Google", "Paid Search"), id="gad_source alone"),
        pytest.param("?a=b&gad_campaignid=7", {}, ("search", "Google", "Paid Search"), id="gad_campaignid alone"),
        pytest.param(
            "?gclid=x", {"referrer": "https://paypal.com/"}, ("search", "Google", "Paid Search"), id="returned ad"
        ),
        pytest.param("?xgad_source=1", {}, ("direct", None, "Direct"), id="end of Google's name"),
        pytest.param("?dclid=x", {}, ("referral", "doubleclick", "Display"), id="dclid"),
        pytest.param("?li_fat_id=x", {}, ("social", "LinkedIn", "Paid Social"), id="LinkedIn"),
        pytest.param("?ScCid=x", {}, ("social", "Snapchat", "Paid Social"), id="Snapchat"),
        pytest.param(
            "?fbclid=x",
            {"referrer": "https://l.facebook.com/l.php"},
            ("social", "Facebook", "Organic Social"),
            id="fbclid is on unpaid links too",
        ),
        pytest.param("?gclid=", {}, ("direct", None, "Direct"), id="empty"),
        pytest.param("#?gclid=x", {}, ("direct", None, "Direct"), id="in the fragment"),
        pytest.param("?xgclid=x", {}, ("direct", None, "Direct"), id="end of another name"),
    ],
)
def test_click_id(
    connection: psycopg.Connection, landing: str, visit: dict[str, Any], expected: tuple[object, ...]
) -> None:
    (row,) = classify(connection, {"landing_url": SHOP + landing, **visit})
    assert (row["referrer_type"], row["referrer_platform"], row["channel"]) == expected


def test_every_row_stays_as_it_is(connection: psycopg.Connection) -> None:
    """Two visits from one host, one from none, one that matches several patterns: four rows with their own columns."""
    referrers = [GOOGLE, GOOGLE, None, "https://mail.google.com/"]
    rows = classify(connection, *({"referrer": referrer} for referrer in referrers))
    assert [row["referrer"] for row in rows] == referrers
    assert [row["referrer_domain"] for row in rows] == ["google.com", "google.com", None, "mail.google.com"]


def test_extra_referrers_are_added_and_win(connection: psycopg.Connection) -> None:
    extra = {"shopping": {"Our Partner": ["partner.example"]}, "referral": {"Facebook Help": ["Facebook.com"]}}
    sources = ["shop.partner.example", "our-partner", "facebook.com", "instagram.com"]
    types = classify_sources(connection, sources, load_macros(extra_referrers=extra))
    assert types == dict(zip(sources, ["shopping", "shopping", "referral", "social"], strict=True))


def test_extra_referrers_of_an_unknown_type_stop_the_run() -> None:
    with pytest.raises(CompilerError, match='unknown key "serch"'):
        load_macros(extra_referrers={"serch": {"A": ["a.example"]}}).source_patterns()


def test_no_pattern_belongs_to_two_platforms() -> None:
    known = MACROS.source_patterns()
    for referrer_type, platforms in MACROS.referrer_platforms().items():
        for platform, patterns in platforms.items():
            for pattern in (re.sub("[ ._-]", "", platform), *patterns):
                assert known[pattern.lower()] == [referrer_type, platform]
