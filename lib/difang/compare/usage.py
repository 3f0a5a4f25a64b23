"""Usage: the compared documents × the scored terms, the spent taken out.

In go counts and groups, out come the occurrences that measures read, and their sums by group.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from difang.compare.groups import Groups
from difang.errors import need
from difang.words.counting import Counts
from difang.words.lexicon import read_lexicon
from difang.words.matching import Matcher

Table = npt.NDArray[np.float64]  # groups × scored terms


@dataclass(frozen=True, eq=False)
class Usage:
    """The compared documents and the terms that are scored.

    Attributes
    ----------
    groups : Groups
    terms : Index
        The scored terms, sorted.
    columns : array of int
        Their columns in the counts.
    matrix : csr_matrix of int, compared documents × scored terms
        Occurrences; 0 where the document is spent for the term.
    spent : csr_matrix of 0 and 1, of the same shape
        Where the document leaves the comparison of the term.
    tokens : array, one per compared document
    """

    groups: Groups
    terms: pd.Index[str]
    columns: npt.NDArray[np.intp]
    matrix: csr_matrix
    spent: csr_matrix
    tokens: npt.NDArray[Any]

    def per_group(self, matrix: csr_matrix) -> npt.NDArray[Any]:
        """Add up compared documents × scored terms over the documents of each group."""
        sums: npt.NDArray[Any] = (self.groups.members() @ matrix).toarray()
        return sums

    def group_tokens(self) -> Table:
        """Add up the tokens of the documents of each group, spent or not."""
        sums: Table = np.asarray(self.groups.members() @ self.tokens, np.float64)
        return sums

    def term_tokens(self) -> Table:
        """Add up the tokens of the documents of each group that are not spent for the term."""
        gone = self.per_group(self.spent.multiply(self.tokens[:, None]))
        left: Table = self.group_tokens()[:, None] - gone
        return left

    def documents(self) -> Table:
        """Return the documents of each group that are not spent for the term."""
        left: Table = self.groups.sizes[:, None] - self.per_group(self.spent)
        return left

    def read(self, group: int) -> npt.NDArray[np.intp]:
        """Return the compared documents of a group that have tokens, by their places."""
        return np.flatnonzero((self.groups.codes == group) & (self.tokens > 0))

    def top_share(self, n: npt.NDArray[Any], groups: Sequence[int]) -> Table:
        """Return the largest share of `n`, groups × terms, that one document holds."""
        most = [self.matrix[self.groups.codes == i].max(axis=0).toarray().ravel() for i in groups]
        return ratio(np.reshape(most, n.shape).astype(float), n)


def usage(counts: Counts, groups: Groups, *, min_count: int, spent: pd.DataFrame | None) -> Usage:
    """Choose the terms with `min_count` occurrences or more, and take out the spent."""
    need(0, min_count=min_count)
    totals = added(compared(counts, groups))
    alphabet = np.argsort(counts.terms.to_numpy(object), kind="stable")
    columns = alphabet[totals[alphabet] >= max(min_count, 1)]
    return usage_of(counts, groups, columns, spent=spent)


def usage_of(
    counts: Counts, groups: Groups, columns: npt.NDArray[Any], *, spent: pd.DataFrame | None
) -> Usage:
    """Take terms by their columns, without the spent."""
    cells = spent_cells(counts, groups, spent)[:, columns]
    whole = compared(counts, groups)
    matrix = of_terms(whole, columns)
    terms = counts.terms if matrix is whole else counts.terms[columns]
    matrix = (matrix - matrix.multiply(cells)).tocsr() if cells.nnz else matrix
    tokens = counts.tokens_per_document.to_numpy()[groups.rows]
    return Usage(groups, terms, columns, matrix, cells, tokens)


def compared(counts: Counts, groups: Groups) -> csr_matrix:
    """Return the counts of the compared documents, not copied where these are all."""
    all_of_them = len(groups.rows) == counts.n_documents
    return counts.matrix if all_of_them else counts.matrix[groups.rows]


def of_terms(matrix: csr_matrix, columns: npt.NDArray[Any]) -> csr_matrix:
    """Take terms by their columns, not copied where these are all, in their order."""
    every = np.array_equal(columns, np.arange(matrix.shape[1]))
    return matrix if every else matrix[:, columns]


def added(matrix: csr_matrix) -> npt.NDArray[Any]:
    """Add up documents × terms over the documents; of a comparison, count those it holds for."""
    sums: npt.NDArray[Any] = np.asarray(matrix.sum(axis=0, dtype=np.int64)).ravel()
    return sums


def ratio(part: Table, whole: Table) -> Table:
    """Divide; missing where there is nothing to divide by."""
    result: Table = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return result


def spent_cells(counts: Counts, groups: Groups, spent: pd.DataFrame | None) -> csr_matrix:
    """Mark the terms that a document's value hangs on: the phrase, or else the terms within it."""
    cells: set[tuple[Any, int]] = set()
    if spent is not None:
        told = spent[spent["field"] == groups.by]
        rows = counts.documents.index[groups.rows].get_indexer(pd.Index(told["doc_id"]))
        place = {term: column for column, term in enumerate(counts.terms.tolist())}
        for row, phrase in zip(rows, told["phrase"], strict=True):
            cells.update((row, place[term]) for term in spent_terms(phrase, place) if row >= 0)
    at = np.array(sorted(cells), int).reshape(-1, 2).T
    shape = (len(groups.rows), len(counts.terms))
    return csr_matrix((np.ones(at.shape[1], np.int32), at), shape=shape)


def spent_terms(phrase: str, terms: Collection[str]) -> set[str]:
    """Give the terms that leave with a spent phrase: itself, or else what it holds of length 2 up.

    A written variant counts as its set phrase, and leaves as that.

    >>> sorted(spent_terms("围绕四新", {"围绕", "四新", "四"}))
    ['四新', '围绕']
    >>> spent_terms("推进供给侧改革", {"供给侧结构性改革"})
    {'供给侧结构性改革'}
    """
    if phrase in terms:
        return {phrase}
    length = len(phrase)
    parts = (phrase[i:j] for i in range(length) for j in range(i + 2, length + 1))
    entries = (hit.entry for hit in _matcher().hits(phrase))
    return {part for part in (*parts, *entries) if part in terms}


@cache
def _matcher() -> Matcher:
    return Matcher(read_lexicon().to_match())
