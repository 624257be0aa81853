"""Whose request a line of a log is about: an address, or nobody; never another word that stands there."""

import ipaddress
import re
from functools import lru_cache

_PORT = re.compile(r"\[(?P<v6>[^\]]*)\](?::\d+)?|(?P<v4>\d+\.\d+\.\d+\.\d+):\d+")


def client_of(before: str) -> str | None:
    """The client's address from what stands before the time of a log line, None where that says none.

    The last three words are client, ident and user. A host, a container or a logger may have written words before
    them; of addresses with commas between, which proxies have passed on, the first is the client's.
    """
    words = before.replace(",", ", ").split()
    place = max(len(words) - 3, 0)
    if words and _address(words[place]) is None and _is_user_of_many_words(words):
        place = 0
    while place > 0 and words[place - 1].endswith(","):
        place -= 1
    return next(filter(None, map(_address, _list_from(words, place))), None)


def address_of(text: str) -> str | None:
    """An address, or the first of a list of addresses; None for anything else."""
    return next(filter(None, map(_address, text.replace(",", " ").split())), None)


def _is_user_of_many_words(words: list[str]) -> bool:
    return len(words) > 3 and words[1] == "-" and _address(words[0]) is not None


def _list_from(words: list[str], place: int) -> list[str]:
    """The word there, and those that commas tie to it."""
    end = place
    while end < len(words) and words[end].endswith(","):
        end += 1
    return words[place : end + 1]


@lru_cache(10_000)  # a visitor's lines stand close together
def _address(word: str) -> str | None:
    """In its usual form: without brackets, port and zone, and version 4 also where it is written within version 6."""
    word = word.strip(',"')
    if match := _PORT.fullmatch(word):
        word = match["v6"] or match["v4"] or ""
    try:
        address = ipaddress.ip_address(word.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
