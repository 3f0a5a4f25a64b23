"""Counts of partitions: texts are read and counted where the workers are, counts come back.

In goes a corpus, out come the counts that its tokens would give; the tokens are nowhere together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix, vstack

from difang import project
from difang.corpus.documents import Corpus
from difang.words.batches import by_batches
from difang.words.counting import Counts, count
from difang.words.lexicon import Lexicon, read_lexicon
from difang.words.segmentation import Segmenter
from difang.words.vocabulary import joined


class Counted(NamedTuple):
    """The counts of some documents, in a sorted vocabulary of their own; as of a csr_matrix."""

    terms: Sequence[str]
    data: npt.NDArray[np.int32]
    indices: npt.NDArray[Any]
    indptr: npt.NDArray[Any]


def count_corpus(
    corpus: Corpus,
    *,
    lexicon: Lexicon | str | Path | None = project.LEXICON,
    hmm: bool = True,
    cache: bool = True,
) -> Counts:
    """Count the words of every document; parameters as in `segment`.

    Returns
    -------
    Counts
        Those of `count(segment(corpus), corpus.documents)`, to the last bit.
    """
    chosen = read_lexicon(lexicon) if isinstance(lexicon, str | Path) else lexicon
    rests_on = (chosen.hash if chosen else "", hmm)
    make = lambda: partial(_counted, Segmenter(chosen, hmm=hmm))  # noqa: E731
    parts = [*by_batches(corpus.documents["text"], rests_on, make, Counted, cache=cache)]
    terms = pd.Index(sorted(set().union(*(part.terms for part in parts))), dtype="str")
    none = csr_matrix(np.zeros((0, len(terms)), np.int32))
    places = {term: place for place, term in enumerate(terms.tolist())}
    matrix = vstack([none, *(_placed(part, places) for part in parts)], "csr")
    return Counts(matrix, terms, corpus.documents)


def _counted(segmenter: Segmenter, texts: Sequence[str]) -> Counted:
    names = tuple(map(str, range(len(texts))))
    tokens = joined([segmenter.number(texts)], segmenter.names, names, "")
    counts = count(tokens, pd.DataFrame(index=list(names)))
    matrix = counts.matrix
    return Counted(counts.terms.to_list(), matrix.data, matrix.indices, matrix.indptr)


def _placed(part: Counted, places: dict[str, int]) -> csr_matrix:
    """Give the counts of a part in the vocabulary of all."""
    place = np.fromiter(map(places.__getitem__, part.terms), np.int32, len(part.terms))
    shape = (len(part.indptr) - 1, len(places))
    return csr_matrix((part.data, place[part.indices], part.indptr), shape)
