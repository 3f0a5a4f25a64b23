"""Permutation: whether documents of one side use a term at another rate than those of the other.

In go the rates of documents and which of them are the target; out come p by rearranging documents,
never tokens: a word that one document repeats is one piece of evidence, not fifty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain, pairwise
from math import comb
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.stats import false_discovery_control

from difang.compare.arrangements import Array, Rows, Trial, dealt, every
from difang.compare.kept import kept

Marks = npt.NDArray[np.bool_]

EXACT = 20_000  # arrangements that are all looked at
DRAWS = 9_999  # of more arrangements
SEED = 20_160_318
RARE = 10  # arrangements as extreme as the observed one, below which p is drawn anew
AFRESH = 20  # times as many draws as there are terms, where p is drawn anew


class Sides(NamedTuple):
    """A comparison: rows of the target and of its reference, and columns of the terms tested."""

    target: Rows
    reference: Rows
    terms: Rows


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
    sides = Sides(np.flatnonzero(target), np.flatnonzero(~target), np.arange(rates.shape[1]))
    return permutation_tests(rates, [sides], clusters=clusters)[0]


def permutation_tests(
    rates: csr_matrix, compared: Sequence[Sides], *, clusters: Rows | None = None
) -> list[Permutation]:
    """Test several comparisons among the same documents, each as `permutation_test` does.

    One random order of the documents serves all comparisons at once. Within each, the draws are
    independent, and its p is as true as alone; the p of different comparisons share their luck.

    Parameters
    ----------
    rates : csr_matrix, documents × terms
    compared : sequence of Sides
    clusters : array of int, one per document, optional

    Returns
    -------
    list of Permutation, one per comparison

    Raises
    ------
    ValueError
        A cluster lies on both sides of a comparison, or partly outside of it.
    """
    trials = _trials(rates, compared, clusters) if compared else []
    ways = [comb(len(trial.units), len(trial.chosen)) for trial in trials]
    many = [trial for trial, number in zip(trials, ways, strict=True) if number > EXACT]
    given = [*chain(*compared), *([] if clusters is None else [clusters])]
    drawn = (
        _split(kept("p", partial(_drawn_twice, many), rates, *given), many) if many else iter(())
    )
    return [
        _said(every(trial) / number, number, number, number)
        if number <= EXACT
        else _said(*next(drawn), DRAWS, number)
        for trial, number in zip(trials, ways, strict=True)
    ]


def _said(p: Array, most: int, draws: int, ways: int) -> Permutation:
    p = np.maximum(p, 1 / ways)  # more draws than ways say no more
    q = false_discovery_control(p) if len(p) else p
    return Permutation(p, q, 1 / min(ways, most), ways, draws)


def _trials(rates: csr_matrix, compared: Sequence[Sides], clusters: Rows | None) -> list[Trial]:
    """Add up the rates of the clusters compared, and tell their sides; or take each document."""
    rows = np.unique(np.concatenate([np.concatenate(sides[:2]) for sides in compared]))
    codes = np.zeros(rates.shape[0], np.intp)
    codes[rows] = np.unique(rows if clusters is None else clusters[rows], return_inverse=True)[1]
    sums, sizes = _units(rates, rows, codes[rows])
    tested: dict[bytes, csr_matrix] = {}  # most comparisons test the same terms
    trials = []
    for sides in compared:
        units = [np.unique(codes[one]) for one in sides[:2]]
        if any(sizes[some].sum() > len(one) for some, one in zip(units, sides[:2], strict=True)):
            raise ValueError("A cluster of documents lies on both sides of the comparison.")
        terms = sides.terms.tobytes()
        if terms not in tested:
            tested[terms] = sums[:, sides.terms]
        trials.append(
            Trial(tested[terms], sizes, np.sort(np.concatenate(units)), min(units, key=len))
        )
    return trials


def _units(rates: csr_matrix, rows: Rows, codes: Rows) -> tuple[csr_matrix, Array]:
    """Add up the rates of the documents with one code, and count them; none are copied unasked."""
    sizes = np.bincount(codes).astype(float)
    if np.array_equal(codes, np.arange(len(rows))):  # each document is a unit
        return (rates if len(rows) == rates.shape[0] else rates[rows]), sizes
    add = csr_matrix((np.ones(len(rows)), (codes, rows)), (len(sizes), rates.shape[0]))
    return (add @ rates).tocsr(), sizes


def _drawn_twice(trials: Sequence[Trial]) -> pd.DataFrame:
    """Draw p of all terms, and afresh where few draws are as extreme; tell the most draws."""
    counts = dealt(trials, [DRAWS] * len(trials), SEED)
    p = [(count + 1) / (DRAWS + 1) for count in counts]
    draws = [max(DRAWS, AFRESH * len(count)) for count in counts]
    rare = [np.flatnonzero(count < RARE) for count in counts]
    again = [i for i, terms in enumerate(rare) if len(terms)]
    fewer = [trials[i].of_terms(rare[i]) for i in again]
    for i, count in zip(again, dealt(fewer, [draws[i] for i in again], SEED + 1), strict=True):
        p[i][rare[i]] = (count + 1) / (draws[i] + 1)
    return pd.DataFrame({"p": np.concatenate(p), "draws": np.repeat(draws, [*map(len, p)])})


def _split(drawn: pd.DataFrame, trials: Sequence[Trial]) -> Iterator[tuple[Array, int]]:
    """Yield for each trial its p, and one more than the most draws."""
    stops = [*accumulate((trial.rates.shape[1] for trial in trials), initial=0)]
    for start, stop in pairwise(stops):
        part = drawn.iloc[start:stop]
        yield part["p"].to_numpy(), int(part["draws"].max()) + 1 if len(part) else DRAWS + 1
