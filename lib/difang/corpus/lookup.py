"""Many words looked up in a text at once: a table of words in, each place of each word out."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

_ROOM = 6  # bits more than the words need, for the places of how they begin; some share one
Numbers = npt.NDArray[np.uint32]
_WIDE = str.maketrans("０１２３４５６７８９．－／：‘’「」『』", "0123456789.-/:“”“”“”")


def fold(text: str) -> str:
    """Spell digits, points and quotation marks in one way; every character keeps its place."""
    for wide, plain in _WIDE.items():
        text = text.replace(chr(wide), chr(plain))
    return text


class Matcher(NamedTuple):
    """A table of words of two characters and more, ready to be found in texts.

    `begins` marks the words of two characters, and what longer ones begin with, by places of so
    many `bits`; `sizes` gives the sizes of the words that begin with three characters.
    """

    words: Mapping[str, Any]
    sizes: Mapping[str, list[int]]
    bits: int
    begins: tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]


def matcher(words: Mapping[str, Any]) -> Matcher:
    """Return what finds all words at once."""
    sizes: dict[str, list[int]] = {}
    bits = len(words).bit_length() + _ROOM
    begins = np.zeros(1 << bits, bool), np.zeros(1 << bits, bool)
    for word in sorted(words, key=len):
        sizes.setdefault(word[:3], []).append(len(word))
    for size, marks in zip((2, 3), begins, strict=True):
        row = "".join(begin for begin in sizes if len(begin) == size)
        marks[grams(row)[size - 2][::size] >> np.uint32(32 - bits)] = True
    return Matcher(words, {begin: sorted({*some}) for begin, some in sizes.items()}, bits, begins)


def hits(matcher: Matcher, text: str) -> Iterator[tuple[int, int, Any]]:
    """Yield start and end of each word in a text, and what the table holds for it.

    Of words at one place the longest comes last.
    """
    words, sizes, bits, begins = matcher
    pairs, triples = (some >> np.uint32(32 - bits) for some in grams(text))
    for start in np.flatnonzero(begins[0].take(pairs)).tolist():
        if (word := text[start : start + 2]) in words:
            yield start, start + 2, words[word]
    for start in np.flatnonzero(begins[1].take(triples)).tolist():
        for size in sizes.get(text[start : start + 3], ()):
            if len(word := text[start : start + size]) == size and word in words:
                yield start, start + size, words[word]


def codes(text: str) -> Numbers:
    """Return the numbers of the characters of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@lru_cache(maxsize=4)  # different tables are looked up in one text
def grams(text: str) -> tuple[Numbers, Numbers]:
    """Return numbers for the pairs and for the triples of characters of a text."""
    first = codes(text)
    pairs = first[:-1] * np.uint32(0x9E3779B1)
    pairs += first[1:] * np.uint32(0x85EBCA6B)
    triples = first[2:] * np.uint32(0xC2B2AE35)
    triples += pairs[:-1]
    return pairs, triples
