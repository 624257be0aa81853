"""Channels and platforms against lists that others publish: Google's cases and categories, Matomo's hosts."""

import csv
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import yaml

from radar.server import Server
from tests.channel_macros import classify, classify_sources, macro_database

MATOMO_SHARES = {"AIAssistants": 0.95, "Socials": 0.65, "SearchEngines": 0.35}
GA4_SHARES = {"SEARCH": 0.85, "SHOPPING": 0.9, "SOCIAL": 0.35, "VIDEO": 0.9}
"""Least share of a list that must get the list's type. The low ones are full of sites that closed long ago;
MAIN_ENGINES are the engines that send visitors."""
MAIN_ENGINES = [
    *["AOL", "Ask", "Baidu", "Bing", "Brave", "Cốc Cốc", "Daum", "DuckDuckGo", "Ecosia", "Google", "Haosou", "Kagi"],
    *[
        "Lilo",
        "Mojeek",
        "Naver",
        "Presearch",
        "Qwant",
        "Rambler",
        "Seznam",
        "Sogou",
        "StartPage",
        "Swisscows",
    ],
    *["Yahoo!", "Yahoo! Japan", "Yandex", "Yep"],
]
RIGHT_TYPES = {"AIAssistants": {"ai"}, "Socials": {"social", "video"}, "SearchEngines": {"search"}}
"""Matomo knows no video."""
DISAGREEMENTS = {
    # Answers of an assistant, which has a channel of its own here.
    **dict.fromkeys(["chatgpt.com", "chat.openai.com", "www.perplexity.ai", "you.com"], "ai"),
    # The search within a network or a mail service is not what sends visitors from there.
    **dict.fromkeys(["www.facebook.com", "searchservice.myspace.com", "digg.com", "tieba.baidu.com"], "social"),
    **dict.fromkeys(["search.gmx.com", "email.seznam.cz", "mail.rambler.ru", "mail.yandex.ru"], "email"),
    "zen.yandex.ru": "social",
    "webmaster.yandex.ru": "referral",
    "sites.google.com": "referral",
    # Watching is what people do there.
    **dict.fromkeys(["video.google.com", "crunchyroll", "crunchyroll.com", "niconico", "nicovideo.jp"], "video"),
    **dict.fromkeys(["tudou", "tudou.com"], "video"),
    # Services of a search engine that were closed.
    **dict.fromkeys(
        ["blog.yahoo.co.jp", "bookmarks.yahoo.co.jp", "bookmarks.yahoo.com", "messages.yahoo.co.jp"], "search"
    ),
    **dict.fromkeys(["pulse.yahoo.com", "lifestream.aol.com"], "search"),
}
"""Sources whose type here is another than in the list, with our type."""


@pytest.fixture(scope="module")
def connection(server: Server) -> Iterator[psycopg.Connection]:
    with macro_database(server, "channel_known_answers") as connection:
        yield connection


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "channels"


def test_channel_cases(connection: psycopg.Connection, folder: Path) -> None:
    """29 cases of Google's rules."""
    with (folder / "ga4_channel_grouping_cases.csv").open() as file:
        cases = [{name: value or None for name, value in case.items()} for case in csv.DictReader(file)]
    tags = [{f"utm_{name}": case[name] for name in ("source", "medium", "campaign")} for case in cases]
    assert [row["channel"] for row in classify(connection, *tags)] == [case["expected_channel"] for case in cases]


@pytest.mark.parametrize("name", MATOMO_SHARES)
def test_hosts_of_matomo(connection: psycopg.Connection, folder: Path, name: str) -> None:
    hosts = [host for hosts in matomo_hosts(folder, name).values() for host in hosts]
    types = classify_sources(connection, hosts)
    agreed = {host for host in types if types[host] in RIGHT_TYPES[name]}
    assert {host: types[host] for host in set(types) - agreed}.items() <= DISAGREEMENTS.items()
    assert len(agreed) / len(set(hosts)) >= MATOMO_SHARES[name]


def test_main_search_engines_of_matomo(connection: psycopg.Connection, folder: Path) -> None:
    engines = matomo_hosts(folder, "SearchEngines")
    hosts = [engines[engine][0] for engine in MAIN_ENGINES]
    types = classify_sources(connection, hosts)
    assert {host: types.get(host) for host in hosts} == dict.fromkeys(hosts, "search")


@pytest.mark.parametrize("category", GA4_SHARES)
def test_source_categories_of_google(connection: psycopg.Connection, folder: Path, category: str) -> None:
    with (folder / "velir_ga4_source_categories.csv").open() as file:
        sources = [row["source"] for row in csv.DictReader(file) if row["source_category"].endswith(category)]
    types = classify_sources(connection, sources)
    agreed = {source for source in types if types[source] == category.lower()}
    assert {source: types[source] for source in set(types) - agreed}.items() <= DISAGREEMENTS.items()
    assert len(agreed) / len(sources) >= GA4_SHARES[category]


def matomo_hosts(folder: Path, name: str) -> dict[str, list[str]]:
    """Hosts of each platform; "{}" stands for a country's suffix, and an address with a path is no host."""
    listed = yaml.safe_load((folder / f"matomo_{name}.yml").read_text())
    if name == "SearchEngines":
        listed = {engine: [url for entry in entries for url in entry["urls"]] for engine, entries in listed.items()}
    return {
        platform: [str(url).replace("{}", "de") for url in urls if "/" not in str(url)]
        for platform, urls in listed.items()
    }
