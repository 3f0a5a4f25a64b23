"""Where a pattern can match at all: told by words that each match of it holds, before it is sought.

A pattern is read once, into sets of words: each match holds one word of each set. A text is read
once, into a table of where the words of all sets known stand; then a pattern is sought only around
the words of its rarest set, and not at all if one of its sets has none there. A word is known by
how it begins. A pattern without such words is told by a set of characters.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from operator import add
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from difang.corpus.lookup import Numbers, codes, grams
from difang.corpus.pattern_words import Words, reach_of, words_in, words_of

_SHORT = 400  # characters of a text that is sooner searched than read into a table
_BITS = 18  # of the place of a beginning; two may share one: then one seeks in vain
_FEW = 24  # characters of a set that is looked up, if any is of those in use
_LOW = 0xFFFF  # characters are told by the lower half of their numbers
_AROUND = 2  # characters that the ends of lines, words and texts look at

_Ints = npt.NDArray[np.int64]


def may_hold(shape: re.Pattern[str], text: str) -> bool:
    """Tell whether a pattern could be found in a text; if not, it need not be sought.

    >>> may_hold(re.compile("(?:楼|层)主|回复"), "会议强调，要抓好落实。" * 40)
    False
    """
    return len(text) < _SHORT or _able(_need(shape.pattern, shape.flags), text)


def spots(
    shape: re.Pattern[str], text: str, whole: str = "", at: int | None = None
) -> Iterator[re.Match[str]]:
    """Give the matches of a pattern in a text, seeking only where it can be found.

    Of a text that is part of a `whole`, or told by it, the whole is read into a table, not the
    part; `at` is the place where the part begins.
    """
    told, need = whole or text, _need(shape.pattern, shape.flags)
    if len(told) < _SHORT or (whole and not need.words):
        return shape.finditer(text)
    if not _able(need, told):
        return iter(())
    if not need.words or (whole and at is None):
        return shape.finditer(text)
    spans = _spans(need, told, at or 0, len(text))
    return (match for span in spans for match in shape.finditer(text, *span))


def sifter(shapes: Sequence[re.Pattern[str]]) -> Callable[[str], list[int]]:
    """Return what lists, for a short text, the numbers of the patterns that it may hold."""
    held = [words_of(shape) for shape in shapes]
    stops = [0, *accumulate(map(len, held))]
    needs = [(1 << b) - (1 << a) for a, b in pairwise(stops)]
    bits: dict[str, int] = {}
    for number, words in enumerate(words for sets in held for words in sets):
        for sign in {word[:2] for word in words}:
            bits[sign] = bits.get(sign, 0) | 1 << number

    def able(text: str) -> list[int]:
        there = 0
        for sign in bits.keys() & {*text, *map(add, text, text[1:])}:
            there |= bits[sign]
        return [i for i, need in enumerate(needs) if need & there == need]

    return able


def has_words(shape: re.Pattern[str], text: str) -> bool:
    """Tell whether each set of words has one in a text: quick for few words and one question."""
    sets = _sets(shape.pattern, shape.flags)
    return all(any(word in text for word in words) for words in sets)


@cache
def _sets(pattern: str, flags: int) -> list[Words]:  # the hash of a compiled pattern is slow
    return words_in(pattern, flags)


class _Need(NamedTuple):
    """The sets of words of a pattern: their numbers, and these as bits; or else its characters.

    A match and what it looks at `reach` no farther than so many characters. The characters are
    told by the lower half of their numbers.
    """

    words: range
    bits: int
    chars: _Ints
    reach: int


def _able(need: _Need, text: str) -> bool:
    """Tell whether each set of a pattern has a word in a text."""
    if need.words:
        return need.bits & _read(text, _known().count)[0] == need.bits
    return not need.chars.size or bool(_marked(text).take(need.chars).any())


def _spans(need: _Need, text: str, start: int, size: int) -> list[tuple[int, int]]:
    """List where in a part of a text a pattern can match, with all that it looks at."""
    _, places, stops = _read(text, _known().count)
    least, rarest = min((stops[i + 1] - stops[i], i) for i in need.words)
    if least * need.reach >= size:
        return [(0, size)]
    found: list[tuple[int, int]] = []
    for place in sorted((places[stops[rarest] : stops[rarest + 1]] - start).tolist()):
        if 0 <= place < size:
            first, last = max(0, place - need.reach), min(place + need.reach, size)
            first = found.pop()[0] if found and first <= found[-1][1] else first
            found.append((first, last))
    return found


class _Known:
    """The sets of words learnt so far, by what the words begin with."""

    def __init__(self) -> None:
        self.numbers = np.zeros(2 << _BITS, np.uint16)  # of beginnings, by their places
        self.sets: list[list[int]] = [[]]  # by the number of a beginning
        self.count = 0

    def learn(self, sets: list[Words]) -> range:
        """Give numbers to sets of words."""
        for words in sets:
            for place in {int(_places(word[:3])[-1]) for word in words}:
                if not self.numbers[place]:
                    self.numbers[place] = len(self.sets)
                    self.sets.append([])
                self.sets[self.numbers[place]].append(self.count)
            self.count += 1
        return range(self.count - len(sets), self.count)


@cache
def _known() -> _Known:
    return _Known()


@cache
def _need(pattern: str, flags: int) -> _Need:
    sets = _sets(pattern, flags)
    longer = [words for words in sets if min(map(len, words)) > 1]
    rare = (w for w in sets if len(w) <= _FEW or not re.search("[一-龥]", max(w)))
    chars = [] if longer else [ord(w[0]) & _LOW for w in min(rare, key=len, default=())]
    words = _known().learn(longer)
    bits = (1 << words.stop) - (1 << words.start)
    reach = reach_of(pattern, flags) + _AROUND
    return _Need(words, bits, np.array(chars, np.int64), reach)


@lru_cache(maxsize=1)
def _flat(known: int) -> tuple[npt.NDArray[np.uint16], _Ints, _Ints]:
    """Return the sets of all beginnings in a row, where those of each begin, and how many."""
    sizes = np.array([*map(len, _known().sets)])
    sets = np.array([i for some in _known().sets for i in some], np.uint16)
    return sets, sizes.cumsum() - sizes, sizes


@lru_cache(maxsize=2)
def _read(text: str, known: int) -> tuple[int, _Ints, list[int]]:
    """Return which sets have words in a text (as bits), where these stand, where each set stops."""
    sets, starts, sizes = _flat(known)
    numbers = _known().numbers.take(_places(text))
    spots = np.flatnonzero(numbers != 0)
    numbers = numbers[spots]
    many = sizes[numbers]
    of_all = np.arange(many.sum()) + np.repeat(starts[numbers] - many.cumsum() + many, many)
    found = sets[of_all]
    counts = np.bincount(found, minlength=known)
    places = np.repeat(spots % (len(text) - 1), many)[found.argsort(kind="stable")]
    bits = int.from_bytes(np.packbits(counts > 0, bitorder="little").tobytes(), "little")
    return bits, places, [0, *counts.cumsum().tolist()]


@lru_cache(maxsize=2)
def _marked(text: str) -> npt.NDArray[np.bool_]:
    """Mark the characters of a text, by the lower half of their numbers."""
    marked = np.zeros(_LOW + 1, bool)
    marked[codes(text).view(np.uint16)[::2]] = True
    return marked


def _places(text: str) -> Numbers:
    """Return the places of the pairs of a text, and behind them those of its triples."""
    pairs, triples = (some >> np.uint32(32 - _BITS) for some in grams(text))
    return np.concatenate([pairs, triples + np.uint32(1 << _BITS)])
