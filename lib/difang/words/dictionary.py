"""jieba's dictionary as arrays, in which many places of many texts are looked up at once.

In go words and their frequencies, out come numbers: a character's is its code point, then comes
`END`, and from `BASE` on the entries, by length: words, and beginnings of words.
"""

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.words.viterbi import LAST

END = 0x110000  # behind the last character: stands behind each text
BASE = END + 1
BITS = 21  # of a code point
SLOTS = 1 << 21  # about four times the entries
SPREAD = 0x9E3779B1  # Fibonacci hashing: consecutive numbers fall far from each other
CROWDED = 1 << 30  # added to a slot that more than one entry would have

Places = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]


class Dictionary:
    """Entries and the log probability of each.

    Attributes
    ----------
    entries, sizes : list of str, int array
        By number less `BASE`. The first is none: it stands for characters without an entry.
    weights : float array
        ln(frequency / total) of words, 1 for the frequency of what is none.
    is_word, goes_on : bool arrays
        Words, and beginnings of longer entries.
    """

    def __init__(self, freq: Mapping[str, int], total: int) -> None:
        self.entries = ["", *sorted(freq, key=len)]
        self.sizes = np.array([1, *map(len, self.entries[1:])])
        found = np.array([0, *map(freq.__getitem__, self.entries[1:])])
        steps, which = np.unique(found, return_inverse=True)  # jieba's logarithm, to the last bit
        self.weights = np.array([math.log(n or 1) - math.log(total) for n in steps.tolist()])[which]
        self.is_word = found > 0
        self._first = np.zeros(BASE, np.int64)
        self._shorter, last = self._tree()
        self.goes_on = np.zeros(len(found), bool)
        self.goes_on[self._shorter[self._shorter > 0]] = True
        self._give_slots(last)

    def words(self, places: npt.NDArray[Any]) -> list[str]:
        """Return the entries at places."""
        return [self.entries[place] for place in places.tolist()]

    def single(self, codes: npt.NDArray[Any]) -> Places:
        """Return the places of characters in `entries`; 0 where there is none."""
        return self._first.take(codes.astype(np.intp))

    def longer(self, places: Places, codes: npt.NDArray[Any]) -> tuple[Places, Places]:
        """Find entries that are longer by one character: which of those asked for, and the places.

        Some of the places may be 0.
        """
        found = self._slots.take(self._rows.take(places) + codes)
        which = np.flatnonzero(found > 0)
        found, places = found.take(which).astype(np.int64), places.take(which)
        crowded, found = found >= CROWDED, found & (CROWDED - 1)
        other = self._shorter.take(found) != places
        found *= ~other
        ask = np.flatnonzero(other & crowded)
        keys = places.take(ask) << BITS | codes.take(which.take(ask))
        found[ask] = self._crowded.to_numpy().take(self._crowded.index.get_indexer(keys))
        return which, found

    def has(self, codes: Numbers, starts: Places, sizes: Places) -> npt.NDArray[np.bool_]:
        """Say of stretches of code points, from their starts on, whether each is a word."""
        found, left = np.zeros(len(starts), bool), np.arange(len(starts))
        places, size = self.single(codes.take(starts)), 1
        while len(left):
            whole = sizes.take(left) == size
            found[left.compress(whole)] = self.is_word.take(places.compress(whole))
            left, places = left.compress(~whole), places.compress(~whole)
            which, places = self.longer(places, codes.take(starts.take(left) + size))
            left, size = left.take(which), size + 1
        return found

    def _tree(self) -> tuple[Places, Places]:
        """Find of each entry the one shorter by a character, -1 of characters, and the last one."""
        codes = as_codes("".join(self.entries)).astype(np.int64)
        sizes = self.sizes[1:]
        starts = np.concatenate([[0], np.cumsum(sizes) - sizes])
        bounds = (np.cumsum(np.bincount(sizes)) + 1).tolist()
        self._first[codes[: bounds[1] - 1]] = np.arange(1, bounds[1])
        place, shorter = self._first[codes[starts]], np.full(len(starts), -1)
        for size, (low, high) in enumerate(pairwise(bounds[1:]), 1):
            key = place[low:] << BITS | codes[starts[low:] + size]
            shorter[low:high] = place[low:high]
            place[low:] = low + pd.Index(key[: high - low]).get_indexer(key)
        return shorter, codes[starts + self.sizes - 1]

    def _give_slots(self, last: Places) -> None:
        """Give each beginning a row of slots, by the character that is next; rows overlap.

        A slot is that of the most frequent entry, the others are looked up. What goes no further
        has a row in which nothing stands.
        """
        places = np.arange(len(last))
        self._rows = np.where(self.goes_on, places * SPREAD % (SLOTS - LAST), SLOTS)
        self._slots = np.zeros(SLOTS + BASE, np.int32)
        places = np.argsort(self.weights, kind="stable")
        places = places[self._shorter[places] > 0]
        slots = self._rows[self._shorter[places]] + last[places]
        self._slots[slots] = places
        others = self._slots[slots] != places
        self._slots[np.unique(slots[others])] += CROWDED
        places = places[others]
        keys = self._shorter[places] << BITS | last[places]
        self._crowded = pd.Series([*places, 0], [*keys, -1])


def as_codes(text: str) -> npt.NDArray[np.int32]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<i4")
