"""Maximal matches: runs of characters that two documents share and that cannot be made longer.

Takes characters as integers and the document of each; gives positions, length after length, for
one batch of the text's windows after another.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Names = npt.NDArray[np.integer]
CHUNK, BATCH = 2**22, 2**22  # windows hashed, and lengthened, at a time
_ODD = np.uint64(0x9E3779B97F4A7C15)


def maximal_matches(names: Names, document: Names, length: int) -> Iterator[tuple[int, Ints, Ints]]:
    """Yield (length, positions, group) of the maximal matches.

    A match is maximal if some two documents hold it where their neighbouring characters differ
    on both sides (Gusfield 1997, section 7.12, for suffix trees; here groups of positions are
    split by their next character until no two documents share one, which needs only sorting).

    Parameters
    ----------
    names : array of int
        The documents end to end, equal numbers for equal characters; 0 at a break between,
        before and after them, over which no match runs.
    document : array of int
        The document each character belongs to.
    length : int
        Shortest match, in characters.

    Yields
    ------
    int, array, array
        Length; where matches of this length begin; which of them are the same match. The same
        length comes again for other matches.

    Examples
    --------
    >>> import numpy as np
    >>> names = np.array([0, 7, 8, 9, 0, 7, 8, 0])
    >>> document = np.array([0, 0, 0, 0, 0, 1, 1, 1])
    >>> [(n, at.tolist()) for n, at, _ in maximal_matches(names, document, 2)]
    [(2, [1, 5])]
    """
    breaks = names == 0
    apart = names.copy()  # no two breaks alike
    apart[breaks] = np.arange(breaks.sum()) + int(names.max(initial=0)) + 1
    for positions in _batches(names, document, length):
        group = _windows(names, positions, length)
        yield from _lengthened(apart, document, length, positions, group)


def _lengthened(
    names: Names, document: Names, length: int, positions: Ints, group: Ints
) -> Iterator[tuple[int, Ints, Ints]]:
    """Yield the maximal matches that begin with the windows of `length` characters given."""
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


def _batches(names: Names, document: Names, length: int) -> Iterator[Ints]:
    """Deal out the windows that may stand in two documents, all equal ones to one batch.

    A table of hashes tells which may (it lets a few others through), so that memory is needed
    for the text and a batch, not for each of its windows.
    """
    count = max(0, len(names) - length + 1)
    size = 2 ** max(16, count.bit_length())
    slots = np.full(count, size, np.uint32)
    for at in range(0, count, CHUNK):
        piece = names[at : at + CHUNK + length - 1]
        whole = _unbroken(piece, length)
        slots[at : at + CHUNK][whole] = _hashes(piece, length)[whole] % size
    shared = _varies(slots, document[:count], size + 1)
    shared[size] = False  # where those stand that run over a break
    positions = np.flatnonzero(shared[slots])
    slots = slots[positions]
    batches = -(-len(positions) // BATCH)
    for batch in range(batches):
        yield positions[slots % batches == batch]


def _unbroken(names: Names, length: int) -> npt.NDArray[np.bool_]:
    """Tell which windows of `length` characters run over no break."""
    breaks = np.insert(np.cumsum(names == 0), 0, 0)
    return np.asarray(breaks[length:] == breaks[:-length])


def _hashes(names: Names, length: int) -> npt.NDArray[np.uint32]:
    """Hash each window of `length` characters."""
    hashes = np.zeros(len(names) - length + 1, np.uint64)
    for start in range(length):
        hashes = hashes * _ODD + names[start : start + len(hashes)].astype(np.uint64)
    return ((hashes * _ODD) >> np.uint64(32)).astype(np.uint32)


def _windows(names: Names, positions: Ints, length: int) -> Ints:
    """Give the window of `length` characters at each position a number, one for equal ones."""
    base = int(names.max()) + 1
    windows, size = np.zeros(len(positions), np.int64), 1
    for start in range(length):
        if size > 2**62 // base:
            windows = number(windows)
            size = int(windows.max(initial=0)) + 1
        windows, size = windows * base + names[positions + start], size * base
    return number(windows)


def _maximal(group: Ints, neighbours: tuple[Names, ...]) -> npt.NDArray[np.bool_]:
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


def _varies(group: Names, values: Names, groups: int | None = None) -> npt.NDArray[np.bool_]:
    """Tell which groups hold two different values."""
    sample = np.zeros(group.max(initial=-1) + 1 if groups is None else groups, values.dtype)
    sample[group] = values
    varies = np.zeros(len(sample), dtype=np.bool_)
    varies[group[values != sample[group]]] = True
    return varies


def number(values: Names) -> Ints:
    """Give distinct values the numbers 0, 1, 2 … in order of appearance."""
    return pd.factorize(values)[0].astype(np.int64)


def _join(first: Ints, second: Names) -> Ints:
    """One integer for each pair of small integers."""
    return first * (int(second.max(initial=0)) + 1) + second
