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
from scipy.sparse import csr_matrix

from difang.compare.groups import Groups, group
from difang.compare.resampling import FEWEST, RESAMPLES, bounds
from difang.compare.usage import Usage, ratio, usage_of
from difang.errors import need
from difang.words.counting import Counts, per_tokens

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
    need(0, resamples=resamples)
    groups = group(counts, by=by)
    several = [terms] if isinstance(terms, str) else terms
    wanted = pd.Index(list(dict.fromkeys(several)), dtype="str")
    columns = counts.terms.get_indexer(wanted)
    known = columns >= 0
    used = usage_of(counts, groups, columns[known], spent=spent)
    found, of_group = levels(used), sizes(counts, groups)
    docs, (low, high) = found["group_docs"], limits_of(used, resamples)
    said = (found["n_docs"] > 0) & (docs == of_group[:, None]) & (resamples > 0)  # nothing spent
    found["interval_low"], found["interval_high"] = np.where(said, [low, high], np.nan)
    kinds = np.array([None, "range", "interval"], object)
    found["limits"] = kinds[said * ((docs >= 3).astype(int) + (docs >= FEWEST))]
    pairs = pd.MultiIndex.from_product([wanted, groups.names], names=["term", "group"])
    rows = pd.DataFrame(
        {name: values.T.ravel() for name, values in found.items()},
        index=pairs[np.repeat(known, len(groups.names))],
    ).reindex(pairs)
    every = pd.Series(np.tile(of_group, len(wanted)), index=pairs)
    rows["group_docs"] = rows["group_docs"].fillna(every)
    rows = rows.reset_index()[["group", "term", *found]]
    rows = rows.astype({"n": "Int64", "n_docs": "Int64", "group_docs": "int64", "limits": "str"})
    rows.attrs = {"by": by, "unknown": groups.no_group}
    return rows


def levels(used: Usage) -> dict[str, Array]:
    """Give rate, n, n_docs and group_docs (with tokens, not spent), as arrays groups × terms."""
    read: Array = used.tokens > 0
    gone = used.per_group(csr_matrix(used.spent.multiply(read[:, None])))
    docs = (used.groups.members() @ read)[:, None] - gone
    rate = ratio(used.per_group(per_tokens(used.matrix, used.tokens)), docs)
    n, n_docs = used.per_group(used.matrix), used.per_group(used.matrix > 0)
    return {"rate": rate, "n": n, "n_docs": n_docs, "group_docs": docs}


def sizes(counts: Counts, groups: Groups) -> Array:
    """Count the documents with tokens of each group."""
    read = counts.tokens_per_document.to_numpy()[groups.rows] > 0
    return np.asarray(groups.members() @ read, float)


def limits_of(used: Usage, resamples: int) -> tuple[Array, Array]:
    """Bound the level of each group and term by the documents that are not spent for it."""
    low = np.full((len(used.groups.names), len(used.terms)), np.nan)
    high, gone = low.copy(), used.spent.toarray() > 0
    rates = per_tokens(used.matrix, used.tokens)
    for i in range(len(used.groups.names) if resamples and len(used.terms) else 0):
        rows = used.read(i)
        patterns, of = np.unique(gone[rows], axis=1, return_inverse=True)
        for k, pattern in enumerate(patterns.T):
            columns = np.flatnonzero(of.ravel() == k)
            found = bounds(rates[:, columns], rows[~pattern], [], resamples=resamples)
            low[i, columns], high[i, columns] = found.score_low, found.score_high
    return low, high
