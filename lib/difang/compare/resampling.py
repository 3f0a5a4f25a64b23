"""Resampling: how far the scores of a group and the ranks of its terms hang on single documents.

In go the weights of documents × terms and which documents are compared; out come, for each term,
the bounds of its score and of its rank when documents are drawn again or left out one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from difang.compare.kept import Digest, digest, is_kept, kept
from difang.corpus.engine import spread

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Scores = npt.NDArray[np.float32] | npt.NDArray[np.float64]
Ranks = npt.NDArray[np.int32]

RESAMPLES = 1_000
SEED = 19_901_218
INTERVAL = (0.025, 0.975)  # of the scores
RANKS = (0.05, 0.5, 0.95)
TOP = 20  # terms: how often a term is among so many is told
FEWEST = 5  # documents of a group from which on it is drawn again; below, one is left out
_BLOCK = 100  # resamples drawn at a time
_RANKED = 25  # and ranked
_TERMS = 1_024  # terms at a time
_PACE = 8e-8  # seconds a resample takes for a term, about


class Bounds(NamedTuple):
    """Bounds of scores and ranks, arrays of one value a term.

    Attributes
    ----------
    score_low, score_high : array
        Percentile interval (2.5 to 97.5 %) or, for three or four documents, the range when each
        is left out once; missing for fewer.
    rank_low, rank_high : array
        The same of the rank (5 to 95 %); 1 is the highest score.
    rank_median, top_share : array
        Median rank, and share of the resamples in which the term is among the first 20; missing
        where documents are not drawn again.
    kind : str
        "interval", "range" or "".
    """

    score_low: Array
    score_high: Array
    rank_low: Array
    rank_high: Array
    rank_median: Array
    top_share: Array
    kind: str


BOUNDS = Bounds._fields[:-1]


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
    draws = np.array([resamples, seed])
    return _bounds(weights, digest(weights), draws, (target, reference))


def bounds_of_each(
    weights: csr_matrix, sides: Sequence[tuple[Rows, list[Rows]]], *, resamples: int = RESAMPLES
) -> Iterator[Bounds]:
    """Yield `bounds` of several contrasts, target and reference groups of each, in their order."""
    known, draws = digest(weights), np.array([resamples, SEED])
    many = [(target, behind) for target, behind in sides if len(target) >= FEWEST]
    new = sum(not is_kept("bounds", known, draws, target, *behind) for target, behind in many)
    tool = partial(_bounds, weights, known, draws)
    return spread(tool, sides, _PACE * new * resamples * weights.shape[1])


def _bounds(
    weights: csr_matrix, known: Digest, draws: Rows, sides: tuple[Rows, list[Rows]]
) -> Bounds:
    """Bound a contrast of weights, which are known by their hash."""
    target, reference = sides
    none = np.full(weights.shape[1], np.nan)
    if len(target) < 3:
        return Bounds(none, none, none, none, none, none, "")
    if len(target) < FEWEST:
        shares = _left_out(len(target), [*map(len, reference)])
        scores = _scores(_used(weights, target, reference), shares, len(target))
        low, high, ranks = scores.min(axis=1), scores.max(axis=1), _ranked(scores)
        return Bounds(low, high, ranks.min(axis=1), ranks.max(axis=1), none, none, "range")
    make = partial(_intervals, weights, target, reference, *draws.tolist())
    found = kept("bounds", make, known, draws, target, *reference)
    return Bounds(**{name: found[name].to_numpy() for name in BOUNDS}, kind="interval")


def _intervals(
    weights: csr_matrix, target: Rows, reference: list[Rows], resamples: int, seed: int
) -> pd.DataFrame:
    """Bound the scores and ranks of terms when documents are drawn again."""
    blocks = drawn(len(target), [*map(len, reference)], resamples, seed)
    half = np.float32  # the digits: of many resamples they do
    scores = _scores(_used(weights, target, reference).astype(half), blocks, resamples)
    low, high = _quantiles(scores, INTERVAL)
    first, median, last = _quantiles(ranks := _ranked(scores), RANKS)
    top = np.count_nonzero(ranks <= TOP, axis=1) / resamples
    return pd.DataFrame(dict(zip(BOUNDS, (low, high, first, last, median, top), strict=True)))


def _used(weights: csr_matrix, target: Rows, reference: list[Rows]) -> csr_matrix:
    """Return terms × documents compared, those of the target first."""
    return weights[np.concatenate([target, *reference])].T.tocsr()


def _left_out(target: int, others: list[int]) -> Iterator[Array]:
    """Yield the signed share of each document, each of the target left out once."""
    left = (1 - np.eye(target)) / (target - 1)
    fixed = [np.full((target, size), -1 / size / len(others)) for size in others]
    yield np.concatenate([left, *fixed], axis=1)


def drawn(target: int, others: list[int], resamples: int, seed: int) -> Iterator[Array]:
    """Yield the signed share of each document in random resamples, in blocks."""
    random = np.random.default_rng(seed)

    def draw(documents: int, size: int) -> Array:
        times = random.multinomial(documents, np.full(documents, 1 / documents), size=size)
        shares: Array = times / documents
        return shares

    for start in range(0, resamples, _BLOCK):
        size = min(_BLOCK, resamples - start)
        mine = draw(target, size)
        yield np.concatenate([mine, *(draw(n, size) / -len(others) for n in others)], axis=1)


def _scores(used: csr_matrix, blocks: Iterator[Array], number: int) -> Scores:
    """Return scores, terms × resamples, of documents with given shares."""
    scores, done = np.empty((used.shape[0], number), used.dtype), 0
    for shares in blocks:
        scores[:, done : done + len(shares)] = used @ shares.T.astype(used.dtype)
        done += len(shares)
    return scores


def _ranked(scores: Scores) -> Scores:
    """Put in the place of each score its rank among the terms of its resample, and return them.

    There are hundreds of millions: two such arrays would not be held at once.
    """
    for start in range(0, scores.shape[1], _RANKED):
        block = scores[:, start : start + _RANKED]
        block[:] = _ranks(block.T.astype(np.float32)).T
    return scores


def _ranks(scores: npt.NDArray[np.float32]) -> Ranks:
    """Rank the terms of each resample, 1 for the highest score; ties by place.

    Numbers that hold both the score and the place are sorted: no stable sort is faster.
    """
    ranks = np.empty(scores.shape, np.int32)
    places = np.arange(scores.shape[1])
    order, both = (places + 1).astype(np.int32), np.empty(scores.shape[1], np.int64)
    for row, bits in zip(ranks, (0 - scores).view(np.int32), strict=True):
        both[:] = bits ^ ((bits >> 31) & 0x7FFFFFFF)  # whole numbers in the order of the floats
        both <<= 32
        both |= places
        both.sort()
        both &= 0xFFFFFFFF
        row[both] = order
    return ranks


def _quantiles(values: npt.NDArray[Any], at: tuple[float, ...]) -> Array:
    """Return quantiles × terms, between two values in proportion, as numpy.quantile does."""
    place = np.array(at) * (values.shape[1] - 1)
    low, high = np.floor(place).astype(int), np.ceil(place).astype(int)
    result = np.empty((len(at), len(values)))
    for start in range(0, len(values), _TERMS):
        part = np.sort(values[start : start + _TERMS], axis=1)
        between = part[:, low] + (part[:, high] - part[:, low]) * (place - low)
        result[:, start : start + _TERMS] = between.T
    return result
