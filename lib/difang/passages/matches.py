"""Maximal matches: runs of characters that two documents share and that cannot be made longer.

Takes characters as integers and where each document begins; gives positions, length after length,
for one batch of the text's windows after another.
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.progress import bar

Ints = npt.NDArray[np.int64]
Names = npt.NDArray[np.integer]
Values = npt.NDArray[Any]
CHUNK, BATCH = 2**16, 2**22  # windows hashed, and lengthened, at a time
BITS = 3  # of a hash, at most, that tell its round: an eighth of the windows takes less memory
_ODD, _CHARACTERS = 0x9E3779B1, 0x110000


def maximal_matches(names: Names, begins: Ints, length: int) -> Iterator[tuple[int, Ints, Ints]]:
    """Yield (length, positions, group) of the maximal matches.

    A match is maximal if some two documents hold it where their neighbouring characters differ
    on both sides (Gusfield 1997, section 7.12, for suffix trees; here groups of positions are
    split by their next character until no two documents share one, which needs only sorting).

    Parameters
    ----------
    names : array of int
        The documents end to end, equal numbers for equal characters; 0 at a break between,
        before and after them, over which no match runs.
    begins : array of int
        Where each document begins, behind a break.
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
    >>> [(n, at.tolist()) for n, at, _ in maximal_matches(names, np.array([1, 5]), 2)]
    [(2, [1, 5])]
    """
    for positions in _batches(names, begins, length):
        yield from _lengthened(names, begins, length, positions)


def documents_of(positions: Ints, begins: Ints) -> Ints:
    """Tell, by its number, which document each position lies in."""
    return np.searchsorted(begins, positions, side="right") - 1


def _lengthened(
    names: Names, begins: Ints, length: int, positions: Ints
) -> Iterator[tuple[int, Ints, Ints]]:
    """Yield the maximal matches that begin with the windows of `length` characters given."""
    group, document = _windows(names, positions, length), documents_of(positions, begins)
    while True:
        shared = _varies(group, document)[group]
        positions, document, group = positions[shared], document[shared], number(group[shared])
        if not len(positions):
            return
        following = _apart(names, positions + length)
        ends = _maximal(group, (document, _apart(names, positions - 1), following))[group]
        if ends.any():
            yield length, positions[ends], group[ends]
        group = number(_join(group, following))
        length += 1


def _apart(names: Names, positions: Ints) -> Ints:
    """Return the characters at these positions, no two breaks alike."""
    found = names[positions]
    return np.where(found == 0, _CHARACTERS + positions, found)


def _batches(names: Names, begins: Ints, length: int) -> Iterator[Ints]:
    """Deal out the windows that may stand in two documents, all equal ones to one batch.

    A table of hashes tells which may (it lets a few others through), so that memory is needed
    for the text and a share of its windows, not for each of them.
    """
    bits = min(BITS, (len(names) // BATCH).bit_length())
    size = 2 ** max(16, (len(names) >> bits).bit_length() + 1)
    for part in bar(range(2**bits), "passages compared, parts"):
        positions, slots = _hashed(names, length, part, bits)
        slots %= size
        shared = _varies(slots, documents_of(positions, begins).astype(np.int32), size)[slots]
        positions, slots = positions[shared], slots[shared]
        batches = -(-len(positions) // BATCH)
        for batch in range(batches):
            yield positions[slots % batches == batch]


def _hashed(names: Names, length: int, part: int, bits: int) -> tuple[Ints, npt.NDArray[np.uint32]]:
    """Return the windows over no break whose hash ends on these bits, and the rest of it."""
    positions, hashes = [np.zeros(0, np.int64)], [np.zeros(0, np.uint32)]
    for at in range(0, len(names) - length + 1, CHUNK):
        piece = names[at : at + CHUNK + length - 1]
        made = _of_windows(piece.astype(np.uint32), length, _hash)
        made ^= made >> 15
        made *= np.uint32(_ODD)
        chosen = made & (2**bits - 1) == part
        chosen &= ~_of_windows(piece == 0, length, lambda one, other, _: one | other)
        (places,) = np.nonzero(chosen)
        positions.append(places + at)
        hashes.append(made[places] >> np.uint32(bits))
    return np.concatenate(positions), np.concatenate(hashes)


def _of_windows(
    values: Values, length: int, join: Callable[[Values, Values, int], Values]
) -> Values:
    """Join the values of each window of `length`: those of 2, 4, 8 … are joined from halves."""
    made, done, size = values[:0], 0, 1
    while True:
        if length & size:
            rest = values[done:]
            made = join(made[: len(rest)], rest, size) if done else rest
            done += size
        if done == length:
            return made
        values = join(values[:-size], values[size:], size)
        size *= 2


def _hash(one: Values, other: Values, size: int) -> Values:
    """Hash what stands before what has this length: a polynomial, modulo 2^32."""
    made: Values = one * np.uint32(pow(_ODD, size, 2**32)) + other
    return made


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
