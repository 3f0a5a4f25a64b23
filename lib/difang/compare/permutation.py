"""Permutation: whether documents of one side use a term at another rate than those of the other.

In go the rates of documents and which of them are the target; out come p by rearranging documents,
never tokens: a word that one document repeats is one piece of evidence, not fifty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.stats import false_discovery_control

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

EXACT = 20_000  # arrangements that are all looked at
DRAWS = 9_999  # of more arrangements
SEED = 20_160_318
RARE = 10  # arrangements as extreme as the observed one, below which p is drawn anew
_BLOCK = 256  # arrangements looked at together
_TERMS = 1_024  # terms looked at together: with a block of arrangements they stay in fast memory
_TOLERANCE = 1e-9  # of the highest rate: what differs by less is rounding, and as extreme


@dataclass(frozen=True, eq=False)
class Permutation:
    """What a permutation test says.

    Attributes
    ----------
    p, q : array, one per term
        Two-sided p; q after Benjamini & Hochberg (1995) over all terms of the test.
    floor : float
        The smallest p that any term could have had, one-sided: 1 / arrangements, or 1 / (draws + 1)
        of the most that are drawn.
    arrangements : int
        Ways to choose as many of the documents (or clusters) as the target has.
    draws : int
        Arrangements looked at; as many as there are if the test is exact.
    """

    p: Array
    q: Array
    floor: float
    arrangements: int
    draws: int

    @property
    def exact(self) -> bool:
        """Whether all arrangements were looked at."""
        return self.draws == self.arrangements


def permutation_test(
    rates: csr_matrix, target: npt.NDArray[np.bool_], *, clusters: Rows | None = None
) -> Permutation:
    """Test the difference of mean rates between target and other documents, term by term.

    All arrangements are looked at if there are 20,000 or fewer; else 9,999 are drawn and
    p = (b + 1) / (B + 1) with b of them as far from the mean or farther (Phipson & Smyth 2010).
    Terms with fewer than 10 of these are drawn afresh, 20 times as often as there are terms, so
    that q can fall below .05.

    Parameters
    ----------
    rates : csr_matrix, documents × terms
    target : array of bool, one per document
    clusters : array of int, one per document, optional
        Documents of one number change sides together; each cluster lies on one side.

    Returns
    -------
    Permutation

    Raises
    ------
    ValueError
        A cluster lies on both sides.

    Examples
    --------
    >>> rates = csr_matrix([[5.0], [6.0], [7.0], [1.0], [2.0], [3.0]])
    >>> tested = permutation_test(rates, np.array([True] * 3 + [False] * 3))
    >>> float(tested.p[0]), tested.floor, tested.exact
    (0.1, 0.05, True)
    """
    sums, sizes, chosen = _clustered(rates, target, clusters)
    k, n = int(chosen.sum()), len(chosen)
    arrangements, more = comb(n, k), max(DRAWS, 20 * sums.shape[1])
    sides = _Sides(sums.T.tocsr(), sizes, float(sizes.sum()))
    observed = sides.distance(chosen[:, None].astype(float)).ravel()
    if arrangements <= EXACT:
        b = sides.exceeding(observed, _every(n, k))
        p, draws = b / arrangements, arrangements
    else:
        p, draws = _drawn(sides, observed, n, k, DRAWS, SEED), DRAWS
        again = np.flatnonzero(p * (DRAWS + 1) < RARE + 1)
        if len(again):
            p[again] = _drawn(sides.only(again), observed[again], n, k, more, SEED + 1)
        p = np.maximum(p, 1 / arrangements)  # more draws than ways say no more
    q = false_discovery_control(p) if len(p) else p
    return Permutation(p, q, 1 / min(arrangements, more + 1), arrangements, draws)


@dataclass(frozen=True, eq=False)
class _Sides:
    """Sums of rates of terms × clusters, and how far an arrangement of them lies from the mean."""

    sums: csr_matrix
    sizes: Array
    documents: float

    def only(self, terms: Rows | slice) -> _Sides:
        return _Sides(self.sums[terms], self.sizes, self.documents)

    def distance(self, marks: Array) -> Array:
        """Return |difference of the mean rates| of terms × arrangements (clusters × these)."""
        part: Array = self.sums @ marks
        inside = self.sizes @ marks
        total = np.asarray(self.sums.sum(axis=1), np.float64).reshape(-1, 1)
        part -= total * (inside / self.documents)  # what chance expects
        np.abs(part, out=part)
        part *= self.documents / (inside * (self.documents - inside))
        return part

    def exceeding(self, observed: Array, blocks: Iterator[Rows]) -> Array:
        """Count the arrangements as extreme as the observed one or more."""
        limit = observed - _TOLERANCE * self.sums.max(axis=1).toarray().ravel()
        places = [slice(start, start + _TERMS) for start in range(0, len(observed), _TERMS)]
        parts = [(self.only(place), limit[place, None], place) for place in places]
        count = np.zeros(len(observed))
        for block in blocks:
            marks = np.zeros((len(self.sizes), len(block)))
            np.put_along_axis(marks, block.T, 1.0, axis=0)
            for sides, least, place in parts:
                count[place] += np.count_nonzero(sides.distance(marks) >= least, axis=1)
        return count


def _clustered(
    rates: csr_matrix, target: npt.NDArray[np.bool_], clusters: Rows | None
) -> tuple[csr_matrix, Array, npt.NDArray[np.bool_]]:
    """Add up the rates of clusters; without clusters each document is its own."""
    if clusters is None:
        return rates, np.ones(len(target)), target
    _, code = np.unique(clusters, return_inverse=True)
    sizes = np.bincount(code).astype(float)
    inside = np.bincount(code, weights=target)
    if ((inside > 0) & (inside < sizes)).any():
        raise ValueError("A cluster of documents lies on both sides of the comparison.")
    add = csr_matrix((np.ones(len(code)), (code, np.arange(len(code)))))
    return (add @ rates).tocsr(), sizes, inside > 0


def _every(n: int, k: int) -> Iterator[Rows]:
    """Yield all choices of k of n places, in blocks."""
    choices = combinations(range(n), k)
    while block := list(islice(choices, _BLOCK)):
        yield np.array(block, np.intp)


def _random(n: int, k: int, draws: int, seed: int) -> Iterator[Rows]:
    """Yield random choices of k of n places, in blocks."""
    random = np.random.default_rng(seed)
    for start in range(0, draws, _BLOCK):
        keys = random.random((min(_BLOCK, draws - start), n))
        yield np.argpartition(keys, k, axis=1)[:, :k]


def _drawn(sides: _Sides, observed: Array, n: int, k: int, draws: int, seed: int) -> Array:
    """Return p from random arrangements."""
    return (sides.exceeding(observed, _random(n, k, draws, seed)) + 1) / (draws + 1)
