"""Use of concepts: documents × concepts, and what a panel says of each cell.

In go cells and occurrences of concepts, out come the matrix and the measures, one row a cell and
concept.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from difang.compare.groups import Groups
from difang.compare.refusals import FEW
from difang.compare.resampling import FEWEST, bounds
from difang.compare.usage import Table, Usage, ratio
from difang.words.concepts import find_concepts
from difang.words.counting import PER_TOKENS, Counts

MEASURES = (
    "n", "tokens", "rate_mean", "rate_pooled", "n_docs", "group_docs", "interval_low",
    "interval_high", "limits",
)  # fmt: skip
LIMITS = ("none", "range", "narrow", "interval")


def concept_use(
    counts: Counts, cells: Groups, hits: pd.DataFrame, concepts: pd.DataFrame, told: pd.DataFrame
) -> tuple[Usage, pd.DataFrame]:
    """Lay the occurrences out as documents × concepts, and list what is spent.

    A document is spent for a concept if its value of a column of the cells hangs on a phrase
    (`told`: doc_id, field, phrase) that holds a term of the concept.
    """
    documents = counts.documents.index[cells.rows]
    names = pd.Index(concepts["concept"].unique())
    shape = (len(documents), len(names))
    told = told[told["field"].isin(cells.by.split(" × ")) & told["doc_id"].isin(documents)]
    within = find_concepts(told["phrase"], concepts).astype({"doc_id": "int64"})
    rows = told.loc[within["doc_id"]].reset_index(drop=True)
    rows["concept"] = within["concept"]
    rows["reason"] = rows["field"] + " hangs on “" + rows["phrase"] + "”"

    def matrix(table: pd.DataFrame) -> csr_matrix:
        at = (
            documents.get_indexer(pd.Index(table["doc_id"])),
            names.get_indexer(pd.Index(table["concept"])),
        )
        return csr_matrix((np.ones(len(table)), at), shape=shape)

    n, gone = matrix(hits), matrix(rows.drop_duplicates(["doc_id", "concept"]))
    n = (n - n.multiply(gone)).tocsr()
    tokens = counts.tokens_per_document.to_numpy()[cells.rows]
    columns = np.arange(len(names))
    return Usage(cells, names, columns, n, gone, tokens), rows.drop_duplicates()


def measures(used: Usage) -> pd.DataFrame:
    """Give `MEASURES` (see `panel`), one row a cell and concept."""
    documents, tokens = used.documents(), used.term_tokens()
    n, n_docs = used.per_group(used.matrix), used.per_group(used.matrix > 0)
    of_document = np.where(used.tokens > 0, PER_TOKENS / np.maximum(used.tokens, 1), 0)
    rates = csr_matrix(used.matrix.multiply(of_document[:, None]))
    low, high = _limits(rates, used)
    few = [(n_docs == 0) | (documents < 3), documents < FEWEST, documents < FEW]
    limits = np.select(few, LIMITS[:3], LIMITS[3])
    empty, unlimited = documents == 0, limits == LIMITS[0]
    columns = {
        "n": np.where(empty, np.nan, n),
        "tokens": np.where(empty, np.nan, tokens),
        "rate_mean": ratio(used.per_group(rates), documents),
        "rate_pooled": ratio(n * PER_TOKENS, tokens),
        "n_docs": np.where(empty, np.nan, n_docs),
        "group_docs": documents,
        "interval_low": np.where(unlimited, np.nan, low),
        "interval_high": np.where(unlimited, np.nan, high),
        "limits": limits,
    }
    table = pd.DataFrame({name: values.ravel() for name, values in columns.items()})
    whole = dict.fromkeys(("n", "tokens", "n_docs"), "Int64")
    return table.astype({**whole, "group_docs": "int64", "limits": "str"})


def _limits(rates: csr_matrix, used: Usage) -> tuple[Table, Table]:
    """Bound the mean rate of each cell and concept by the documents that are not spent for it."""
    low = np.full((len(used.groups.names), len(used.terms)), np.nan)
    high, gone = low.copy(), used.spent.toarray() > 0
    for cell in np.flatnonzero(used.groups.sizes >= 3):
        rows = np.flatnonzero(used.groups.codes == cell)
        patterns, of = np.unique(gone[rows], axis=1, return_inverse=True)
        for k, pattern in enumerate(patterns.T):
            columns = np.flatnonzero(of.ravel() == k)
            found = bounds(rates[:, columns], rows[~pattern], [])
            low[cell, columns], high[cell, columns] = found.score_low, found.score_high
    return low, high
