"""Trends: which terms rise or fall from period to period.

In go counts, out comes one row a term with the test of its trend, or the sentence why none is made.
"""

from __future__ import annotations

from typing import Any
from warnings import warn

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.compare.groups import Groups, group, listed
from difang.compare.kendall import mann_kendall, smallest_p, theil_sen
from difang.compare.rates import levels, sizes
from difang.compare.refusals import Refusal, TooLittleWarning, say
from difang.compare.usage import added, usage_of
from difang.errors import DifangError
from difang.words.counting import Counts

Array = npt.NDArray[Any]


class NoOrderError(DifangError):
    """A trend was asked for over groups that do not follow one another."""


FEWEST = 5  # periods: of four, no order has a p below .08
MIN_COUNT, MIN_DOCS = 5, 3  # occurrences and documents of a term that is tested
COLUMNS = [
    "term", "tau", "slope", "slope_low", "slope_high", "p", "q", "first", "last", "n", "n_docs",
]  # fmt: skip
_BLOCK = 2_000  # terms whose slopes are held at once
_SAME = 9  # decimals of a rate; what differs beyond is rounding, and a tie


def trend(
    counts: Counts,
    *,
    by: str = "year",
    min_count: int = MIN_COUNT,
    min_docs: int = MIN_DOCS,
    spent: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Test of every term whether its level rises or falls from period to period.

    Mann-Kendall (Mann 1945; Kendall 1975) on the levels of `rates_by`, with the exact distribution
    of S, ties and all: a term that is absent from several years ties with itself, and the normal
    approximation of other tools is wrong for so few periods. Slope: Theil-Sen (Sen 1968), the
    median of the slopes of all pairs; its limits rest on a normal approximation. q: Benjamini &
    Hochberg (1995) over all terms tested. Below five periods nothing is tested, and a
    `TooLittleWarning` says so: of three, even a perfect order has p = .33.

    The test takes periods as independent. Policies persist, so that p is too small where a level
    wanders; and it cannot tell a change of wording from a change of what the corpus holds: see
    `composition` and `standardised`.

    Parameters
    ----------
    min_count, min_docs : int, default 5 and 3
        Terms with fewer occurrences or documents are not tested: fixed before, so that q holds.
    spent : DataFrame, optional
        As in `rates_by`. A term without a document left in some period is not tested.

    Returns
    -------
    DataFrame, one row a term tested, the smallest p first, then the steepest
        term; tau (Kendall's tau-b, -1 to 1); slope, slope_low, slope_high (per 10,000 tokens and
        unit of `by`; 95 %); p, q; first, last (rate of the first and of the last period); n;
        n_docs. `attrs` holds by, periods, floor (the smallest p there can be) and unknown.

    Raises
    ------
    UnknownColumnError
        `by` is not a column of `counts.documents`.
    NoOrderError
        Its values have no order in time.
    """
    from scipy.stats import false_discovery_control

    groups = in_order(group(counts, by=by))
    if few := no_trend(counts, by=by):
        warn(f"{few.zh} {few.en}", TooLittleWarning, stacklevel=2)
    matrix = counts.matrix[groups.rows[groups.codes >= 0]]
    columns = np.flatnonzero((added(matrix) >= min_count) & (added(matrix > 0) >= min_docs))
    found = levels(usage_of(counts, groups, columns, spent=spent))
    docs = found.pop("group_docs")
    read = docs.max(axis=1, initial=0) > 0
    able = (docs[read] > 0).all(axis=0) & (read.sum() >= FEWEST)
    rates, n, n_docs = (values[read][:, able] for values in found.values())
    rates = rates.round(_SAME)
    names = np.array(groups.names)  # of days, which are text, the order stands for the time
    times = names.astype(float) if names.dtype.kind in "iuf" else np.arange(float(len(names)))
    slopes = _slopes(times[read], rates)
    tests = [mann_kendall(series)[1:] for series in rates.T]
    rows = pd.DataFrame(tests, columns=["tau", "p"], dtype="float64")
    rows["slope"], rows["slope_low"], rows["slope_high"] = slopes
    rows.insert(0, "term", counts.terms[columns[able]])
    rows["q"] = false_discovery_control(rows["p"]) if len(rows) else rows["p"]
    rows["first"], rows["last"] = (rates[end] if len(rates) else [] for end in (0, -1))
    rows["n"], rows["n_docs"] = n.sum(axis=0).astype(int), n_docs.sum(axis=0).astype(int)
    steep = rows["slope"].abs().rename("steep")
    order = rows.join(steep).sort_values(["p", "steep", "term"], ascending=[True, False, True])
    rows = order[COLUMNS].reset_index(drop=True)
    floor = smallest_p(int(read.sum()))
    rows.attrs = {"by": by, "periods": int(read.sum()), "floor": floor}
    rows.attrs["unknown"] = groups.no_group
    return rows


def no_trend(counts: Counts, *, by: str = "year") -> Refusal | None:
    """Give the sentence for fewer periods than a trend takes, or None if there are enough."""
    groups = group(counts, by=by)
    if not groups.has_order:
        return say("no order", by=by)
    n = int((sizes(counts, groups) > 0).sum())
    return say("few periods", by=by, n=n, least=FEWEST, p=smallest_p(n)) if n < FEWEST else None


def in_order(groups: Groups) -> Groups:
    """Give the groups back if they follow one another; NoOrderError if not."""
    if not groups.has_order:
        raise NoOrderError(
            f"Cannot follow terms by {groups.by}: its values have no order in time. They are "
            f"{listed(groups.names)}. Choose `by` year or month, or compare the groups instead."
        )
    return groups


def _slopes(periods: Array, rates: Array) -> Array:
    """Return slopes and limits of periods × terms, a block of terms at a time."""
    starts = range(0, rates.shape[1] if len(rates) else 0, _BLOCK)
    parts = [theil_sen(periods, rates[:, start : start + _BLOCK]) for start in starts]
    return np.hstack(parts) if parts else np.empty((3, 0))
