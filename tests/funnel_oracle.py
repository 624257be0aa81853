"""Attempts at a funnel by trying every start, as the definition in DECISIONS.md says it."""

from typing import NamedTuple


class Attempt(NamedTuple):
    """When each step was reached, and when the first was last taken."""

    reached_at: tuple[int, ...]
    last_started_at: int


Moment = tuple[int, int]
"""Time of an event, and its place among all."""


def attempts(events: list[tuple[int, int]], steps: int, limit: int) -> list[Attempt]:
    """The attempts of one person, from the (time, step) of each event and the limit in units of that time.

    Events of the same time happened in the order of the list."""
    moments = [((time, place), step) for place, (time, step) in enumerate(events)]
    starts = sorted(moment for moment, step in moments if step == 1)
    found: list[Attempt] = []
    while starts:
        chances = [start for start in starts if start[0] <= starts[0][0] + limit]
        chains = [_chain(moments, start, steps, limit) for start in chances]
        furthest = max(map(len, chains))
        end = min(chain[-1] for chain in chains if len(chain) == furthest)
        best = max(chain for chain in chains if len(chain) == furthest and chain[-1] == end)
        is_converted = furthest == steps
        last = max(start for start in chances if not is_converted or start < best[-1])
        found.append(Attempt(tuple(time for time, _ in best), last[0]))
        covered_until = best[-1][0] if is_converted else starts[0][0] + limit
        starts = [start for start in starts if start[0] > covered_until]
    return found


def _chain(moments: list[tuple[Moment, int]], start: Moment, steps: int, limit: int) -> list[Moment]:
    """The earliest moment of each step after this start, as far as the limit lets it come."""
    chain = [start]
    for step in range(2, steps + 1):
        following = [at for at, of in moments if of == step and chain[-1] < at and at[0] <= start[0] + limit]
        if not following:
            break
        chain.append(min(following))
    return chain
