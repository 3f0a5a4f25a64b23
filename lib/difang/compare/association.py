"""Association: how strongly a term goes with a target against a reference, from counts alone.

In go occurrences and sizes of the two sides, arrays of one shape; out come the values of a measure.
None of them is a test: words cluster in documents, so that p-values from tokens mislead
(`inference` has those from documents).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import xlogy

Array = npt.NDArray[np.float64]

PRIOR = 500.0  # occurrences that the prior of log-odds is worth
ZERO = 0.5  # put in the place of a count of 0, where a ratio is taken


def g2(
    n: Array,
    m: Array,
    size: Array,
    reference: Array,
    *,
    form: Literal["four_cell", "two_term"] = "four_cell",
) -> Array:
    """Give the log-likelihood ratio G², negative where the target uses the term less.

    2 Σ O·ln(O/E) over the four cells term or not × target or reference (Dunning 1993); with
    `form="two_term"` over the two cells of the term only (Rayson & Garside 2000), which is less,
    the more so the larger the share of the term.

    Parameters
    ----------
    n, m : array
        Occurrences in target and reference.
    size, reference : array
        Tokens of target and reference; broadcast against `n` and `m`.

    Returns
    -------
    array
        0 where both rates are the same; missing where a side has no tokens.

    Examples
    --------
    >>> float(g2(np.array(110.0), np.array(2442.0), np.array(221.0), np.array(31556.0)).round(2))
    270.72
    """
    both, total = n + m, size + reference
    with np.errstate(divide="ignore", invalid="ignore"):
        cells = _cell(n, both * size / total) + _cell(m, both * reference / total)
        if form == "four_cell":
            rest = total - both
            cells += _cell(size - n, rest * size / total)
            cells += _cell(reference - m, rest * reference / total)
        value = 2 * np.maximum(cells, 0) * np.sign(n * reference - m * size)
    return np.where((size > 0) & (reference > 0), value, np.nan)


def log_ratio(n: Array, m: Array, size: Array, reference: Array) -> Array:
    """Give log2 of the ratio of the two rates (Hardie 2014): 1 is twice as often, -1 half.

    A count of 0 is taken as 0.5 if the other is none; missing where both are 0 or a side has no
    tokens. Never rank by it alone: it is highest where one side has a term by chance.
    `100 * (2 ** value - 1)` is the %DIFF of Gabrielatos & Marchi (2011).

    Examples
    --------
    >>> log_ratio(*(np.array([float(x)]) for x in (40, 10, 1000, 1000))).tolist()
    [2.0]
    """
    some = (n + m > 0) & (size > 0) & (reference > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        target = np.where(n > 0, n, ZERO) / size
        other = np.where(m > 0, m, ZERO) / reference
        return np.where(some, np.log2(target / other), np.nan)


def log_odds(
    n: Array, m: Array, size: Array, reference: Array, *, prior: float = PRIOR
) -> tuple[Array, Array]:
    """Give the weighted log-odds with informative Dirichlet prior: the z scores, and δ.

    With α = `prior` · the share of the term in both sides together (Monroe, Colaresi & Quinn
    2008, eqs 15 to 22):

        δ = ln((n + α) / (N + α₀ − n − α)) − ln((m + α) / (M + α₀ − m − α))
        z = δ / √(1/(n + α) + 1/(m + α))

    Parameters
    ----------
    prior : float
        α₀, the occurrences that the prior is worth: the larger, the nearer to 0 rare terms come.

    Returns
    -------
    z, delta : arrays
        Missing where the term does not occur or a side has no tokens.
    """
    some = (n + m > 0) & (size > 0) & (reference > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = prior * (n + m) / (size + reference)
        odds = (n + alpha) / (size + prior - n - alpha)
        others = (m + alpha) / (reference + prior - m - alpha)
        delta = np.where(some, np.log(odds) - np.log(others), np.nan)
        return delta / np.sqrt(1 / (n + alpha) + 1 / (m + alpha)), delta


def c_tfidf(n: Array, sizes: Array) -> Array:
    """Give the class-based TF-IDF of groups × terms: tf · ln(1 + A / f) (Grootendorst 2022).

    tf is the share of the term among the tokens of its group, A the mean tokens of a group, f the
    occurrences of the term in all groups. (BERTopic cuts A to a whole number; the paper does not.)

    Parameters
    ----------
    n : array, groups × terms
    sizes : array, one per group
        Tokens.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.log(1 + sizes.mean() / n.sum(axis=0))
        return np.where(n > 0, n / sizes[:, None] * weight, 0.0)


def _cell(observed: Array, expected: Array) -> Array:
    """Return O·ln(O/E), 0 for an empty cell."""
    return np.asarray(xlogy(observed, observed) - xlogy(observed, expected), np.float64)
