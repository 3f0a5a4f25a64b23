"""The scores table: what stands beside every score, whatever the measure.

In go the groups, the counts and a measure's values (groups × terms), out comes the table that
lists, charts and the command line read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from difang.compare.groups import Groups
from difang.compare.headline import JOINT, SINGLE, SPENT, is_shared
from difang.compare.refusals import idf_range
from difang.words.counting import PER_TOKENS, Counts

Table = npt.NDArray[np.float64]  # groups × scored terms

DECIMALS = 12  # of a score: what differs by less is rounding, and a tie
#: Not known to this version; missing means "cannot be said", never 0.
INFERENCE = ("interval_low", "interval_high", "rank_low", "rank_high", "p", "q")


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

    def documents(self) -> Table:
        """Return the documents of each group that are not spent for the term."""
        left: Table = self.groups.sizes[:, None] - self.per_group(self.spent)
        return left


def usage(counts: Counts, groups: Groups, *, min_count: int, spent: pd.DataFrame | None) -> Usage:
    """Choose the terms with `min_count` occurrences or more, and take out the spent."""
    matrix = counts.matrix[groups.rows]
    totals = np.asarray(matrix.sum(axis=0, dtype=np.int64)).ravel()
    alphabet = np.argsort(counts.terms.to_numpy(object), kind="stable")
    columns = alphabet[totals[alphabet] >= max(min_count, 1)]
    cells = _spent_cells(counts, groups, spent)[:, columns]
    matrix = matrix[:, columns]
    matrix = (matrix - matrix.multiply(cells)).tocsr()
    tokens = counts.tokens_per_document.to_numpy()[groups.rows]
    return Usage(groups, counts.terms[columns], columns, matrix, cells, tokens)


def scores_table(
    used: Usage,
    wanted: Sequence[int],
    measure: str,
    values: Table,
    *,
    kinds: pd.Series[str],
    top: int | None = None,
) -> pd.DataFrame:
    """Lay scores out as one row a term and group, with all that a reader needs to judge them.

    Parameters
    ----------
    used : Usage
    wanted : sequence of int
        The groups, by place in `used.groups.names`.
    measure : str
        Name of the score's own column.
    values : array, groups × scored terms
        What the list is ranked by; missing where it cannot be said.
    kinds : Series by term
        "place", "person" or "self" where a term is a name.
    top : int, optional
        Rows a group at most.
    """
    values = np.round(values[wanted], DECIMALS) + 0.0  # + 0.0: no -0
    order = np.argsort(-values, axis=1, kind="stable")[:, :top]

    def flat(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.take_along_axis(table, order, axis=1).ravel()

    facts = {name: flat(table) for name, table in _facts(used, wanted).items()}
    kind = kinds.reindex(used.terms).take(order.ravel())
    spent = flat(used.per_group(used.spent)[wanted]) > 0
    columns = {
        "group": np.array(used.groups.names, object)[np.repeat(wanted, order.shape[1])],
        "term": used.terms.take(order.ravel()),
        "score": flat(values),
        measure: flat(values),
        **facts,
        **dict.fromkeys(INFERENCE, np.full(order.size, np.nan)),
        "flags": _flags(facts, kind, spent),
    }
    table = pd.DataFrame(columns).infer_objects()
    table.attrs.update(_account(used), measure=measure)
    return table


def _account(used: Usage) -> dict[str, Any]:
    """Say what was compared, in plain values that a file format can keep."""
    groups = used.groups
    idf = idf_range(len(groups.rows))
    return {
        "by": groups.by,
        "n_documents": len(groups.rows),
        "left_out_fiction": groups.fiction,
        "left_out_copies": groups.copies,
        "no_group": groups.no_group,
        "idf_low": idf[0],
        "idf_high": idf[1],
        "groups": dict(zip(groups.names, groups.sizes.tolist(), strict=True)),
        "spent": int(used.per_group(used.spent).sum()),
    }


def _facts(used: Usage, wanted: Sequence[int]) -> dict[str, npt.NDArray[Any]]:
    """Count, rate, documents and largest share of each wanted group and term."""
    groups, n = used.groups, used.per_group(used.matrix)[wanted]
    gone = used.per_group(used.spent.multiply(used.tokens[:, None]))[wanted]
    tokens = (groups.members() @ used.tokens)[wanted, None] - gone
    most = [used.matrix[groups.codes == i].max(axis=0).toarray().ravel() for i in wanted]
    return {
        "n": n.astype(np.int64),
        "rate": ratio(n * PER_TOKENS, tokens),
        "n_docs": used.per_group(used.matrix > 0)[wanted].astype(np.int64),
        "group_docs": used.documents()[wanted].astype(np.int64),
        "top_doc_share": ratio(np.stack(most).astype(float), n),
    }


def ratio(part: Table, whole: Table) -> Table:
    """Divide; missing where there is nothing to divide by."""
    result: Table = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return result


def _flags(
    facts: dict[str, npt.NDArray[Any]], kinds: pd.Series[str], spent: npt.NDArray[np.bool_]
) -> pd.Series[str]:
    """Join what holds of each row: 单篇词, a kind of name, spent."""
    shared = is_shared(facts["n_docs"], facts["group_docs"], facts["top_doc_share"])
    single, kind = ~shared & (facts["n"] > 0), pd.Categorical(kinds.fillna(""))
    every = product(("", SINGLE), kind.categories, ("", SPENT))
    labels = pd.Series([JOINT.join(filter(None, flags)) for flags in every], dtype="str")
    codes = (single * len(kind.categories) + kind.codes) * 2 + spent
    return labels.take(codes).reset_index(drop=True)


def _spent_cells(counts: Counts, groups: Groups, spent: pd.DataFrame | None) -> csr_matrix:
    """Mark the terms that a document's value hangs on: the phrase, or else the terms within it."""
    cells: set[tuple[Any, int]] = set()
    if spent is not None:
        told = spent[spent["field"] == groups.by]
        rows = counts.documents.index[groups.rows].get_indexer(pd.Index(told["doc_id"]))
        place = {term: column for column, term in enumerate(counts.terms)}
        for row, phrase in zip(rows, told["phrase"], strict=True):
            cells.update((row, place[term]) for term in spent_terms(phrase, place) if row >= 0)
    at = np.array(sorted(cells), int).reshape(-1, 2).T
    shape = (len(groups.rows), len(counts.terms))
    return csr_matrix((np.ones(at.shape[1], np.int32), at), shape=shape)


def spent_terms(phrase: str, terms: Collection[str]) -> set[str]:
    """Give the terms that leave with a spent phrase: itself, or else what it holds of length 2 up.

    >>> sorted(spent_terms("围绕四新", {"围绕", "四新", "四"}))
    ['四新', '围绕']
    """
    if phrase in terms:
        return {phrase}
    length = len(phrase)
    parts = (phrase[i:j] for i in range(length) for j in range(i + 2, length + 1))
    return {part for part in parts if part in terms}
