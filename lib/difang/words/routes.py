"""The likeliest way through the dictionary, for many texts at once: jieba without its model.

In go code points, out come the numbers of tokens. It is `get_DAG` and `calc` of jieba.Tokenizer:
each stretch of Han characters, letters and signs is cut where the product of the frequencies is
highest, reckoned from its end, in jieba's order of additions and with its rule for ties, so that
the results are equal to the last bit.
"""

from itertools import accumulate, pairwise
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
    columns = _columns(np.flatnonzero(kinds(codes) == OTHER), len(codes))
    outside = slice(columns.bounds[1])
    text = codes.take(columns.at)
    text[outside] = 0  # no entry has the character 0
    single = dictionary.single(text)
    words = _words(text, single, columns, dictionary)
    best = dictionary.weights.take(single)
    only_begins = ~dictionary.is_word.take(single.take(words.starts))
    best[words.starts.compress(only_begins)] = -np.inf
    best[outside] = 0.0
    taken = _best(best, columns.bounds, words, dictionary)
    is_start = _starts(taken, words.ends, columns)
    long = np.flatnonzero(is_start & (taken >= 0))
    tokens, in_text = codes.copy(), np.empty(len(codes), bool)
    tokens[columns.at.take(long)] = BASE + words.entries.take(taken.take(long))
    in_text[columns.at] = is_start
    return tokens.compress(in_text)


class _Columns(NamedTuple):
    """The characters of texts in another order: the last of all stretches, those before, and so on.

    The longest stretches come first in each column, so that a stretch has the same row in all.
    """

    at: Places  # in the texts
    after: Places  # where the next character is, in this order
    bounds: list[int]  # of the columns; the first are the characters outside of stretches
    first: Places  # where stretches begin, in this order


class _Words(NamedTuple):
    """Words of two characters or more: where they begin and end in the columns, and which they are.

    The shortest come first, of these those that begin in the first columns.
    """

    starts: Places
    ends: Places
    entries: Places
    sizes: list[int]  # how many are of each length


def _columns(outside: Places, size: int) -> _Columns:
    sizes = np.diff(outside, prepend=-1) - 1  # of the stretches, each before what is outside
    order = np.argsort(_narrow(sizes), kind="stable")[::-1]
    tails, sizes = outside.take(order), sizes.take(order)
    rows = np.cumsum(np.bincount(sizes, minlength=1)[::-1])[::-1]  # of each column
    bounds = np.concatenate([[0], np.cumsum(rows)])
    at = np.empty(size, np.int64)
    for distance, (low, high) in enumerate(pairwise(bounds.tolist())):
        np.subtract(tails[: high - low], distance, out=at[low:high])
    after = np.arange(size) - np.repeat([0, *rows[:-1]], rows)
    first = bounds.take(sizes) + np.arange(len(sizes))
    return _Columns(at, after, bounds.tolist(), first)


def _words(text: Numbers, single: Places, columns: _Columns, dictionary: Dictionary) -> _Words:
    """Find the words of two characters or more."""
    low = columns.bounds[1]
    starts, ends, entries = np.arange(low, len(text)), columns.after[low:], single[low:]
    found = [(starts[:0], ends[:0], entries[:0])]
    while len(starts):
        which, entries = dictionary.longer(entries, text.take(ends))
        starts, ends = starts.take(which), columns.after.take(ends.take(which))
        is_word = np.flatnonzero(dictionary.is_word.take(entries))
        found.append((starts.take(is_word), ends.take(is_word), entries.take(is_word)))
        goes_on = np.flatnonzero(dictionary.goes_on.take(entries))
        starts, ends, entries = starts.take(goes_on), ends.take(goes_on), entries.take(goes_on)
    starts, ends, entries = map(np.concatenate, zip(*found, strict=True))
    return _Words(starts, ends, entries, [len(some) for some, _, _ in found])


def _best(
    best: npt.NDArray[np.float64], bounds: list[int], words: _Words, dictionary: Dictionary
) -> Places:
    """Return by place the word that the best way takes, of equals the longest; -1: one character.

    `best` holds the log probabilities of single characters, and is added up to those of ways.
    """
    taken, weights = np.full(len(best), -1), dictionary.weights.take(words.entries)
    lengths = pairwise(accumulate(words.sizes, initial=0))
    cuts = [low + np.searchsorted(words.starts[low:high], bounds) for low, high in lengths]
    groups = np.array(cuts).T.tolist()  # by column, then length: the first word
    for column, (low, high) in enumerate(pairwise(bounds[1:]), 1):
        before = bounds[column - 1]
        best[low:high] += best[before : before + high - low]
        for first, last in zip(groups[column], groups[column + 1], strict=True):
            if first < last:
                start, end = words.starts[first:last], words.ends[first:last]
                value = weights[first:last] + best.take(end)
                better = np.flatnonzero(value >= best.take(start))
                start = start.take(better)
                best[start], taken[start] = value.take(better), better + first
    return taken


def _starts(taken: Places, ends: Places, columns: _Columns) -> npt.NDArray[np.bool_]:
    """Say where tokens begin: on the ways from the first places, and outside the stretches."""
    low = columns.bounds[1]
    is_start = np.zeros(len(taken), bool)
    is_start[:low] = True
    after, long = columns.after.copy(), np.flatnonzero(taken >= 0)
    after[long] = ends.take(taken.take(long))
    here = columns.first.compress(columns.first >= low)
    while len(here):
        is_start[here] = True
        here = after.take(here)
        here = here.compress(here >= low)
    return is_start


def _narrow(numbers: Places) -> npt.NDArray[Any]:
    """Return the same in fewer bytes, which are sorted faster."""
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))
