"""Order in time: the exact test of Mann and Kendall, ties and all, and the slope of Theil and Sen.

In goes a series, out comes the share of its arrangements that are as ordered, or more.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb, factorial, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

NORMAL = 1.959963984540054  # 97.5 % of the normal distribution lie below


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
    pairs = comb(len(values), 2)
    untied = pairs - int((sizes * (sizes - 1) // 2).sum())
    tau = s / sqrt(untied * pairs) if untied else np.nan
    return Kendall(s, tau, _share_beyond(abs(s), tuple(sorted(map(int, sizes)))))


def theil_sen(periods: npt.ArrayLike, series: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the median of the slopes of all pairs (Sen 1968), with its limits, for many series.

    The same as `scipy.stats.theilslopes` of each column: the 95 % limits are those of Sen (1968),
    by a normal approximation to S.

    Parameters
    ----------
    periods : array, one per period
        Places in time, no two alike.
    series : array, periods × series

    Returns
    -------
    array, 3 × series
        Slope, lower and upper limit.

    >>> theil_sen([1, 2, 3, 5], [[1.0], [2.0], [3.0], [9.0]]).ravel().tolist()
    [1.5, 1.0, 3.0]
    """
    at, values = np.asarray(periods, float), np.asarray(series, float)
    early, late = np.triu_indices(len(at), 1)
    slopes = np.sort((values[late] - values[early]) / (at[late] - at[early])[:, None], axis=0)
    n, pairs = len(at), len(early)
    same = (values[:, None, :] == values[None, :, :]).sum(axis=0)  # of each value, as often as tied
    ties = ((same - 1) * (2 * same + 5)).sum(axis=0)  # sum over groups of t (t - 1) (2 t + 5)
    width = NORMAL * np.sqrt((n * (n - 1) * (2 * n + 5) - ties) / 18)
    high = np.minimum(np.round((pairs + width) / 2).astype(int), pairs - 1)
    low = np.maximum(np.round((pairs - width) / 2).astype(int) - 1, 0)
    every = np.arange(values.shape[1])
    return np.array([np.median(slopes, axis=0), slopes[low, every], slopes[high, every]])


def smallest_p(periods: int) -> float:
    """Return the two-sided p of a perfect order: 2 / n!.

    >>> round(smallest_p(5), 4)
    0.0167
    """
    return min(1.0, 2 / factorial(periods))


@lru_cache(maxsize=65_536)
def _share_beyond(s: int, sizes: tuple[int, ...]) -> float:
    """Return the share of the orders of tied groups of these sizes with |S| of s or more."""
    orders = _inversions(sizes)
    pairs = len(orders) - 1  # that are not tied
    extreme = sum(n for inversions, n in enumerate(orders) if abs(pairs - 2 * inversions) >= s)
    return extreme / sum(orders)


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
