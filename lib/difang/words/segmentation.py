"""Segmentation: the tokens of a text.

In goes a corpus, out come `Tokens`. Set phrases are matched on the text first, the longest
from left to right; jieba reads what lies between. Without a lexicon the tokens are those of
`jieba.lcut`, exactly. Punctuation is read too, so that no token can straddle it.
"""

import hashlib
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from difang.corpus import caching
from difang.corpus.documents import Corpus
from difang.words.cutting import Cutter
from difang.words.lexicon import Lexicon, read_lexicon
from difang.words.matching import Hit, Matcher
from difang.words.tokens import Tokens

CONTEXT = 6  # characters on either side that jieba sees when it looks for such words
SHORT = 5  # phrases up to this many characters can arise by chance from longer words
SHOW_PROGRESS = 200  # documents
READ_BY = ("cutting", "matching", "segmentation")  # modules that decide the tokens


class Segmenter:
    """A jieba tokenizer of its own with the words and phrases of one lexicon."""

    def __init__(self, lexicon: Lexicon | None = None, *, hmm: bool = True) -> None:
        self._cutter = Cutter(lexicon.plain_words if lexicon else None, hmm=hmm)
        self._matcher = Matcher(lexicon.to_match() if lexicon else [])

    def read(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the tokens of a text, each with its length in the text."""
        done = 0
        for hit in self.matches(text):
            yield from self._plain(text[done : hit.start])
            yield hit.entry, hit.end - hit.start
            done = hit.end
        yield from self._plain(text[done:])

    def matches(self, text: str) -> Iterator[Hit]:
        """Yield the set phrases of a text that become tokens, from left to right."""
        done = 0
        for hit in self._matcher.hits(text):
            if hit.start >= done and not self._word_across(text, hit, done):
                yield hit
                done = hit.end

    def _plain(self, text: str) -> Iterator[tuple[str, int]]:
        if text:
            yield from ((token, len(token)) for token in self._cutter.cut(text))

    def _word_across(self, text: str, hit: Hit, done: int) -> bool:
        """Say whether a word of the text tears one character off: 创新 in 创新发展理念.

        Words that take more with them are compounds of the phrase (推进改革 | 开放,
        市场 | 经济体制): it stands there all the same.
        """
        if hit.end - hit.start > SHORT:
            return False
        end = max(done, hit.start - CONTEXT)
        for token in self._cutter.cut(text[end : hit.end + CONTEXT], hmm=False):
            start, end = end, end + len(token)
            if start < hit.start == end - 1 or start + 1 == hit.end < end:
                return True
        return False


def segment(
    corpus: Corpus,
    *,
    lexicon: Lexicon | Literal["data/lexicon"] | None = "data/lexicon",
    hmm: bool = True,
    cache: bool = True,
) -> Tokens:
    """Read the tokens of every document.

    Parameters
    ----------
    corpus : Corpus
        Its `documents` have the index doc_id and the column text.
    lexicon : Lexicon or None
        Words and set phrases to know of; by default those of the project. With None the
        tokens equal `jieba.lcut(text)`.
    hmm : bool, default True
        Whether jieba may make up words that its dictionary lacks (names, mostly).
    cache : bool, default True
        Whether to look for, and leave, the result in data/cache.

    Returns
    -------
    Tokens
        Documents in the order of the corpus; every character of a text is in one token.
    """
    chosen = read_lexicon() if lexicon == "data/lexicon" else lexicon
    texts = corpus.documents["text"]
    doc_ids = tuple(corpus.documents.index.astype(str))
    lexicon_hash = chosen.hash if chosen else ""
    key = _key(texts, lexicon_hash, hmm)
    tokens = _recall(key, doc_ids, lexicon_hash) if cache else None
    if tokens is None:
        tokens = _read_all(Segmenter(chosen, hmm=hmm), texts, doc_ids, lexicon_hash)
        if cache:
            _keep(key, tokens)
    return tokens


def _read_all(
    segmenter: Segmenter, texts: "pd.Series[str]", doc_ids: tuple[str, ...], lexicon_hash: str
) -> Tokens:
    from tqdm import tqdm  # type: ignore[import-untyped, unused-ignore]

    numbers: dict[str, int] = {}
    found, bounds, lengths = array("i"), array("q", [0]), array("i")
    shown = len(texts) > SHOW_PROGRESS and sys.stderr is not None and sys.stderr.isatty()
    for text in tqdm(texts, desc="segmenting", unit="doc", disable=not shown):
        for token, length in segmenter.read(text):
            found.append(numbers.setdefault(token, len(numbers)))
            lengths.append(length)
        bounds.append(len(found))
    terms = sorted(numbers)
    rank = {term: place for place, term in enumerate(terms)}
    sorted_ids = np.array([rank[term] for term in numbers], np.int32)
    ids, chars = sorted_ids[np.array(found, np.int32)], np.array(lengths, np.int32)
    return Tokens(doc_ids, tuple(terms), ids, np.array(bounds), lexicon_hash, chars)


def _key(texts: "pd.Series[str]", lexicon_hash: str, hmm: bool) -> str:
    files = (Path(__file__).with_name(f"{name}.py") for name in READ_BY)
    code = [file.read_text("utf-8") for file in files]
    read = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
    return caching.key("tokens", lexicon_hash, hmm, code, read)


def _recall(key: str, doc_ids: tuple[str, ...], lexicon_hash: str) -> Tokens | None:
    kept = caching.recall(key) or {}
    if kept.keys() != {"terms", "tokens", "bounds"}:
        return None
    ids, lengths = (kept["tokens"][column].to_numpy() for column in ("id", "length"))
    bounds = kept["bounds"]["bound"].to_numpy()
    return Tokens(doc_ids, tuple(kept["terms"]["term"]), ids, bounds, lexicon_hash, lengths)


def _keep(key: str, tokens: Tokens) -> None:
    terms = pd.DataFrame({"term": tokens.terms}, dtype="str")
    read = pd.DataFrame({"id": tokens.ids, "length": tokens.lengths})
    bounds = pd.DataFrame({"bound": tokens.bounds})
    caching.keep(key, {"terms": terms, "tokens": read, "bounds": bounds})
