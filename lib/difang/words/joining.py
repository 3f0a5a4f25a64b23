"""What jieba does with the pieces that its dictionary leaves: single characters and signs.

In go tokens as numbers, of many texts at once, out come those of `jieba.cut`: stretches of single
Han characters read by its model (`viterbi`), unless the dictionary has the whole, and signs put
together by the pattern of jieba.finalseg (12.5% is one token).
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from difang.words import viterbi
from difang.words.dictionary import Dictionary, Numbers, Places
from difang.words.routes import ALNUM, HAN, OTHER, kinds

Made = defaultdict[tuple[str, int], int]  # numbers of words, each with its length in the text


def join(numbers: Numbers, made: Made, dictionary: Dictionary, *, hmm: bool) -> Numbers:
    """Join neighbours where jieba does.

    Parameters
    ----------
    numbers : array
        What `routes.cut` returned.
    made : defaultdict
        Gives new words their numbers.
    dictionary : Dictionary
        The same.
    hmm : bool
        Whether words may be made up; if not, only letters and digits are joined.

    Returns
    -------
    array
        `numbers`, fewer where some were joined.
    """
    kind = kinds(numbers)
    tied = np.zeros(len(numbers), bool)  # to the next
    tied[:-1] = (numbers[:-1] == ord("\r")) & (numbers[1:] == ord("\n"))
    if hmm:
        links = _unknown(numbers, _links(kind != OTHER), dictionary)
        is_han, is_next = kind.take(links) == HAN, kind.take(links + 1) == HAN
        for places in _stretches(links.compress(is_han & is_next)):
            tied[places[:, :-1]] = ~viterbi.ends(numbers.take(places))[:, :-1]
        for places in _stretches(links.compress(~is_han & ~is_next)):
            tied[places[:, :-1]] = _tied_signs(numbers.take(places))
    else:
        tied[_links(kind == ALNUM)] = True
    numbers = numbers.copy()
    for places in _stretches(np.flatnonzero(tied)):
        words, size = _words(numbers.take(places)), places.shape[1]
        numbers[places[:, 0]] = [made[word, size] for word in words]
        numbers[places[:, 1:]] = -1
    return numbers.compress(numbers >= 0)


def _links(chosen: npt.NDArray[np.bool_]) -> Places:
    """Return the chosen places whose next one is chosen too."""
    return np.flatnonzero(chosen[1:] & chosen[:-1])


def _unknown(numbers: Numbers, links: Places, dictionary: Dictionary) -> Places:
    """Leave out the links within stretches that are words: jieba leaves these in pieces."""
    first, sizes = _runs(links)
    known = dictionary.has(numbers, links.take(first), sizes)
    return links.compress(np.repeat(~known, sizes - 1))


def _runs(links: Places) -> tuple[Places, Places]:
    """Return which links are the first of their stretches, and how many places these have."""
    first = np.flatnonzero(np.diff(links, prepend=-2) != 1)
    return first, np.diff(first, append=len(links)) + 1


def _stretches(links: Places) -> Iterator[Places]:
    """Yield the places that `links` ties to the next, a row each, those of one length together."""
    first, sizes = _runs(links)
    for size in np.unique(sizes).tolist():
        yield links.take(first.compress(sizes == size))[:, None] + np.arange(size)


def _tied_signs(codes: Numbers) -> npt.NDArray[np.bool_]:
    """Say which of the signs in each row are tied to the next, which rests on their kinds alone."""
    plain = kinds(codes) == ALNUM
    tied = np.ones(plain.shape, bool)[:, 1:]
    mixed = np.flatnonzero(~plain.all(axis=1))
    alike = np.where(codes <= ord("9"), ord("0"), ord("a"))
    shapes = _words(np.where(plain, alike, codes)[mixed])
    tied[mixed] = np.array([*map(_ties, shapes)], bool).reshape(-1, tied.shape[1])
    return tied


@lru_cache(1 << 16)
def _ties(shape: str) -> list[bool]:
    from jieba import finalseg  # type: ignore[import-untyped, unused-ignore]

    ties = [[True] * (len(token) - 1) + [False] for token in finalseg.cut(shape)]
    return [*chain.from_iterable(ties)][:-1]


def _words(codes: npt.NDArray[Any]) -> list[str]:
    """Make a string of each row of code points."""
    words: list[str] = codes.astype(np.uint32).view(f"U{codes.shape[1]}")[:, 0].tolist()
    return words
