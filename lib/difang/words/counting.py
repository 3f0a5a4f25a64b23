"""Counts: how often each term stands in each document.

In go tokens and the table of documents, out comes a sparse matrix, documents × terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix, vstack

from difang.errors import DifangError
from difang.words.tokens import Tokens

PER_TOKENS = 10_000  # rates are occurrences per this many tokens (每万词)
BLOCK = 1 << 20  # tokens, about, that are counted at once


class CountsError(DifangError):
    """Documents and tokens, or counts and a selection, that do not belong together."""


@dataclass(frozen=True, eq=False)
class Counts:
    """How often each term stands in each document.

    Attributes
    ----------
    matrix : csr_matrix of int32, documents × terms
        Occurrences; only those above 0 are stored, sorted by term within a row.
    terms : Index
        The columns, sorted.
    documents : DataFrame, one row per document
        In the order of the rows of `matrix`.
    """

    matrix: csr_matrix
    terms: pd.Index[str]
    documents: pd.DataFrame

    @property
    def n_documents(self) -> int:
        """Number of documents."""
        return len(self.documents)

    @cached_property
    def tokens_per_document(self) -> pd.Series[int]:
        """Counted tokens, one row per document."""
        sums = np.asarray(self.matrix.sum(axis=1, dtype=np.int64)).ravel()
        return pd.Series(sums, index=self.documents.index, name="tokens")

    def long(self) -> pd.DataFrame:
        """Return one row per document and term it holds: doc_id, term, n (occurrences)."""
        table = self.matrix.tocoo()
        doc_ids, terms = self.documents.index[table.row], self.terms[table.col]
        return pd.DataFrame({"doc_id": doc_ids.to_numpy(), "term": terms, "n": table.data})

    def rates(self) -> csr_matrix:
        """Return occurrences per 10,000 counted tokens, in the shape of `matrix`.

        A document without tokens has no rates; nothing is stored for it.
        """
        return per_tokens(self.matrix, self.tokens_per_document.to_numpy())

    def document_frequency(self) -> pd.Series[int]:
        """Return the number of documents that hold each term, one row per term."""
        found = np.bincount(self.matrix.indices, minlength=len(self.terms))
        return pd.Series(found, index=self.terms, name="n_docs")

    def where(self, mask: pd.Series[bool]) -> Counts:
        """Return the counts of the documents that `mask` says True of; all terms stay.

        Raises
        ------
        CountsError
            `mask` does not say of each document, by its doc_id, True or False.
        """
        if mask.dtype != bool or set(mask.index) != set(self.documents.index):
            raise CountsError(
                f"Cannot select by a column of {mask.dtype} with {len(mask)} rows. The counts hold "
                f"{self.n_documents} documents. Make the condition from `counts.documents`."
            )
        chosen = mask.reindex(self.documents.index).to_numpy()
        return Counts(self.matrix[np.flatnonzero(chosen)], self.terms, self.documents[chosen])


def per_tokens(matrix: csr_matrix, tokens: npt.NDArray[Any]) -> csr_matrix:
    """Turn occurrences, documents × terms, into occurrences per 10,000 tokens of the document.

    Of a document without tokens nothing can be said: leave it out of what is made of this.
    """
    of_cell = np.repeat(np.maximum(tokens, 1), np.diff(matrix.indptr))
    cells = (matrix.data * float(PER_TOKENS) / of_cell, matrix.indices, matrix.indptr)
    return csr_matrix(cells, shape=matrix.shape)


def count(
    tokens: Tokens,
    documents: pd.DataFrame,
    *,
    keep: Literal["words", "all"] = "words",
    without: npt.NDArray[np.bool_] | None = None,
) -> Counts:
    """Count the tokens of every document.

    Parameters
    ----------
    tokens : Tokens
        What `segment` returned.
    documents : DataFrame, one row per document
        Index doc_id, the same documents as in `tokens`, in any order.
    keep : {"words", "all"}
        "words" counts tokens that hold a Han character, a letter or a digit; "all" counts
        punctuation and space too, to compare with other tools. No stopword is removed.
    without : array of bool, one per token, optional
        Tokens that are not counted, such as those that `passages.repeated` marks.

    Returns
    -------
    Counts
        Rows in the order of `tokens.doc_ids`.

    Raises
    ------
    CountsError
        The documents are not those of the tokens, or `keep` is neither.

    Examples
    --------
    >>> ids, bounds = np.array([1, 0, 1], np.int32), np.array([0, 3])
    >>> tokens = Tokens(("甲",), ("。", "发展"), ids, bounds, "", np.array([1, 2, 1], np.int32))
    >>> count(tokens, pd.DataFrame(index=["甲"])).long()
      doc_id term  n
    0      甲   发展  2
    """
    _check(tokens, documents, keep)
    is_word = [keep == "all" or any(map(str.isalnum, term)) for term in tokens.terms]
    chosen = np.array(is_word, bool)
    width = int(chosen.sum())
    columns = np.where(chosen, np.cumsum(chosen) - 1, width).astype(np.int32)
    cuts = np.flatnonzero(np.diff(tokens.bounds // BLOCK)) + 1
    rows = pairwise([0, *cuts.tolist(), len(tokens.doc_ids)])
    matrix = vstack([_block(tokens, slice(*some), columns, width, without) for some in rows], "csr")
    terms = pd.Index(tokens.terms, dtype="str")[chosen]
    order = pd.Index(tokens.doc_ids, dtype=documents.index.dtype, name=documents.index.name)
    return Counts(matrix, terms, documents.reindex(order))  # which copies no text in the same order


def _block(
    tokens: Tokens,
    rows: slice,
    columns: npt.NDArray[np.int32],
    width: int,
    without: npt.NDArray[np.bool_] | None,
) -> csr_matrix:
    """Count the tokens of some documents by column; those of the column behind the last go."""
    bounds = tokens.bounds[rows.start : rows.stop + 1]
    some = slice(bounds[0], bounds[-1])
    of_token = columns.take(tokens.ids[some].astype(np.intp))
    if without is not None:
        of_token[without[some]] = width
    cells = np.ones(len(of_token), np.int32), of_token, bounds - bounds[0]
    by_term = csr_matrix(cells, shape=(len(bounds) - 1, width + 1)).tocsc()[:, :width]
    by_term.sum_duplicates()  # sorted now, at no cost
    return by_term.tocsr()


def _check(tokens: Tokens, documents: pd.DataFrame, keep: str) -> None:
    if keep not in ("words", "all"):
        raise CountsError(f"Cannot keep {keep!r}. There are 'words' and 'all'. Choose one.")
    if not documents.index.is_unique or set(documents.index) != set(tokens.doc_ids):
        odd = sorted(set(documents.index.astype(str)) ^ set(tokens.doc_ids))
        raise CountsError(
            f"Cannot count: the documents are not those of the tokens. The tokens hold "
            f"{len(tokens.doc_ids)} documents, the table {len(documents)}; in one of them only: "
            f"{', '.join(odd[:5]) or 'none, but the table repeats some'}. "
            "Segment this corpus, then count with its `documents`."
        )
