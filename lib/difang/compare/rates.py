"""Rates: how often terms are used in one group of documents after another.

In go counts and terms, out comes one row a term and group, with the documents under each point and
the limits that so many documents allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.compare.groups import Groups, group
from difang.compare.resampling import RESAMPLES, bounds
from difang.compare.usage import ratio, spent_cells
from difang.words.counting import Counts

Array = npt.NDArray[Any]


def rates_by(
    counts: Counts,
    *,
    terms: Sequence[str],
    by: str = "year",
    spent: pd.DataFrame | None = None,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Give the level of terms in each group: the mean of the rates of its documents.

    Each document counts once, however long; n × 10,000 / tokens of the whole group (the `rate`
    of a scores table) would let one long report speak for its year. Fiction, copies, documents
    without the value (未知: `attrs["unknown"]` counts them) and documents without tokens are left
    out. Limits are those of `resampling.bounds`: none for one or two documents, the range when
    each is left out once for three or four, a bootstrap of documents from five on, too narrow
    below ten. A group that lacks the term gets none: draws of zeros only would claim to be sure.

    Parameters
    ----------
    spent : DataFrame, optional
        What `difang.corpus.metadata.spent` gave: documents whose value of `by` was read from a
        term leave its rates.
    resamples : int, default 1,000
        Of the bootstrap; 0 for no limits.

    Returns
    -------
    DataFrame, one row a term and group, terms as given, groups in order
        group; term; rate (mean of per-document rates per 10,000 tokens); n (occurrences);
        n_docs (documents of the group with the term); group_docs (documents of the group);
        interval_low, interval_high; limits ("interval", "range", or missing).
        A term that the counts do not know has no rate, n and n_docs: it may stand in the text
        within other tokens.

    Raises
    ------
    UnknownColumnError
        `by` is not a column of `counts.documents`.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> from difang.words.counting import Counts
    >>> years = pd.DataFrame({"year": [2015, 2016, 2016]}, index=["甲", "乙", "丙"])
    >>> counts = Counts(csr_matrix([[0, 4], [1, 3], [0, 2]]), pd.Index(["供给侧", "的"]), years)
    >>> rates_by(counts, terms=["供给侧"]).iloc[:, :6]
       group term    rate  n  n_docs  group_docs
    0   2015  供给侧     0.0  0       0           1
    1   2016  供给侧  1250.0  1       1           2
    """
    groups = group(counts, by=by)
    wanted = pd.Index(list(dict.fromkeys(terms)), dtype="str")
    columns = counts.terms.get_indexer(wanted)
    known = columns >= 0
    found = levels(counts, groups, columns[known], spent=spent)
    found |= _limits(counts, groups, columns[known], found, resamples)
    pairs = pd.MultiIndex.from_product([wanted, groups.names], names=["term", "group"])
    rows = pd.DataFrame(
        {name: values.T.ravel() for name, values in found.items()},
        index=pairs[np.repeat(known, len(groups.names))],
    ).reindex(pairs)
    every = pd.Series(np.tile(sizes(counts, groups), len(wanted)), index=pairs)
    rows["group_docs"] = rows["group_docs"].fillna(every)
    rows = rows.reset_index()[["group", "term", *found]]
    rows = rows.astype({"n": "Int64", "n_docs": "Int64", "group_docs": "int64", "limits": "str"})
    rows.attrs = {"by": by, "unknown": groups.no_group}
    return rows


def levels(
    counts: Counts, groups: Groups, columns: Array, *, spent: pd.DataFrame | None = None
) -> dict[str, Array]:
    """Give rate, n, n_docs and group_docs of terms, by their columns, as arrays groups × terms."""
    read = counts.tokens_per_document.to_numpy()[groups.rows] > 0
    members = groups.members()
    gone = spent_cells(counts, groups, spent)[:, columns]

    def sums(matrix: Any) -> Array:
        cells = matrix[groups.rows][:, columns].astype(float)
        return np.asarray((members @ (cells - cells.multiply(gone))).toarray(), float)

    left = (members @ gone.multiply(read[:, None])).toarray()
    docs = np.asarray((members @ read)[:, None] - left, float)
    matrix = counts.matrix
    found = {"n": sums(matrix), "n_docs": sums(matrix > 0), "group_docs": docs}
    return {"rate": ratio(sums(counts.rates()), docs)} | found


def sizes(counts: Counts, groups: Groups) -> Array:
    """Count the documents with tokens of each group."""
    read = counts.tokens_per_document.to_numpy()[groups.rows] > 0
    return np.asarray(groups.members() @ read, float)


def _limits(
    counts: Counts, groups: Groups, columns: Array, found: dict[str, Array], resamples: int
) -> dict[str, Array]:
    """Bound the rates of each group; nothing is said where a group lacks the term or is spent."""
    shape = found["rate"].shape
    low, high = np.full(shape, np.nan), np.full(shape, np.nan)
    kinds = np.full(shape, None, object)
    rates = counts.rates()[groups.rows][:, columns]
    read = counts.tokens_per_document.to_numpy()[groups.rows] > 0
    for i in range(len(groups.names) if resamples and len(columns) else 0):
        members = np.flatnonzero((groups.codes == i) & read)
        said = (found["n_docs"][i] > 0) & (found["group_docs"][i] == len(members))
        bound = bounds(rates, members, [], resamples=resamples)
        low[i], high[i] = np.where(said, [bound.score_low, bound.score_high], np.nan)
        kinds[i, said & (bound.kind != "")] = bound.kind
    return {"interval_low": low, "interval_high": high, "limits": kinds}
