"""Names that somebody may have meant instead of an unknown one."""

from collections.abc import Iterable

SHOWN = 40


def there_are(names: Iterable[str], otherwise: str) -> str:
    """Such as "there are: a, b and 3 more"; without any, "there are none yet: " and what to do."""
    known = [str(name) for name in names]
    if not known:
        return f"there are none yet: {otherwise}"
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    return f"there are: {', '.join(known[:SHOWN])}{more}"
