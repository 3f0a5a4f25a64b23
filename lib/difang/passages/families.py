"""Families of passages: one wording in its variants, whole or rewritten.

Takes one row a passage and document; names for each passage the one its family is called after.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from difang.passages.matches import Ints, number

VARIANT = 0.8  # of the stretch that two passages cover together: so much of it both of them hold


def families(rows: pd.DataFrame) -> "pd.Series[int]":
    """Name for each row the passage that its family is called after.

    Passages that the same documents hold in the same sentences belong together: they are what a
    change left of one sentence. So do passages that lie on one another in some document, in four
    fifths of what they cover together. A family is called after the passage that most is repeated
    of (documents × characters), and holds what lies on that one: a chain of variants, each near
    the next, would in the end hold everything.

    Parameters
    ----------
    rows : DataFrame, one row a passage and document, the rows of a passage together
        span_id (1, 2, 3 …); at, end (of the first occurrence, counted over all documents); chars;
        sentence (a number, over all documents).

    Returns
    -------
    Series of int, as `rows`
        The span_id of that passage.
    """
    span = rows["span_id"].to_numpy() - 1
    places = pd.Series(pd.util.hash_array(rows["sentence"].to_numpy())).groupby(span).sum()
    unit = number(places.to_numpy())  # of each passage: those in the same sentences are one
    mass = np.bincount(span) * rows.groupby(span)["chars"].first().to_numpy()
    order = np.argsort(-mass, kind="stable")
    called = np.zeros(unit.max(initial=-1) + 1, np.int64)
    called[unit[order[::-1]]] = order[::-1]  # the heaviest of a unit is written last
    heavy = unit[order[np.isin(order, called)]]
    return pd.Series(called[_led(_overlaps(rows, unit[span]), heavy)[unit[span]]] + 1, rows.index)


def _led(links: Ints, order: Ints) -> Ints:
    """Let each unit in its order, unless it is led, lead those linked to it that are not led."""
    links = np.unique(np.concatenate([links, links[::-1]], axis=1), axis=1)
    starts = np.searchsorted(links[0], np.arange(len(order) + 1))
    leader = np.arange(len(order))
    free = np.ones(len(order), dtype=bool)
    for unit in order[np.diff(starts)[order] > 0]:
        if free[unit]:
            near = links[1, starts[unit] : starts[unit + 1]]
            near = near[free[near]]
            leader[near], free[near], free[unit] = unit, False, False
    return leader


def _overlaps(rows: pd.DataFrame, unit: Ints) -> Ints:
    """Pair the units of which passages lie on one another nearly whole, in some document."""
    order = np.lexsort([rows["end"], rows["at"]])
    at, end, unit = rows["at"].to_numpy()[order], rows["end"].to_numpy()[order], unit[order]
    return np.concatenate([np.zeros((2, 0), np.int64), *_pairs(at, end, unit)], axis=1)


def _pairs(at: Ints, end: Ints, unit: Ints) -> Iterator[Ints]:
    """Compare each place with the next, the next but one, …, as long as they meet."""
    one, step = np.arange(len(at)), 0
    while len(one):
        step += 1
        one = one[: np.searchsorted(one, len(at) - step)]
        one = one[at[one + step] < end[one]]
        both = np.minimum(end[one], end[one + step]) - at[one + step]
        together = np.maximum(end[one], end[one + step]) - at[one]
        close = one[(both >= VARIANT * together) & (unit[one] != unit[one + step])]
        yield np.stack([unit[close], unit[close + step]])
