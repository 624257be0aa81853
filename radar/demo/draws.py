"""Random numbers that depend on what they are for, never on the order in which they are drawn.

A key is a 64-bit hash of the things that it belongs to (seed, site, day, visit, event), mixed by the finalizer of
splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). A named draw is one more mix.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SLOTS = 4096


def _scrambled(state: Keys) -> Keys:
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


def seed_key(seed: int) -> Keys:
    """The key (one element) that everything of a seed descends from."""
    return _scrambled(np.array([seed], dtype=np.uint64) + _GOLDEN)


def child(parent: Keys, *numbers: Ints) -> Keys:
    """Keys of things numbered under their parents, elementwise: a visit of a day of a site, an event of a visit."""
    for number in numbers:
        parent = _scrambled(parent ^ (number.astype(np.uint64) + np.uint64(1)) * _GOLDEN)
    return parent


def named(keys: Keys, name: str) -> Keys:
    """One independent key for each key and name."""
    return _scrambled(keys + np.uint64(zlib.crc32(name.encode())) * np.uint64(0xD1B54A32D192ED03 >> 32))


def uniform(keys: Keys, name: str) -> Floats:
    """One number in [0, 1) for each key and name."""
    return (named(keys, name) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def chance(keys: Keys, name: str, probability: float | Floats) -> Flags:
    """True with the probability given, for each key and name."""
    return uniform(keys, name) < probability


def below(keys: Keys, name: str, limit: int | Ints) -> Ints:
    """One whole number in [0, limit) for each key and name; limit is at least 1."""
    return (uniform(keys, name) * limit).astype(np.int64)


def exponential(keys: Keys, name: str, mean: float | Floats) -> Floats:
    """One positive number with the mean given for each key and name."""
    return -np.log1p(-uniform(keys, name)) * mean


@dataclass(frozen=True)
class Wheel:
    """Weighted choices, one row of weights for each kind of chooser; weights are exact to 1/4096 of the row's sum."""

    slots: Ints

    @classmethod
    def of(cls, weights: Sequence[Sequence[float]]) -> "Wheel":
        """The wheel whose row i chooses k with probability weights[i][k] / sum(weights[i])."""
        marks = (np.arange(_SLOTS) + 0.5) / _SLOTS
        shares = [np.cumsum(row) / np.sum(row) for row in np.asarray(weights, dtype=np.float64)]
        return cls(np.stack([np.searchsorted(share, marks) for share in shares]))

    def spin(self, rows: Ints, keys: Keys, name: str) -> Ints:
        """The choice of each key, by the weights of its row."""
        return self.slots[rows, below(keys, name, _SLOTS)]
