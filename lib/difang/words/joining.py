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
from difang.words.routes import ALNUM, HAN, OTHER, SIGN, kinds

_DIGIT, _LETTER = ord("0"), ord("a")


def join(
    numbers: Numbers, made: "defaultdict[str, int]", dictionary: Dictionary, *, hmm: bool
) -> Numbers:
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
    tied = [np.flatnonzero((numbers[:-1] == ord("\r")) & (numbers[1:] == ord("\n")))]
    if hmm:
        for places in _stretches(_neighbours(kind != OTHER)):
            kind[places[dictionary.has(numbers[places])]] = OTHER  # jieba leaves these in pieces
        for places in _stretches(_neighbours(kind == HAN)):
            tied.append(places[:, :-1][~viterbi.ends(numbers[places])[:, :-1]])
        for places in _stretches(_neighbours((kind == SIGN) | (kind == ALNUM))):
            tied.append(places[:, :-1][_tied_signs(numbers[places])])
    else:
        tied.append(_neighbours(kind == ALNUM))
    numbers = numbers.copy()
    for places in _stretches(np.sort(np.concatenate(tied))):
        numbers[places[:, 0]] = [made[word] for word in _words(numbers[places])]
        numbers[places[:, 1:]] = -1
    return numbers[numbers >= 0]


def _neighbours(chosen: npt.NDArray[np.bool_]) -> Places:
    """Return the chosen places whose next one is chosen too."""
    return np.flatnonzero(chosen[1:] & chosen[:-1])


def _stretches(links: Places) -> Iterator[Places]:
    """Yield the places that `links` ties to the next, a row each, those of one length together."""
    first = np.flatnonzero(np.diff(links, prepend=-2) != 1)
    sizes = np.diff(first, append=len(links)) + 1
    for size in np.unique(sizes).tolist():
        yield links[first[sizes == size]][:, None] + np.arange(size)


def _tied_signs(codes: Numbers) -> npt.NDArray[np.bool_]:
    """Say which of the signs in each row are tied to the next, which rests on their kinds alone."""
    alike = np.where(codes <= ord("9"), ord("0"), ord("a"))
    shapes = _words(np.where(kinds(codes) == ALNUM, alike, codes))
    return np.array([*map(_ties, shapes)], bool)


@lru_cache(1 << 16)
def _ties(shape: str) -> list[bool]:
    from jieba import finalseg  # type: ignore[import-untyped, unused-ignore]

    ties = [[True] * (len(token) - 1) + [False] for token in finalseg.cut(shape)]
    return [*chain.from_iterable(ties)][:-1]


def _words(codes: npt.NDArray[Any]) -> list[str]:
    """Make a string of each row of code points."""
    words: list[str] = codes.astype(np.uint32).view(f"U{codes.shape[1]}")[:, 0].tolist()
    return words
