"""Maximal matches: runs of characters that two documents share and that cannot be made longer.

Takes characters as integers and the document of each; gives positions, length after length.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]


def maximal_matches(names: Ints, document: Ints, length: int) -> Iterator[tuple[int, Ints, Ints]]:
    """Yield (length, positions, group) of the maximal matches, one length after another.

    A match is maximal if some two documents hold it where their neighbouring characters differ
    on both sides (Gusfield 1997, section 7.12, for suffix trees; here groups of positions are
    split by their next character until no two documents share one, which needs only sorting).

    Parameters
    ----------
    names : array of int
        The documents end to end, equal numbers for equal characters; a break between, before
        and after them, and no two breaks alike, so that no match runs over one.
    document : array of int
        The document each character belongs to.
    length : int
        Shortest match, in characters.

    Yields
    ------
    int, array, array
        Length; where the matches of this length begin; which of them are the same match.

    Examples
    --------
    >>> import numpy as np
    >>> names = np.array([0, 7, 8, 9, 1, 7, 8, 2])  # 0, 1, 2 are breaks
    >>> document = np.array([0, 0, 0, 0, 0, 1, 1, 1])
    >>> [(n, at.tolist()) for n, at, _ in maximal_matches(names, document, 2)]
    [(2, [1, 5])]
    """
    group = _windows(names, length)
    positions = np.arange(len(group))
    while True:
        shared = _varies(group, document[positions])[group]
        positions, group = positions[shared], number(group[shared])
        if not len(positions):
            return
        following = names[positions + length]
        neighbours = (document[positions], names[positions - 1], following)
        ends = _maximal(group, neighbours)[group]
        if ends.any():
            yield length, positions[ends], group[ends]
        group = number(_join(group, following))
        length += 1


def _windows(names: Ints, length: int) -> Ints:
    """Give each window of `length` characters a number, one for equal ones; the width doubles."""
    width, windows = 1, names
    while width < length:
        step = min(width, length - width)
        windows = number(_join(windows[:-step], windows[step:]))
        width += step
    return windows


def _maximal(group: Ints, neighbours: tuple[Ints, ...]) -> npt.NDArray[np.bool_]:
    """Tell which groups hold two occurrences unlike in document, left and right at once.

    Counted, not searched: pairs unlike in all three = all pairs - pairs alike in one + pairs
    alike in two - pairs alike in three (inclusion and exclusion).
    """
    open_groups = np.logical_and.reduce([_varies(group, values) for values in neighbours])
    chosen = open_groups[group]
    where, unlike = group[chosen], np.zeros(len(open_groups))
    for size in range(len(neighbours) + 1):
        for alike in combinations(neighbours, size):
            key = where
            for values in alike:
                key = number(_join(key, values[chosen]))
            unlike += (-1) ** size * _pairs(key, where, len(open_groups))
    return unlike > 0


def _pairs(key: Ints, group: Ints, groups: int) -> npt.NDArray[np.float64]:
    """Count, for each group, its pairs of members with one key."""
    sizes = np.bincount(key)
    owner = np.zeros(len(sizes), dtype=np.int64)
    owner[key] = group
    weights = sizes * (sizes - 1) / 2
    return np.bincount(owner, weights=weights, minlength=groups).astype(np.float64)


def _varies(group: Ints, values: Ints) -> npt.NDArray[np.bool_]:
    """Tell which groups hold two different values."""
    sample = np.zeros(group.max(initial=-1) + 1, dtype=np.int64)
    sample[group] = values
    varies = np.zeros(len(sample), dtype=np.bool_)
    varies[group[values != sample[group]]] = True
    return varies


def number(values: Ints) -> Ints:
    """Give distinct values the numbers 0, 1, 2 … in order of appearance."""
    return pd.factorize(values)[0].astype(np.int64)


def _join(first: Ints, second: Ints) -> Ints:
    """One integer for each pair of small integers."""
    return first * (int(second.max(initial=0)) + 1) + second
