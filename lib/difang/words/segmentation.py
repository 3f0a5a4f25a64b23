"""Segmentation: the tokens of a text.

In goes a corpus, out come `Tokens`. Set phrases are matched on the text first, the longest
from left to right; jieba reads what lies between. Without a lexicon the tokens are those of
`jieba.lcut`, exactly. Punctuation is read too, so that no token can straddle it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache as once
from functools import partial
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from difang import project
from difang.corpus.documents import Corpus
from difang.words.batches import by_batches
from difang.words.cutting import Cutter
from difang.words.dictionary import END, Numbers, as_codes
from difang.words.joining import Made
from difang.words.lexicon import Lexicon, read_lexicon
from difang.words.matching import Hit, Matcher
from difang.words.tokens import Tokens
from difang.words.vocabulary import Read, joined

CONTEXT = 6  # characters on either side that jieba sees when it looks for such words
SHORT = 5  # phrases up to this many characters can arise by chance from longer words


class Segmenter:
    """A jieba tokenizer of its own with the words and phrases of one lexicon."""

    def __init__(self, lexicon: Lexicon | None = None, *, hmm: bool = True) -> None:
        self._made_of = (lexicon, hmm)
        self._cutter = Cutter(lexicon.plain_words if lexicon else None, hmm=hmm)
        self._matcher = Matcher(lexicon.to_match() if lexicon else [])

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process makes its own."""
        return partial(Segmenter, hmm=self._made_of[1]), self._made_of[:1]

    def number(self, texts: Sequence[str]) -> Read:
        """Return the tokens of some texts as numbers."""
        made = self._cutter.made()
        codes = [np.zeros(0, np.int32)]
        for text, hits in zip(texts, self._phrases(texts), strict=True):
            codes += _codes(text, hits, made)
        numbers = self._cutter.numbers(np.concatenate(codes), made)
        ends = np.flatnonzero(numbers == END)
        used, lengths, ids = self._cutter.describe(np.delete(numbers, ends), made)
        known, terms = used[: len(used) - len(made)], [term for term, _ in made]
        return Read(known, terms, lengths, ids, np.diff(ends, prepend=-1) - 1)

    def names(self, known: Numbers) -> list[str]:
        """Return words that the dictionary has, by their numbers."""
        return self._cutter.words(known, self._cutter.made())

    def read(self, text: str) -> list[str]:
        """Return the tokens of a text."""
        read = self.number([text]).spelled(self.names)
        return [read.terms[i] for i in read.ids.tolist()]

    def _phrases(self, texts: Sequence[str]) -> Iterator[list[Hit]]:
        """Yield the set phrases of each text that become tokens, from left to right."""
        found = [self._matcher.hits(text) for text in texts]
        asked = [(n, hit, left) for n, hits in enumerate(found) for hit, left in _near(hits)]
        torn = {*compress(asked, self._tears(texts, asked))}
        for n, hits in enumerate(found):
            taken, done = [], 0
            for hit in hits:
                left = max(done, hit.start - CONTEXT)
                if hit.start >= done and (n, hit, left) not in torn:
                    taken.append(hit)
                    done = hit.end
            yield taken

    def _tears(
        self, texts: Sequence[str], asked: list[tuple[int, Hit, int]]
    ) -> npt.NDArray[np.bool_]:
        """Say where a word of the text tears one character off: 创新 in 创新发展理念.

        Words that take more with them are compounds of the phrase (推进改革 | 开放,
        市场 | 经济体制): it stands there all the same.
        """
        around = [texts[n][left : hit.end + CONTEXT] for n, hit, left in asked]
        made = self._cutter.made()
        codes = as_codes("\0".join([*around, ""]))
        numbers = self._cutter.numbers(codes, made, hmm=False)
        _, lengths, which = self._cutter.describe(numbers, made)
        sizes = lengths[which]
        begins = np.zeros(len(codes) + 1, bool)
        begins[np.cumsum(sizes) - sizes] = True
        at = np.cumsum([0, *(len(text) + 1 for text in around)])[:-1]
        spans = np.array([(hit.start - left, hit.end - left) for _, hit, left in asked], int)
        first, end = spans.reshape(-1, 2).T + at
        torn = begins[first + 1] & ~begins[first] | begins[end - 1] & ~begins[end]
        return np.asarray(torn, bool)


def _codes(text: str, hits: Iterable[Hit], made: Made) -> Iterator[npt.NDArray[np.int32]]:
    """Yield what the cutter is to read: characters, a number for each set phrase, and `END`."""
    codes, done = as_codes(text), 0
    for hit in hits:
        yield codes[done : hit.start]
        yield np.array([made[hit.entry, hit.end - hit.start]], np.int32)
        done = hit.end
    yield codes[done:]
    yield np.array([END], np.int32)


def _near(hits: list[Hit]) -> Iterator[tuple[Hit, int]]:
    """Yield where jieba may begin to look for words across short phrases: there, or at another."""
    ends = {hit.end for hit in hits}
    for hit in hits:
        if hit.end - hit.start <= SHORT:
            first = max(0, hit.start - CONTEXT)
            yield hit, first
            yield from ((hit, at) for at in range(first + 1, hit.start + 1) if at in ends)


def segment(
    corpus: Corpus,
    *,
    lexicon: Lexicon | Path | str | None = project.LEXICON,
    hmm: bool = True,
    cache: bool = True,
) -> Tokens:
    """Read the tokens of every document.

    Parameters
    ----------
    corpus : Corpus
        Its `documents` have the index doc_id and the column text.
    lexicon : Lexicon, path or None
        Words and set phrases to know of, or the folder that `read_lexicon` reads; by default
        those of the project. With None the tokens equal `jieba.lcut(text)`.
    hmm : bool, default True
        Whether jieba may make up words that its dictionary lacks (names, mostly).
    cache : bool, default True
        Whether to look for, and leave, the tokens in data/cache, by batches of documents.

    Returns
    -------
    Tokens
        Documents in the order of the corpus; every character of a text is in one token.

    Notes
    -----
    Large corpora are read by a process for each core, or by the workers of a Dask scheduler
    (`engine.spread`), with the same result.
    """
    chosen = read_lexicon(lexicon) if isinstance(lexicon, str | Path) else lexicon
    rests_on = (chosen.hash if chosen else "", hmm)
    segmenter = once(lambda: Segmenter(chosen, hmm=hmm))
    reads = by_batches(
        corpus.documents["text"], rests_on, lambda: segmenter().number, Read, cache=cache,
        as_kept=lambda read: read.spelled(segmenter().names),
    )  # fmt: skip
    doc_ids = tuple(corpus.documents.index.astype(str))
    return joined(reads, lambda known: segmenter().names(known), doc_ids, rests_on[0])
