"""Tokens of a corpus: integer ids and one vocabulary instead of lists of strings."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.errors import DifangError


class UnknownDocumentError(DifangError):
    """A document that the tokens do not hold."""


@dataclass(frozen=True, eq=False)
class Tokens:
    """The tokens of every document.

    Attributes
    ----------
    doc_ids : tuple of str
        The documents, in the order of the corpus.
    terms : tuple of str
        The sorted vocabulary; a set phrase stands in its canonical form.
    ids : int32 array
        All tokens, as positions in `terms`, document after document.
    bounds : int64 array, one longer than `doc_ids`
        Document i has the tokens `ids[bounds[i]:bounds[i + 1]]`.
    lexicon_hash : str
        Hash of the lexicon used; "" without one.
    lengths : unsigned array, of as few bytes as do
        Characters of each token in the text, where a set phrase may be longer or shorter than
        its term (“五型”政府 is 6 characters of text, its term 4).
    """

    doc_ids: tuple[str, ...]
    terms: tuple[str, ...]
    ids: npt.NDArray[np.int32]
    bounds: npt.NDArray[np.int64]
    lexicon_hash: str
    lengths: npt.NDArray[Any]

    def of(self, doc_id: str) -> list[str]:
        """Return the tokens of a document, in the order of its text."""
        start, end = self._range(doc_id)
        return [self.terms[i] for i in self.ids[start:end].tolist()]

    def spans(self, doc_id: str) -> npt.NDArray[np.int64]:
        """Return where the tokens of a document lie in its text, one row (start, end) each."""
        start, end = self._range(doc_id)
        lengths = self.lengths[start:end]
        ends = np.cumsum(lengths, dtype=np.int64)
        return np.stack([ends - lengths, ends], axis=1)

    def where(self, terms: Collection[str]) -> pd.DataFrame:
        """List where some terms stand, in the order of the corpus: term, doc_id, start, end."""
        wanted = set(terms)
        ids = [place for place, term in enumerate(self.terms) if term in wanted]
        at = np.flatnonzero(np.isin(self.ids, ids))
        rows = np.searchsorted(self.bounds, at, side="right") - 1
        edges = np.concatenate([[0], np.cumsum(self.lengths, dtype=np.int64)])
        begun = edges[self.bounds[rows]]
        columns = {
            "term": pd.Index(self.terms, dtype="str")[self.ids[at]],
            "doc_id": pd.Index(self.doc_ids, dtype="str")[rows],
            "start": edges[at] - begun,
            "end": edges[at + 1] - begun,
        }
        return pd.DataFrame(columns)

    def _range(self, doc_id: str) -> tuple[int, int]:
        if doc_id not in self._rows:
            raise UnknownDocumentError(
                f"Cannot find tokens of the document {doc_id!r}. The tokens hold "
                f"{len(self.doc_ids)} documents: {', '.join(self.doc_ids[:3])} … "
                "Choose one of them, or segment the corpus that holds it."
            )
        row = self._rows[doc_id]
        return int(self.bounds[row]), int(self.bounds[row + 1])

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {doc_id: row for row, doc_id in enumerate(self.doc_ids)}
