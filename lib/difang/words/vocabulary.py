"""Vocabulary: batches of documents, each read in a vocabulary of its own, put into one.

In go the tokens of batches (`Read`), out come `Tokens`. Words that the dictionary has stay its
numbers until the end: of many batches most words are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from difang.words.dictionary import Numbers
from difang.words.tokens import Tokens

Names = Callable[[Numbers], list[str]]


class Read(NamedTuple):
    """The tokens of some documents, in a vocabulary of their own: `known`, then `terms`."""

    known: Numbers  # of the dictionary, ascending; none in what was kept
    terms: Sequence[str]
    lengths: npt.NDArray[np.int32]  # of each of these in the text; one term may have several
    ids: npt.NDArray[Any]
    sizes: npt.NDArray[np.int64]  # tokens of each document

    def spelled(self, names: Names) -> Read:
        """Return the same without numbers of the dictionary, which need not be loaded then."""
        return self._replace(known=self.known[:0], terms=[*names(self.known), *self.terms])


def joined(
    reads: Iterable[Read], names: Names, doc_ids: tuple[str, ...], lexicon_hash: str
) -> Tokens:
    """Put batches behind each other in one vocabulary, which is sorted in the end."""
    kept = [*reads]
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    known = np.unique(np.concatenate([np.zeros(0, np.int32), *(read.known for read in kept)]))
    of_known = np.array([numbers[term] for term in (names(known) if len(known) else [])], np.int32)
    of_terms = [np.array([numbers[term] for term in read.terms], np.int32) for read in kept]
    terms = sorted(numbers)
    rank = np.empty(len(terms), np.int32)
    rank[[numbers[term] for term in terms]] = np.arange(len(terms))
    bounds = np.cumsum(np.concatenate([np.zeros(1, np.int64), *(read.sizes for read in kept)]))
    longest = max((read.lengths.max(initial=0) for read in kept), default=0)
    ids, done = np.empty(bounds[-1], np.int32), 0
    lengths = np.empty(bounds[-1], np.min_scalar_type(longest))
    for read, others in zip(kept, of_terms, strict=True):
        places = np.concatenate([of_known[np.searchsorted(known, read.known)], others])
        here, of_read = slice(done, done := done + len(read.ids)), read.ids.astype(np.intp)
        ids[here], lengths[here] = rank[places].take(of_read), read.lengths.take(of_read)
    return Tokens(doc_ids, tuple(terms), ids, bounds, lexicon_hash, lengths)
