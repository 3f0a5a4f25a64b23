"""Dispersion: how evenly a term is spread over the documents.

In go counts, out comes one row a term with DP and DPnorm.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from difang.corpus.duplicates import repeats
from difang.words.counting import PER_TOKENS, Counts

FEWEST = 5  # documents: with fewer, DP says nothing


def deviation_of_proportions(
    matrix: csr_matrix, sizes: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Give DP and DPnorm of each term over parts of given sizes.

    DP = ½ Σ |v − s|, v the part's share of the term, s its share of all tokens (Gries 2008);
    DPnorm = DP / (1 − min s) (Lijffijt & Gries 2012, not the variant of Egbert et al. 2020).
    0 is perfectly even, near 1 all in one part; missing for a term that does not occur.

    Parameters
    ----------
    matrix : csr_matrix of int, parts × terms
        Occurrences.
    sizes : array, one per part
        Tokens, above 0.
    """
    shares = np.asarray(sizes, float) / np.sum(sizes)
    cells = matrix.tocoo()
    n = np.asarray(matrix.sum(axis=0), float).ravel()
    share = shares[cells.row]
    # parts without the term add s each: start from Σ s = 1 and correct where it occurs
    beyond = np.abs(cells.data / n[cells.col] - share) - share
    dp = (1 + np.bincount(cells.col, weights=beyond, minlength=len(n))) / 2
    dp = np.where(n > 0, np.clip(dp, 0, 1), np.nan)
    room = 1 - shares.min()
    return dp, dp / room if room > 0 else np.full(len(n), np.nan)


def dispersion(counts: Counts) -> pd.DataFrame:
    """Say how evenly each term is spread over the documents that hold any token.

    Copies (`duplicate_of`) leave; `attrs["left_out_copies"]` tells how many.

    Returns
    -------
    DataFrame, one row a term, in the order of `counts.terms`
        term; n (occurrences); n_docs (documents with the term); rate (per 10,000 tokens, of all
        documents together); DP and DPnorm, 0 even to 1 in one document, missing below five
        documents.
    """
    left = repeats(counts.documents)
    counts = counts.where(~left)
    tokens = counts.tokens_per_document.to_numpy()
    matrix, tokens = counts.matrix[np.flatnonzero(tokens)], tokens[tokens > 0]
    n = np.asarray(matrix.sum(axis=0, dtype=np.int64)).ravel()
    columns = {"term": counts.terms, "n": n, "n_docs": counts.document_frequency().to_numpy()}
    columns["rate"] = n * PER_TOKENS / tokens.sum() if len(tokens) else np.full(len(n), np.nan)
    dp = dp_norm = np.full(len(n), np.nan)
    if len(tokens) >= FEWEST:
        dp, dp_norm = deviation_of_proportions(matrix, tokens)
    table = pd.DataFrame(columns | {"DP": dp, "DPnorm": dp_norm})
    table.attrs["left_out_copies"] = int(left.sum())
    return table
