"""Resampling: how far the scores of a group and the ranks of its terms hang on single documents.

In go the weights of documents × terms and which documents are compared; out come, for each term,
the bounds of its score and of its rank when documents are drawn again or left out one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

RESAMPLES = 1_000
SEED = 19_901_218
INTERVAL = (0.025, 0.975)  # of the scores
RANKS = (0.05, 0.95)
FEWEST = 5  # documents of a group from which on it is drawn again; below, one is left out
_BLOCK = 100  # resamples at a time


@dataclass(frozen=True, eq=False)
class Bounds:
    """Bounds of scores and ranks, arrays of one value a term.

    Attributes
    ----------
    score_low, score_high : array
        Percentile interval (2.5 to 97.5 %) or, for three or four documents, the range when each
        is left out once; missing for fewer.
    rank_low, rank_high : array
        The same of the rank (5 to 95 %); 1 is the highest score.
    kind : str
        "interval", "range" or "".
    """

    score_low: Array
    score_high: Array
    rank_low: Array
    rank_high: Array
    kind: str


def bounds(
    weights: csr_matrix,
    target: Rows,
    reference: list[Rows],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Bounds:
    """Bound the contrast of mean weights, target minus the mean of the reference groups.

    Parameters
    ----------
    weights : csr_matrix, documents × terms
    target : array of int
        Rows of the target.
    reference : list of arrays of int
        Rows of each reference group; each group counts once. None: the mean of the target alone.
    resamples : int
        Draws with replacement, within each group (Efron & Tibshirani 1993).

    Examples
    --------
    >>> weights = csr_matrix([[4.0, 1.0], [5.0, 1.0], [6.0, 1.0], [1.0, 1.0]])
    >>> found = bounds(weights, np.array([0, 1, 2]), [np.array([3])])
    >>> found.kind, found.score_low.tolist(), found.score_high.tolist(), found.rank_low.tolist()
    ('range', [3.5, 0.0], [4.5, 0.0], [1.0, 2.0])
    """
    if len(target) < 3:
        none = np.full(weights.shape[1], np.nan)
        return Bounds(none, none, none, none, "")
    if len(target) < FEWEST:
        left = (1 - np.eye(len(target))) / (len(target) - 1)
        scores = _means(weights, target, left)
        scores -= _fixed(weights, reference) if reference else 0.0
        return _bounds(scores, _ranks(scores), (0, 1), (0, 1), "range")
    random = np.random.default_rng(seed)
    blocks = []
    for start in range(0, resamples, _BLOCK):
        size = min(_BLOCK, resamples - start)
        block = _means(weights, target, _draw(random, len(target), size))
        drawn = [_draw(random, len(rows), size) / len(reference) for rows in reference]
        if drawn:
            block -= _means(weights, np.concatenate(reference), np.concatenate(drawn, axis=1))
        blocks.append(block.astype(np.float32))
    scores = np.concatenate(blocks)
    return _bounds(scores, _ranks(scores), INTERVAL, RANKS, "interval")


def _draw(random: np.random.Generator, documents: int, size: int) -> Array:
    """Return the share of each document in each of `size` resamples."""
    times = random.multinomial(documents, np.full(documents, 1 / documents), size=size)
    shares: Array = times / documents
    return shares


def _means(weights: csr_matrix, rows: Rows, shares: Array) -> Array:
    """Return mean weights, resamples × terms, of documents with given shares."""
    means: Array = (weights[rows].T.tocsr() @ shares.T).T
    return means


def _fixed(weights: csr_matrix, reference: list[Rows]) -> Array:
    """Return the mean of the reference groups, each counted once, nothing drawn again."""
    means = [np.asarray(weights[rows].mean(axis=0)).ravel() for rows in reference]
    mean: Array = np.mean(means, axis=0)
    return mean


def _ranks(scores: npt.NDArray[np.floating]) -> npt.NDArray[np.int32]:
    """Rank the terms of each resample, 1 for the highest score; ties by place."""
    ranks = np.empty(scores.shape, np.int32)
    places = np.arange(1, scores.shape[1] + 1, dtype=np.int32)
    for row, order in zip(ranks, np.argsort(-scores, axis=1, kind="stable"), strict=True):
        row[order] = places
    return ranks


def _bounds(
    scores: npt.NDArray[np.floating],
    ranks: npt.NDArray[np.int32],
    interval: tuple[float, float],
    of_ranks: tuple[float, float],
    kind: str,
) -> Bounds:
    low, high = np.quantile(scores, interval, axis=0).astype(np.float64)
    first, last = np.quantile(ranks, of_ranks, axis=0).astype(np.float64)
    return Bounds(low, high, first, last, kind)
