"""The exact test of Mann and Kendall: p of an order in time, whatever values are tied.

In goes a series, out comes the share of its arrangements that are as ordered, or more.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb, factorial, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Kendall(NamedTuple):
    """S, the pairs that rise less those that fall; tau-b; the exact two-sided p."""

    s: int
    tau: float
    p: float


def mann_kendall(series: npt.ArrayLike) -> Kendall:
    """Test whether a series rises or falls.

    p is the share of all orders of these values whose S is as far from 0, or farther. Without ties
    it is that of `scipy.stats.kendalltau(method="exact")`, which does not take ties. With them the
    inversions of the orders are counted by the Gaussian multinomial coefficient (Stanley,
    Enumerative Combinatorics 1, section 1.7), in whole numbers.

    >>> mann_kendall([10, 15, 14, 20]).s, mann_kendall([0, 0, 0, 1, 2]).p == 2 / 20
    (4, True)
    """
    values = np.asarray(series, float)
    signs = np.sign(values[None, :] - values[:, None])
    s = int(np.triu(signs, 1).sum())
    sizes = np.unique(values, return_counts=True)[1]
    orders, every = _inversions(tuple(sorted(map(int, sizes)))), comb(len(values), 2)
    pairs = len(orders) - 1  # that are not tied
    extreme = sum(n for inversions, n in enumerate(orders) if abs(pairs - 2 * inversions) >= abs(s))
    return Kendall(s, s / sqrt(pairs * every) if pairs else np.nan, extreme / sum(orders))


def smallest_p(periods: int) -> float:
    """Return the two-sided p of a perfect order: 2 / n!.

    >>> round(smallest_p(5), 4)
    0.0167
    """
    return min(1.0, 2 / factorial(periods))


@lru_cache(maxsize=4096)
def _inversions(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """Count the orders of tied groups of these sizes by their inversions, none first."""
    n = sum(sizes)
    ways, placed = [1] + [0] * (n * (n - 1) // 2), 0
    for size in sizes:
        for one in range(1, size + 1):
            placed += 1
            for at in range(len(ways) - 1, placed - 1, -1):  # times 1 - q^placed
                ways[at] -= ways[at - placed]
            for at in range(one, len(ways)):  # by 1 - q^one
                ways[at] += ways[at - one]
    tied = sum(size * (size - 1) // 2 for size in sizes)
    return tuple(ways[: len(ways) - tied])
