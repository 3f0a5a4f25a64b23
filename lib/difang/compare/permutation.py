"""Permutation: whether documents of one side use a term at another rate than those of the other.

In go the rates of documents and which of them are the target; out come p by rearranging documents,
never tokens: a word that one document repeats is one piece of evidence, not fifty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial, reduce
from itertools import combinations, islice
from math import comb, sqrt

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.stats import false_discovery_control

from difang.compare.kept import kept
from difang.corpus.engine import spread

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Marks = npt.NDArray[np.bool_]

EXACT = 20_000  # arrangements that are all looked at
DRAWS = 9_999  # of more arrangements
SEED = 20_160_318
RARE = 10  # arrangements as extreme as the observed one, below which p is drawn anew
AFRESH, ALWAYS = 100, 50_000  # terms drawn anew, and draws, beyond which fewer serve q as well
_PIECE = 1_024  # arrangements that a process looks at before it is given others
_FAST, _BLOCK = 2**18, (16, 256)  # marks looked at together stay in fast memory; arrangements
_TERMS = 1_024  # terms looked at together: with a block of arrangements they stay there too
_TOLERANCE = 1e-9  # of the highest rate: what differs by less is rounding, and as extreme
_REACH = 6  # standard deviations from where the last of the chosen keys is looked for first
_PACE = 1.5e8, 2e9  # keys drawn, and rates added up, in a second of one core


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
    arrangements, more = comb(n, k), DRAWS
    if arrangements <= EXACT:
        extreme = _extremes(sums, sizes, chosen)
        p, draws = _total(map(extreme, _every(n, k))) / arrangements, arrangements
    else:
        drawn = kept("p", partial(_drawn_twice, sums, sizes, chosen), sums, sizes, chosen)
        p = np.maximum(drawn["p"].to_numpy(), 1 / arrangements)  # more draws than ways say no more
        draws, more = DRAWS, int(drawn["draws"].max()) if len(drawn) else more
    q = false_discovery_control(p) if len(p) else p
    return Permutation(p, q, 1 / min(arrangements, more + 1), arrangements, draws)


def _extremes(sums: csr_matrix, sizes: Array, chosen: Marks) -> Callable[[Array], Array]:
    """Make the tool that counts, term by term, arrangements as extreme as the chosen or more."""
    terms, documents = sums.T.tocsr(), float(sizes.sum())
    expected = np.asarray(terms.sum(axis=1), np.float64).reshape(-1, 1) / documents
    observed, inside = terms @ chosen.astype(float)[:, None], float(sizes @ chosen)
    far = np.abs(observed - expected * inside) * (documents / inside / (documents - inside))
    far -= _TOLERANCE * terms.max(axis=1).toarray()
    places = [slice(start, start + _TERMS) for start in range(0, len(far), _TERMS)]
    return partial(
        _extreme, [(terms[place], expected[place], far[place]) for place in places], sizes
    )


def _extreme(parts: list[tuple[csr_matrix, Array, Array]], sizes: Array, marks: Array) -> Array:
    """Count arrangements (marks: clusters × these) whose sums are far from what chance expects.

    How far is far depends on how many documents are marked.
    """
    inside, documents = sizes @ marks, float(sizes.sum())
    if (inside == inside[0]).all():
        inside = inside[:1]
    scale = inside * (documents - inside) / documents
    found = [_outside(terms @ marks, expected * inside, far * scale)
             for terms, expected, far in parts]  # fmt: skip
    count: Array = np.concatenate(found) if found else np.zeros(0)
    return count


def _outside(sums: Array, middle: Array, reach: Array) -> Array:
    """Count, in each row, the sums that are not nearer to the middle than the reach."""
    near = sums > middle - reach
    near &= sums < middle + reach
    count: Array = near.shape[1] - np.count_nonzero(near, axis=1)
    return count


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
    while block := list(islice(choices, _block(n))):
        marks = np.zeros((n, len(block)))
        np.put_along_axis(marks, np.array(block, np.intp).T, 1.0, axis=0)
        yield marks


def _drawn_twice(sums: csr_matrix, sizes: Array, chosen: Marks) -> pd.DataFrame:
    """Draw p of all terms, and afresh where few draws are as extreme; tell the most draws."""
    p, draws = _drawn(sums, sizes, chosen, DRAWS, SEED), max(DRAWS, 20 * sums.shape[1])
    again = np.flatnonzero(p * (DRAWS + 1) < RARE + 1)
    if len(again):
        draws = min(draws, max(ALWAYS, draws * AFRESH // max(len(again), AFRESH)))
        p[again] = _drawn(sums[:, again], sizes, chosen, draws, SEED + 1)
    return pd.DataFrame({"p": p, "draws": draws})


def _drawn(sums: csr_matrix, sizes: Array, chosen: Marks, draws: int, seed: int) -> Array:
    """Return p from random arrangements, the same for any number of cores."""
    random = partial(_random, len(chosen), int(chosen.sum()), seed)
    tool = partial(_extreme_of, _extremes(sums, sizes, chosen), random)
    pieces = [range(start, min(start + _PIECE, draws)) for start in range(0, draws, _PIECE)]
    seconds = draws * (len(chosen) / _PACE[0] + sums.nnz / _PACE[1])
    return (_total(spread(tool, pieces, seconds)) + 1) / (draws + 1)


def _extreme_of(
    extreme: Callable[[Array], Array], blocks: Callable[[range], Iterator[Array]], draws: range
) -> Array:
    """Count the extreme ones among some draws."""
    return _total(map(extreme, blocks(draws)))


def _total(counts: Iterable[Array]) -> Array:
    total: Array = reduce(np.add, counts)
    return total


def _random(n: int, k: int, seed: int, draws: range) -> Iterator[Array]:
    """Yield random choices of k of n places, in blocks as `_every`: some draws of a seed."""
    bits = np.random.PCG64(seed)
    bits.advance(draws.start * n)  # one number a place and draw
    random, block = np.random.Generator(bits), _block(n)
    for start in range(0, len(draws), block):
        keys = random.random((min(block, len(draws) - start), n))
        last = np.array([_lowest(row, k) for row in keys])
        yield np.ascontiguousarray((keys <= last[:, None]).T).astype(np.float64)


def _block(n: int) -> int:
    """Return how many arrangements of n places are looked at together."""
    return min(max(_FAST // n, _BLOCK[0]), _BLOCK[1])


def _lowest(keys: Array, k: int) -> float:
    """Return the k-th lowest of keys that lie evenly between 0 and 1."""
    width = _REACH * sqrt(k) / len(keys)
    above = keys > k / len(keys) - width
    some = keys[above & (keys <= k / len(keys) + width)]
    place = k - 1 - len(keys) + int(np.count_nonzero(above))
    if not 0 <= place < len(some):
        some, place = keys, k - 1
    return float(np.partition(some, place)[place])
