"""The scores table: what stands beside every score, whatever the measure.

In go the groups, the counts and a measure's values (groups × terms), out comes the table that
lists, charts and the command line read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from difang.compare.headline import JOINT, SINGLE, SPENT, is_shared
from difang.compare.refusals import idf_range

if TYPE_CHECKING:
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

    from difang.compare.groups import Groups
    from difang.words.counting import Counts

    Table = npt.NDArray[np.float64]

PER_TOKENS = 10_000  # rates are occurrences per this many tokens (每万词)
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
        The scored terms.
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

    def left(self) -> csr_matrix:
        """Return groups × terms: documents of the group that are spent for the term."""
        left: csr_matrix = (self.groups.members() @ self.spent).tocsr()
        return left


def usage(counts: Counts, groups: Groups, *, min_count: int, spent: pd.DataFrame | None) -> Usage:
    """Choose the terms with `min_count` occurrences or more, and take out the spent."""
    matrix = counts.matrix[groups.rows]
    totals = np.asarray(matrix.sum(axis=0, dtype=np.int64)).ravel()
    columns = np.flatnonzero(totals >= max(min_count, 1))
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
    kinds: pd.Series[str] | None = None,
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
    values : array, wanted groups × scored terms
        What the list is ranked by; missing where it cannot be said.
    kinds : Series by term, optional
        "place" or "person" where a term is a name.
    top : int, optional
        Rows a group at most.
    """
    terms = used.terms
    values = np.round(values, DECIMALS) + 0.0  # + 0.0: no -0
    alphabet = np.argsort(np.argsort(terms.to_numpy(object), kind="stable"))
    order = np.stack([np.lexsort((alphabet, -row))[:top] for row in values])

    def flat(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.take_along_axis(table, order, axis=1).ravel()

    places = np.repeat(np.arange(len(wanted)), order.shape[1])
    facts = {name: flat(table) for name, table in _facts(used, wanted).items()}
    kind = None if kinds is None else kinds.reindex(terms).take(order.ravel())
    flags = _flags(facts, kind, flat(used.left()[wanted].toarray()) > 0)
    columns = {
        "group": pd.Series([used.groups.names[i] for i in wanted]).take(places).array,
        "term": terms.take(order.ravel()),
        "score": flat(values),
        measure: flat(values),
        **facts,
        **dict.fromkeys(INFERENCE, np.full(order.size, np.nan)),
        "flags": flags.array,
    }
    table = pd.DataFrame(columns)
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
        "spent": int(used.left().sum()),
    }


def _facts(used: Usage, wanted: Sequence[int]) -> dict[str, npt.NDArray[Any]]:
    """Count, rate, documents and largest share of each wanted group and term."""
    groups, members = used.groups, used.groups.members()[wanted]
    left = (members @ used.spent).toarray()
    n = (members @ used.matrix).toarray()
    gone = (members @ used.spent.multiply(used.tokens[:, None]).tocsr()).toarray()
    tokens = (members @ used.tokens)[:, None] - gone
    most = [used.matrix[groups.codes == i].max(axis=0).toarray().ravel() for i in wanted]
    return {
        "n": n.astype(np.int64),
        "rate": ratio(n * PER_TOKENS, tokens),
        "n_docs": (members @ (used.matrix > 0)).toarray().astype(np.int64),
        "group_docs": (groups.sizes[wanted][:, None] - left).astype(np.int64),
        "top_doc_share": ratio(np.stack(most).astype(float), n),
    }


def ratio(part: Table, whole: Table) -> Table:
    """Divide; missing where there is nothing to divide by."""
    result: Table = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return result


def _flags(
    facts: dict[str, npt.NDArray[Any]], kinds: pd.Series[str] | None, spent: npt.NDArray[np.bool_]
) -> pd.Series[str]:
    """Join what holds of each row: 单篇词, place or person, spent."""
    shared = is_shared(facts["n_docs"], facts["group_docs"], facts["top_doc_share"])
    single = ~shared & (facts["n"] > 0)
    kind = pd.Categorical([""] * len(spent) if kinds is None else kinds.fillna(""))
    labels = [
        JOINT.join(filter(None, (a, name, b)))
        for a in ("", SINGLE)
        for b in ("", SPENT)
        for name in kind.categories
    ]
    code = (single * 2 + spent) * len(kind.categories) + kind.codes
    return pd.Series(labels, dtype="str").take(code)


def sparse(cells: Any, shape: tuple[int, int] | None = None) -> csr_matrix:
    """Build a sparse matrix of cells (data, (rows, columns)) or of an array."""
    from scipy.sparse import csr_matrix

    return csr_matrix(cells, shape=shape)


def _spent_cells(counts: Counts, groups: Groups, spent: pd.DataFrame | None) -> csr_matrix:
    """Mark the terms that a document's value hangs on: the phrase, or else the terms within it."""
    if spent is None:
        spent = pd.DataFrame(columns=["doc_id", "field", "phrase"])
    held = set(counts.terms)
    rows = spent[spent["field"] == groups.by]
    pairs = {
        (d, t) for d, p in zip(rows["doc_id"], rows["phrase"], strict=True) for t in _in(p, held)
    }
    doc_ids, terms = zip(*sorted(pairs), strict=True) if pairs else ((), ())
    row = counts.documents.index[groups.rows].get_indexer(pd.Index(doc_ids, dtype="str"))
    column = counts.terms.get_indexer(pd.Index(terms, dtype="str"))
    known = row >= 0
    cells = (np.ones(known.sum(), np.int32), (row[known], column[known]))
    return sparse(cells, (len(groups.rows), len(counts.terms)))


def _in(phrase: str, terms: set[str]) -> set[str]:
    if phrase in terms:
        return {phrase}
    length = len(phrase)
    parts = (phrase[i:j] for i in range(length) for j in range(i + 2, length + 1))
    return terms.intersection(parts)
