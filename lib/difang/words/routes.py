"""The likeliest way through the dictionary, for many texts at once: jieba without its model.

In go code points, out come the numbers of tokens. It is `get_DAG` and `calc` of jieba.Tokenizer:
each stretch of Han characters, letters and signs is cut where the product of the frequencies is
highest, reckoned from its end, in jieba's order of additions and with its rule for ties, so that
the results are equal to the last bit.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from difang.words.dictionary import BASE, END, Dictionary, Numbers, Places
from difang.words.viterbi import FIRST, LAST

OTHER, SIGN, ALNUM, HAN = range(4)  # kinds of characters
_KIND = np.full(BASE, OTHER, np.int8)
_KIND[FIRST : LAST + 1] = HAN
_KIND[[*map(ord, "+#&._%-")]] = SIGN
_KIND[[code for code in range(128) if chr(code).isalnum()]] = ALNUM


def kinds(numbers: Numbers) -> npt.NDArray[np.int8]:
    """Return the kind of each token: a single character of Han, alphanumeric, a sign, or other."""
    return _KIND[np.minimum(numbers, END)]


def cut(codes: Numbers, dictionary: Dictionary) -> Numbers:
    """Return the tokens of texts.

    Parameters
    ----------
    codes : array
        Code points, and numbers from `END` on, which stay what they are. The last is a mark or one
        of those.
    """
    outside = np.flatnonzero(kinds(codes) == OTHER)
    sizes = np.diff(outside, prepend=-1) - 1  # of the stretches, each before what is outside
    left = np.repeat(outside, sizes + 1) - np.arange(len(codes))
    inside = np.where(left > 0, codes, 0)  # no entry has the character 0
    single = dictionary.single(inside)
    words = _longer(inside, left, single, dictionary)
    best = dictionary.weights[single]
    best[words.starts[~dictionary.is_word[single[words.starts]]]] = -np.inf  # only begins words
    best[outside] = 0.0
    taken = _best(best, _from_the_end(outside, sizes), words, dictionary)
    starts = _starts(taken, words, (outside - sizes)[sizes > 0], left)
    word, tokens = taken[starts], codes[starts]
    long = np.flatnonzero(word >= 0)
    tokens[long] = BASE + words.entries[word[long]]
    return tokens


class _Words(NamedTuple):
    """Words of two characters or more in the texts: where they begin and end, and which they are.

    Those that begin nearest to the end of their stretch come first, of these the shortest.
    """

    starts: Places
    ends: Places
    entries: Places
    groups: list[list[tuple[int, int]]]  # by distance from the end, then length: first and last


def _longer(inside: Numbers, left: Places, single: Places, dictionary: Dictionary) -> _Words:
    """Find the words of two characters or more."""
    place, size = np.flatnonzero((left > 1) & dictionary.goes_on[single]), 1
    entry, found = single[place], [(place[:0], place[:0], place[:0])]
    while len(place):
        entry = dictionary.longer(entry, inside[place + size])
        size += 1
        is_word = np.flatnonzero(dictionary.is_word[entry])
        found.append((place[is_word], place[is_word] + size, entry[is_word]))
        goes_on = np.flatnonzero(dictionary.goes_on[entry])
        place, entry = place[goes_on], entry[goes_on]
    starts, ends, entries = map(np.concatenate, zip(*found, strict=True))
    group = left[starts] * (size + 1) + ends - starts
    order = np.argsort(_narrow(group), kind="stable")
    starts, ends, entries = starts[order], ends[order], entries[order]
    groups: list[list[tuple[int, int]]] = [[] for _ in range(left.max(initial=0))]
    for low, high in pairwise([*np.flatnonzero(np.diff(group[order], prepend=-1)), len(group)]):
        groups[left[starts[low]] - 1].append((low, high))
    return _Words(starts, ends, entries, groups)


def _from_the_end(outside: Places, sizes: Places) -> Iterator[Places]:
    """Yield the last place of each stretch, then those before them, and so on."""
    tails = outside[np.argsort(_narrow(sizes), kind="stable")[::-1]]
    reach = np.cumsum(np.bincount(sizes)[::-1])[::-1]
    for distance, number in enumerate(reach[1:].tolist(), 1):
        yield tails[:number] - distance


def _best(
    best: npt.NDArray[np.float64], places: Iterable[Places], words: _Words, dictionary: Dictionary
) -> Places:
    """Return by place the word that the best way takes, of equals the longest; -1: one character.

    `best` holds the log probabilities of single characters, and is added up to those of ways.
    """
    taken = np.full(len(best), -1)
    weights = dictionary.weights[words.entries]
    for place, groups in zip(places, words.groups, strict=True):
        best[place] += best[place + 1]
        for low, high in groups:
            start, value = words.starts[low:high], weights[low:high] + best[words.ends[low:high]]
            better = np.flatnonzero(value >= best[start])
            best[start[better]] = value[better]
            taken[start[better]] = better + low
    return taken


def _starts(taken: Places, words: _Words, first: Places, left: Places) -> Places:
    """Return where tokens begin: on the ways from the first places, and outside the stretches."""
    is_start, ends = left == 0, np.append(words.ends, 0)
    while len(first):
        is_start[first] = True
        word = taken[first]
        first = np.where(word < 0, first + 1, ends[word])
        first = first[left[first] > 0]
    return np.flatnonzero(is_start)


def _narrow(numbers: Places) -> npt.NDArray[Any]:
    """Return the same in fewer bytes, which are sorted faster."""
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))
