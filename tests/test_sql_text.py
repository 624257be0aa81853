"""What must hold for all SQL that Radar sends, read from its text: neither locale nor strangers change what it does."""

import re
from collections.abc import Iterator
from pathlib import Path

from radar import settings

SQL = ("macros/**/*.sql", "models/**/*.sql", "tests/data/*.sql", "analyses/*.sql", "radar/**/*.py")
COMMENT = re.compile(r"\{#.*?#\}|(?<!-)--[^\n]*", re.DOTALL)
WITH_CASE = re.compile(r"(?<![.\w])(?:lower|upper|initcap)\(")
WITHOUT_CASE = re.compile(r"!?~~?\*|\bilike\b")
FUNCTION = re.compile(r"create (?:or replace )?(?:function|procedure) (?P<name>[^(]+)\(", re.IGNORECASE)
BODY = re.compile(r"\bas \$|\breturn\b(?!s)|\bbegin atomic\b", re.IGNORECASE)
PINS = re.compile(r"set search_path = pg_catalog, pg_temp|\{\{ pinned\(\) \}\}")


def texts() -> Iterator[tuple[Path, str]]:
    """Every file with SQL, without comments."""
    for pattern in SQL:
        for path in sorted(settings.ROOT.glob(pattern)):
            yield path.relative_to(settings.ROOT), COMMENT.sub("", path.read_text(encoding="utf-8"))


def argument(text: str, start: int) -> str:
    """What stands between the parenthesis that ends before `start` and the one that closes it."""
    depth, end = 1, start
    while depth:
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    return text[start : end - 1]


def depends_on_language(text: str) -> list[str]:
    """Where letters change their case, or lose it, by the rules of the database's language."""
    changed = (argument(text, call.end()) for call in WITH_CASE.finditer(text))
    found = [f"lower({inside})" for inside in changed if not inside.rstrip().endswith('collate "C"')]
    compared = ((match.start(), text.rfind("\n", 0, match.start()) + 1) for match in WITHOUT_CASE.finditer(text))
    return found + [text[line:at] for at, line in compared if not text[:at].rstrip().endswith('collate "C"')]


def unpinned(text: str) -> list[str]:
    """Functions whose body, kept as text, finds names by the path of whoever calls."""
    found = []
    for function in FUNCTION.finditer(text):
        body = BODY.search(text, function.end())
        assert body, f"{function['name']} has no body"
        if body[0].lower().startswith("as") and not PINS.search(text, function.end(), body.start()):
            found.append(function["name"])
    return found


def test_no_letter_depends_on_the_language_of_the_database() -> None:
    """In Turkish lower('PIN') is another word than pin: use lowered and uppered, or name the collation."""
    assert {str(path): found for path, text in texts() if (found := depends_on_language(text))} == {}


def test_every_function_finds_names_by_a_path_of_its_own() -> None:
    """Or is bound to what it calls when it is made (`return ...`), which can still become a part of a query."""
    assert {str(path): found for path, text in texts() if (found := unpinned(text))} == {}


def test_the_rules_see_what_breaks_them() -> None:
    bad = "select lower(name), upper(left(name, 1)), a collate \"C\" ~ 'x' from t where b ~* 'y' and c ilike 'z'"
    assert len(depends_on_language(bad)) == 4
    assert depends_on_language('lower(left(name, 1) collate "C"), a collate "C" !~* \'b\', name.lower()') == []
    header = "create or replace function radar.f(a text) returns text language sql"
    assert unpinned(f"{header} as $$ select lower(a) $$") == ["radar.f"]
    assert unpinned(f"{header} set search_path = pg_catalog, pg_temp as $$ select a $$; {header} return a;") == []
