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

END = 0x110000  # behind the last character: stands behind each text
BASE = END + 1
BITS = 21  # of a code point
Places = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]


class Dictionary:
    """Entries and the log probability of each.

    Attributes
    ----------
    entries, sizes : list of str, int array
        By number less `BASE`.
    weights : float array
        ln(frequency / total) of words, 1 for the frequency of what is none.
    is_word, goes_on : bool arrays
        Words, and beginnings of longer entries. The last is for characters without an entry.
    """

    def __init__(self, freq: Mapping[str, int], total: int) -> None:
        self.entries = sorted(freq, key=len)
        self.sizes = np.array([*map(len, self.entries), 1])
        found = np.array([*map(freq.__getitem__, self.entries), 0])
        steps, which = np.unique(found, return_inverse=True)  # jieba's logarithm, to the last bit
        self.weights = np.array([math.log(n or 1) - math.log(total) for n in steps.tolist()])[which]
        self.is_word = found > 0
        self._first = np.full(BASE, -1)
        self.goes_on = np.zeros(len(found), bool)
        self._longer = self._tree()

    def words(self, places: npt.NDArray[Any]) -> list[str]:
        """Return the entries at places."""
        return [self.entries[place] for place in places.tolist()]

    def single(self, codes: npt.NDArray[Any]) -> Places:
        """Return the places of characters in `entries`; -1 where there is none."""
        first: Places = self._first[codes]
        return first

    def longer(self, places: Places, codes: npt.NDArray[Any]) -> Places:
        """Return the places of entries that are longer by one character; -1 where there is none."""
        found: Places = self._longer.get_indexer(places << BITS | codes)
        return found

    def has(self, rows: Numbers) -> npt.NDArray[np.bool_]:
        """Say of each row of code points whether it is a word."""
        places = self.single(rows[:, 0])
        for codes in rows.T[1:]:
            if (places < 0).all():
                break
            places = np.where(places < 0, -1, self.longer(places, codes))
        return self.is_word[places]

    def _tree(self) -> pd.Index:
        """Find each entry by its beginning and last character."""
        codes = as_codes("".join(self.entries)).astype(np.int64)
        starts = np.cumsum(self.sizes[:-1]) - self.sizes[:-1]
        bounds = np.cumsum(np.bincount(self.sizes[:-1])).tolist()
        self._first[codes[: bounds[1]]] = np.arange(bounds[1])
        place, keys = self._first[codes[starts]], -2 - np.arange(len(starts))
        for size, (low, high) in enumerate(pairwise(bounds[1:]), 1):
            key = place[low:] << BITS | codes[starts[low:] + size]
            keys[low:high] = key[: high - low]
            self.goes_on[place[low:high]] = True
            place[low:] = low + pd.Index(key[: high - low]).get_indexer(key)
        return pd.Index(keys)


def as_codes(text: str) -> npt.NDArray[np.int32]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<i4")
