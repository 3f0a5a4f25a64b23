"""The words of a text as jieba reads them, at many times its speed.

In goes a text, out come the tokens of `jieba.cut` with the same dictionary, exactly. rjieba without
its model for unknown words finds the same dictionary words; jieba's own model then reads the runs
of single characters that are left (rjieba's falls to the other side where two readings are all but
equally likely: 常在软). Such runs come again and again, so the answers are kept.
"""

import logging
import re
import warnings
from contextlib import suppress
from copy import copy
from functools import cache as once
from functools import lru_cache
from itertools import groupby
from typing import Any

import pandas as pd

from difang import project

MARK = "\x1f"  # between tokens; such characters, which Rust's strings may not hold, are cut apart
_APART = re.compile("([\x1f\ud800-\udfff])")
_RUN = re.compile(f"{MARK}(?:(?:[一-\u9fd5]|[a-zA-Z0-9+#&._%\\-]+){MARK}){{2,}}")
_KEPT = 1 << 20  # runs whose reading is kept
_DUMMY = "\ue000"  # takes up what the two count differently, and stands in no word


class Cutter:
    """A dictionary of its own: jieba's, and the words of one lexicon."""

    def __init__(self, words: pd.DataFrame | None = None, *, hmm: bool = True) -> None:
        self._hmm = hmm
        self._jieba, self._fast, self._ascii = _plain()
        if words is not None and len(words):
            self._jieba = copy(self._jieba)
            self._jieba.FREQ, self._jieba.user_word_tag_tab = dict(self._jieba.FREQ), {}
            added = list(self._add(words))
            self._fast = _fast(added)
            self._ascii = self._ascii.union(filter(_is_letters, (word for word, _, _ in added)))
        self._reading = lru_cache(_KEPT)(self._read_run)

    def cut(self, text: str, *, hmm: bool | None = None) -> list[str]:
        """Give the tokens of a text; together they are the text."""
        made_up = self._hmm if hmm is None else hmm
        if self._fast is None:
            return list(self._jieba.cut(text, HMM=made_up))
        tokens: list[str] = []
        for i, part in enumerate(_APART.split(text)):
            if i % 2:
                tokens.append(part)
            elif part:
                tokens += self._known(part, made_up)
        return tokens

    def _known(self, text: str, made_up: bool) -> list[str]:
        words: list[str] = self._fast.cut(text, False)
        if not made_up:
            return words
        joined = MARK + MARK.join(words) + MARK
        return _RUN.sub(lambda run: self._reading(run[0]), joined)[1:-1].split(MARK)

    def _read_run(self, run: str) -> str:
        """Read single characters that follow each other, up to a word of letters (C++)."""
        import jieba.finalseg

        tokens: list[str] = []
        for is_word, some in groupby(run[1:-1].split(MARK), self._ascii.__contains__):
            single = list(some)
            joined = "".join(single)
            if is_word or len(single) == 1:
                tokens += single
            elif self._jieba.FREQ.get(joined):
                tokens += joined
            else:
                tokens += jieba.finalseg.cut(joined)
        return MARK + MARK.join(tokens) + MARK

    def _add(self, words: pd.DataFrame) -> "list[tuple[str, int, int]]":
        """Give each word a frequency at which it outdoes its parts; short words come first."""
        order = words.assign(chars=words["word"].str.len()).sort_values(["chars", "word"])
        added = []
        for word, freq, tag in zip(order["word"], order["freq"], order["tag"], strict=True):
            enough = max(int(freq), self._jieba.suggest_freq(word))
            added.append((word, enough, self._jieba.FREQ.get(word, 0)))
            self._jieba.add_word(word, enough, tag or None)
        return added


def _is_letters(word: str) -> bool:
    return word.isascii() and len(word) > 1


@once
def _plain() -> tuple[Any, Any, frozenset[str]]:
    """Return jieba, rjieba and the words of letters, without words of a lexicon; none changes."""
    jieba = _dictionary()
    letters = frozenset(word for word, n in jieba.FREQ.items() if n and _is_letters(word))
    return jieba, _fast([]), letters


def _fast(added: list[tuple[str, int, int]]) -> Any:
    """Give rjieba the same words; None where it is not installed.

    A word that is known already counts twice in jieba's total, once in rjieba's: a word that no
    text can have makes up for it.
    """
    try:
        import rjieba  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    fast = rjieba.Jieba()
    for word, freq, _ in added:
        fast.add_word(word, freq, "")
    if lost := sum(known for _, _, known in added):
        fast.add_word(_DUMMY, lost, "")
    return fast


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
