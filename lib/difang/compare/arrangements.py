"""Arrangements: how often documents dealt at random differ as much as the sides compared do.

In go rates of units (documents, or clusters of them) and comparisons of some units with others; out
come, term by term, how many arrangements of the units are as extreme as the observed one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, islice

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from difang.corpus.engine import spread
from difang.progress import bar

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Sums = npt.NDArray[np.float32] | npt.NDArray[np.float64]

_FAST, _BLOCK = 2**17, (16, 256)  # sums looked at together stay in fast memory, and their marks
_PIECE = 2**21, 1_024  # places that a process deals at once; arrangements
_TOLERANCE = 1e-9  # of the highest rate: what differs by less is rounding, and as extreme
_SINGLE = 1e-5  # of a sum: the same, where half the digits do
_FEW = 1 / 12  # share of the units below which the rates of the chosen alone are added up
_PACE = 1e-8, 3e-10, 4e-9, 2e-9  # seconds: to deal a unit, add a rate, fetch one, look at a sum


@dataclass(frozen=True, eq=False)
class Trial:
    """One comparison.

    Attributes
    ----------
    rates : csr_matrix, units × terms
        Rates of the terms tested, added up over the documents of a unit.
    sizes : array, one per unit
        Its documents.
    units, chosen : array of int
        The units compared; those of one side, the one with fewer of them.
    """

    rates: csr_matrix
    sizes: Array
    units: Rows
    chosen: Rows

    def of_terms(self, terms: Rows) -> Trial:
        """Give the same comparison of some terms."""
        return Trial(self.rates[:, terms], self.sizes, self.units, self.chosen)


def every(trial: Trial) -> Array:
    """Count, term by term, which of all arrangements are as extreme as the observed one."""
    choices = combinations(trial.units.tolist(), len(trial.chosen))
    limits, count = _limits(trial), np.zeros(trial.rates.shape[1])
    while block := list(islice(choices, _block(trial))):
        count += _extreme(trial, limits, np.array(block, np.intp))
    return count


def dealt(trials: Sequence[Trial], draws: Sequence[int], seed: int) -> list[Array]:
    """Count the same among random arrangements, so many for each trial.

    The units are dealt once for all trials: each takes the first of its own units as its chosen.
    Where all compare the same units, no more are dealt than the largest takes. Whoever works, the
    counts are the same.
    """
    counts = [np.zeros(trial.rates.shape[1]) for trial in trials]
    if not trials:
        return counts
    most, moved = max(draws), _moved(trials)
    step = min(max(_PIECE[0] // moved, 1), _PIECE[1])
    pieces = [range(start, min(start + step, most)) for start in range(0, most, step)]
    seconds = most * (moved * _PACE[0] + sum(map(_pace, trials)))
    tool = partial(_deal, _halved(trials), [*map(_widened, trials)], draws, seed)
    for found in bar(spread(tool, pieces, seconds), "testing, arrangements", total=len(pieces)):
        for count, more in zip(counts, found, strict=True):
            count += more
    return counts


def _deal(
    trials: Sequence[Trial],
    limits: Sequence[tuple[Array, Array]],
    draws: Sequence[int],
    seed: int,
    piece: range,
) -> list[Array]:
    """Count the extreme ones among the arrangements of a piece, for each trial."""
    counts, orders = [], _orders(trials, len(piece), np.random.default_rng([seed, piece.start]))
    for trial, limit, number in zip(trials, limits, draws, strict=True):
        chosen = _first(trial, orders[: max(0, number - piece.start)])
        count, step = np.zeros(trial.rates.shape[1]), _block(trial)
        for start in range(0, len(chosen), step):
            count += _extreme(trial, limit, chosen[start : start + step])
        counts.append(count)
    return counts


def _moved(trials: Sequence[Trial]) -> int:
    """Return how many units are dealt: all, or as many as a trial takes of the same units."""
    if all(np.array_equal(trial.units, trials[0].units) for trial in trials):
        return max(len(trial.chosen) for trial in trials)
    return len(trials[0].sizes)


def _orders(trials: Sequence[Trial], number: int, random: np.random.Generator) -> Rows:
    """Deal units so many times, in random order: how they begin is a random choice of any size."""
    moved, units = _moved(trials), trials[0].units
    if moved == len(trials[0].sizes):
        return random.permuted(np.tile(np.arange(moved), (number, 1)), axis=1)
    mixed = len({len(trial.chosen) for trial in trials}) > 1  # one choice needs no order
    draw = partial(random.choice, units, moved, replace=False, shuffle=mixed)
    return np.array([draw() for _ in range(number)])


def _first(trial: Trial, orders: Rows) -> Rows:
    """Take the first units of each order that a trial has, as many as it chooses."""
    if orders.shape[1] > len(trial.units):
        own = np.zeros(orders.shape[1], bool)
        own[trial.units] = True
        orders = orders[own[orders]].reshape(len(orders), len(trial.units))
    return orders[:, : len(trial.chosen)]


def _limits(trial: Trial) -> tuple[Array, Array]:
    """Return what chance expects of a document, and how far from it is as far as observed.

    How far is far depends on how many documents are chosen: it is given for one against one.
    """
    everyone = len(trial.units) == trial.rates.shape[0]
    rates = trial.rates if everyone else trial.rates[trial.units]
    documents, inside = (trial.sizes[some].sum() for some in (trial.units, trial.chosen))
    expected = np.asarray(rates.sum(axis=0), np.float64).ravel() / documents
    observed = np.asarray(trial.rates[trial.chosen].sum(axis=0), np.float64).ravel()
    far = np.abs(observed - expected * inside) * (documents / inside / (documents - inside))
    highest = np.zeros(len(far))
    np.maximum.at(highest, rates.indices, rates.data)  # turned, they would be held twice
    return expected, far - _TOLERANCE * highest


def _halved(trials: Sequence[Trial]) -> list[Trial]:
    """Give the same comparisons with half the digits of their rates: sums take half the time.

    What several share they still share, and the places are those of the whole numbers.
    """
    rates = {id(trial.rates): trial.rates for trial in trials}
    half = {
        key: csr_matrix((one.data.astype(np.float32), one.indices, one.indptr), one.shape)
        for key, one in rates.items()
    }
    return [replace(trial, rates=half[id(trial.rates)]) for trial in trials]


def _widened(trial: Trial) -> tuple[Array, Array]:
    """Return the limits for rates of half the digits: at most a little more is as extreme."""
    expected, far = _limits(trial)
    return expected, far - _SINGLE * (far + 2 * expected)


def _extreme(trial: Trial, limits: tuple[Array, Array], chosen: Rows) -> Array:
    """Count, term by term, the arrangements whose sums are far from what chance expects."""
    expected, far = limits
    inside, documents = trial.sizes[chosen].sum(axis=1), trial.sizes[trial.units].sum()
    if (inside == inside[0]).all():
        inside = inside[:1]
    scale = inside * (documents - inside) / documents
    middle, reach = inside[:, None] * expected, scale[:, None] * far
    sums = _sums(trial.rates, chosen)
    near = sums > (middle - reach).astype(sums.dtype)
    near &= sums < (middle + reach).astype(sums.dtype)
    count: Array = len(near) - np.count_nonzero(near, axis=0).astype(float)
    return count


def _sums(rates: csr_matrix, chosen: Rows) -> Sums:
    """Add up the rates of the chosen units: arrangements × terms.

    Of few units their rows are put behind each other, and what stands twice in a row is added up;
    of more, marks are multiplied.
    """
    (units, terms), (arrangements, k) = rates.shape, chosen.shape
    if k < _FEW * units:
        rows = rates[chosen.ravel()]
        laid = csr_matrix((rows.data, rows.indices, rows.indptr[::k]), (arrangements, terms))
        return np.asarray(laid.toarray())
    marks = np.zeros((units, arrangements), rates.dtype)
    np.put_along_axis(marks, chosen.T, 1.0, axis=0)
    return np.asarray(rates.T @ marks).T


def _block(trial: Trial) -> int:
    """Return how many arrangements are looked at together."""
    return min(max(_FAST // max(trial.rates.shape[1], 1), _BLOCK[0]), _BLOCK[1])


def _pace(trial: Trial) -> float:
    """Return the seconds that an arrangement takes, about."""
    share = len(trial.chosen) / trial.rates.shape[0]
    each = _PACE[2] * share if share < _FEW else _PACE[1]
    return trial.rates.nnz * each + trial.rates.shape[1] * _PACE[3]
