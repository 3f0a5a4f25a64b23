"""The words of texts as jieba reads them, at many times its speed.

In go texts, out come the tokens of `jieba.cut` with the same dictionary, exactly: jieba's own
rules, applied to all places of many texts at once (`routes`, `joining`).
"""

import logging
import warnings
from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from functools import cache as once
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang import project
from difang.words import joining, routes
from difang.words.dictionary import BASE, END, Dictionary, Numbers, as_codes
from difang.words.joining import Made

PIECE = 3 << 17  # characters


class Cutter:
    """A dictionary of its own: jieba's, and the words of one lexicon."""

    def __init__(self, words: pd.DataFrame | None = None, *, hmm: bool = True) -> None:
        self._hmm = hmm
        self._jieba, self._dictionary = _plain()
        if words is not None and len(words):
            self._jieba = copy(self._jieba)
            self._jieba.FREQ, self._jieba.user_word_tag_tab = dict(self._jieba.FREQ), {}
            self._add(words)
            self._dictionary = Dictionary(self._jieba.FREQ, self._jieba.total)
        self._made_from = BASE + len(self._dictionary.entries)

    def cut(self, text: str, *, hmm: bool | None = None) -> list[str]:
        """Give the tokens of a text; together they are the text."""
        made = self.made()
        found = self.numbers(as_codes(text + "\0"), made, hmm=hmm)[:-1]
        used, _, which = self.describe(found, made)
        terms = self.words(used, made)
        return [terms[i] for i in which.tolist()]

    def made(self) -> Made:
        """Return numbers for words that the dictionary does not have."""
        return Made(count(self._made_from).__next__)

    def numbers(self, codes: Numbers, made: Made, *, hmm: bool | None = None) -> Numbers:
        """Return the tokens of texts.

        Parameters
        ----------
        codes : array
            Code points, and `END` or numbers above that stand for tokens; one of them or a mark is
            last.
        made : defaultdict
            Gives new words their numbers.
        hmm : bool, optional
            Whether jieba may make up words; by default as this was made.
        """
        model = self._hmm if hmm is None else hmm
        known = [routes.cut(some, self._dictionary) for some in _pieces(codes)]
        parts = [joining.join(some, made, self._dictionary, hmm=model) for some in known]
        return np.concatenate(parts)

    def describe(self, numbers: Numbers, made: Made) -> tuple[Numbers, Numbers, npt.NDArray[Any]]:
        """Return the numbers once, ascending, the lengths of their words, and of each which."""
        seen = np.zeros(self._made_from + len(made), bool)
        seen[numbers] = True
        used = np.flatnonzero(seen).astype(np.int32)
        which = np.empty(len(seen), np.min_scalar_type(len(used)))
        which[used] = np.arange(len(used))
        low, high = np.searchsorted(used, [BASE, self._made_from])
        sizes, lengths = np.ones(len(used), np.int32), np.array([n for _, n in made], np.int32)
        sizes[low:high] = self._dictionary.sizes[used[low:high] - BASE]
        sizes[high:] = lengths[used[high:] - self._made_from]
        return used, sizes, which.take(numbers.astype(np.intp))

    def words(self, used: Numbers, made: Made) -> list[str]:
        """Return the words of ascending numbers."""
        low, high = np.searchsorted(used, [BASE, self._made_from])
        news = [term for term, _ in made]
        others = [news[number] for number in (used[high:] - self._made_from).tolist()]
        return [
            *map(chr, used[:low].tolist()),
            *self._dictionary.words(used[low:high] - BASE),
            *others,
        ]

    def _add(self, words: pd.DataFrame) -> None:
        """Give each word a frequency at which it outdoes its parts; short words come first."""
        order = words.assign(chars=words["word"].str.len()).sort_values(["chars", "word"])
        for word, freq, tag in zip(order["word"], order["freq"], order["tag"], strict=True):
            enough = max(int(freq), self._jieba.suggest_freq(word))
            self._jieba.add_word(word, enough, tag or None)


def _pieces(codes: Numbers) -> list[Numbers]:
    """Cut texts behind lines, for there is no need to hold what the ways take of all at once."""
    breaks = np.flatnonzero((codes == ord("\n")) | (codes == END)) + 1
    return np.split(codes, breaks[np.diff(breaks // PIECE, prepend=0) > 0])


@once
def _plain() -> tuple[Any, Dictionary]:
    """Return jieba and its dictionary without words of a lexicon; neither changes."""
    jieba = _dictionary()
    return jieba, Dictionary(jieba.FREQ, jieba.total)


def general_counts() -> Mapping[str, int]:
    """Say how often words stand in the 60 million words of general text that jieba learnt from."""
    counts: Mapping[str, int] = _plain()[0].FREQ
    return counts


@once
def _dictionary() -> Any:
    """Read jieba's dictionary without a word to stderr, which would turn red in reports."""
    with warnings.catch_warnings():  # its source has invalid escapes, its imports are old
        for kind in (SyntaxWarning, DeprecationWarning, UserWarning):
            warnings.simplefilter("ignore", kind)
        import jieba  # type: ignore[import-untyped, unused-ignore]
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(project.CACHE)
    tokenizer.cache_file = f"jieba-{jieba.__version__}.dict"
    with suppress(OSError):  # without the folder jieba keeps no copy, which only costs time
        project.CACHE.mkdir(parents=True, exist_ok=True)
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer.initialize()
    return tokenizer
