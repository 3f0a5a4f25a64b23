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
Marks = npt.NDArray[np.bool_]

EXACT = 20_000  # arrangements that are all looked at
DRAWS = 9_999  # of more arrangements
SEED = 20_160_318
RARE = 10  # arrangements as extreme as the observed one, below which p is drawn anew
AFRESH, ALWAYS = 100, 50_000  # terms drawn anew, and draws, beyond which fewer serve q as well
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
    rates: csr_matrix, target: Marks, *, clusters: Rows | None = None
) -> Permutation:
    """Test the difference of mean rates between target and other documents, term by term.

    All arrangements are looked at if there are 20,000 or fewer; else 9,999 are drawn and
    p = (b + 1) / (B + 1) with b of them as far from the mean or farther (Phipson & Smyth 2010).
    Terms with fewer than 10 of these are drawn afresh, 20 times as often as there are terms, so
    that q can fall below .05. Where that is more than 50,000 times and there are more than 100
    such terms (large corpora have thousands), fewer draws do as much, at least 50,000: where a
    hundredth of those terms share the smallest p, q is below .05.

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
    if arrangements <= EXACT:
        p, draws = _extreme(sums, sizes, chosen, _every(n, k)) / arrangements, arrangements
    else:
        p, draws = _drawn(sums, sizes, chosen, DRAWS, SEED), DRAWS
        again = np.flatnonzero(p * (DRAWS + 1) < RARE + 1)
        if len(again):
            more = min(more, max(ALWAYS, more * AFRESH // max(len(again), AFRESH)))
            p[again] = _drawn(sums[:, again], sizes, chosen, more, SEED + 1)
        p = np.maximum(p, 1 / arrangements)  # more draws than ways say no more
    q = false_discovery_control(p) if len(p) else p
    return Permutation(p, q, 1 / min(arrangements, more + 1), arrangements, draws)


def _extreme(sums: csr_matrix, sizes: Array, chosen: Marks, blocks: Iterator[Array]) -> Array:
    """Count, term by term, the arrangements that are as extreme as the chosen one or more."""
    terms = sums.T.tocsr()
    least = _distance(terms, sizes, chosen[:, None].astype(float))
    least -= _TOLERANCE * terms.max(axis=1).toarray()
    places = [slice(start, start + _TERMS) for start in range(0, len(least), _TERMS)]
    parts = [(terms[place], least[place], place) for place in places]
    count = np.zeros(len(least))
    for marks in blocks:
        for some, limit, place in parts:
            count[place] += np.count_nonzero(_distance(some, sizes, marks) >= limit, axis=1)
    return count


def _distance(terms: csr_matrix, sizes: Array, marks: Array) -> Array:
    """Return |difference of the mean rates| of terms × arrangements (marks: clusters × these)."""
    part: Array = terms @ marks
    inside, documents = sizes @ marks, float(sizes.sum())
    total = np.asarray(terms.sum(axis=1), np.float64).reshape(-1, 1)
    part -= total * (inside / documents)  # what chance expects
    np.abs(part, out=part)
    part *= documents / (inside * (documents - inside))
    return part


def _clustered(
    rates: csr_matrix, target: Marks, clusters: Rows | None
) -> tuple[csr_matrix, Array, Marks]:
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


def _every(n: int, k: int) -> Iterator[Array]:
    """Yield all choices of k of n places, in blocks: places × choices, 1 where chosen."""
    choices = combinations(range(n), k)
    while block := list(islice(choices, _BLOCK)):
        marks = np.zeros((n, len(block)))
        np.put_along_axis(marks, np.array(block, np.intp).T, 1.0, axis=0)
        yield marks


def _random(n: int, k: int, draws: int, seed: int) -> Iterator[Array]:
    """Yield random choices of k of n places, in blocks as `_every`."""
    random = np.random.default_rng(seed)
    for start in range(0, draws, _BLOCK):
        keys = random.random((min(_BLOCK, draws - start), n))
        last = np.partition(keys, k - 1, axis=1)[:, k - 1 : k]
        yield np.ascontiguousarray((keys <= last).T, np.float64)


def _drawn(sums: csr_matrix, sizes: Array, chosen: Marks, draws: int, seed: int) -> Array:
    """Return p from random arrangements."""
    blocks = _random(len(chosen), int(chosen.sum()), draws, seed)
    return (_extreme(sums, sizes, chosen, blocks) + 1) / (draws + 1)
