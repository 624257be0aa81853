"""Attempts at a funnel by trying every start, as the definition in DECISIONS.md says it."""

from typing import NamedTuple


class Attempt(NamedTuple):
    """When each step was reached, and when the first was last taken."""

    reached_at: tuple[int, ...]
    last_started_at: int


def attempts(events: list[tuple[int, int]], steps: int, limit: int) -> list[Attempt]:
    """The attempts of one person, from (time, step) in any order and the limit in units of that time."""
    starts = sorted({time for time, step in events if step == 1})
    found: list[Attempt] = []
    while starts:
        chances = [start for start in starts if start <= starts[0] + limit]
        chains = [_chain(events, start, steps, limit) for start in chances]
        furthest = max(map(len, chains))
        best = max((c for c in chains if len(c) == furthest), key=lambda chain: (-chain[-1], chain[0]))
        is_converted = furthest == steps
        last = max(start for start in chances if not is_converted or start < best[-1])
        found.append(Attempt(tuple(best), last))
        covered_until = best[-1] if is_converted else starts[0] + limit
        starts = [start for start in starts if start > covered_until]
    return found


def _chain(events: list[tuple[int, int]], start: int, steps: int, limit: int) -> list[int]:
    """The earliest time of each step after this start, as far as the limit lets it come."""
    chain = [start]
    for step in range(2, steps + 1):
        following = [time for time, of in events if of == step and chain[-1] < time <= start + limit]
        if not following:
            break
        chain.append(min(following))
    return chain
