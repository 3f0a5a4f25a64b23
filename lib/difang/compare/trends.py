"""Trends: how often terms are used in one group of documents after another.

In go counts and terms, out comes one row a term and group, with the documents under each point.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from difang.compare.groups import group
from difang.compare.usage import ratio
from difang.words.counting import Counts


def rates_by(counts: Counts, *, terms: Sequence[str], by: str = "year") -> pd.DataFrame:
    """Give the level of terms in each group: the mean of the rates of its documents.

    Each document counts once, however long; n × 10,000 / tokens of the whole group (the `rate`
    of a scores table) would let one long report speak for its year. Fiction, copies, documents
    without the value and documents without tokens are left out.

    Returns
    -------
    DataFrame, one row a term and group, terms as given, groups in order
        group; term; rate (mean of per-document rates per 10,000 tokens); n (occurrences);
        n_docs (documents of the group with the term); group_docs (documents of the group).
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
    >>> rates_by(counts, terms=["供给侧"])
       group term    rate  n  n_docs  group_docs
    0   2015  供给侧     0.0  0       0           1
    1   2016  供给侧  1250.0  1       1           2
    """
    groups = group(counts, by=by)
    members = groups.members()
    wanted = list(dict.fromkeys(terms))
    columns = counts.terms.get_indexer(pd.Index(wanted, dtype="str"))

    def per_group(matrix: csr_matrix) -> npt.NDArray[np.float64]:
        sums = np.full((len(groups.names), len(wanted)), np.nan)
        known = np.flatnonzero(columns >= 0)
        sums[:, known] = (members @ matrix[groups.rows][:, columns[known]]).toarray()
        return sums.T.ravel()

    has_tokens = counts.tokens_per_document.to_numpy()[groups.rows] > 0
    group_docs = np.tile((members @ has_tokens).astype(np.int64), len(wanted))
    rates = per_group(counts.rates())
    table = {
        "group": list(groups.names) * len(wanted),
        "term": pd.Series(np.repeat(wanted, len(groups.names)), dtype="str"),
        "rate": ratio(rates, group_docs.astype(np.float64)),
        "n": pd.Series(per_group(counts.matrix)).astype("Int64"),
        "n_docs": pd.Series(per_group(counts.matrix > 0)).astype("Int64"),
    }
    return pd.DataFrame(table | {"group_docs": group_docs})
