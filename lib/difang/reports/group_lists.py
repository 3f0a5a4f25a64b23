"""The lists of each group: chosen from scores, without what is hidden or masked.

In go scores of all groups, out come lists by group, and the group that a page is about.
"""

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.compare.composition import unlike
from difang.compare.groups import Groups, find_group
from difang.compare.headline import flagged, headline, single_document
from difang.reports.tiles import by_code

Lists = dict[Any, pd.DataFrame]  # by group
KINDS, MIXED = ("level", "genre"), 0.1  # share of documents that would have to be of another kind


def choose_target(groups: Groups, wanted: Any, reference: str) -> Any:
    """Find the group wanted; or take the one with most documents, of years the latest of three.

    None if there is no group. The first of groups that are compared with those before is not taken
    by itself.
    """
    if wanted is not None and groups.names:
        return groups.names[find_group(groups.names, wanted, by=groups.by)]
    sizes = list(zip(groups.names, groups.sizes.tolist(), strict=True))
    if reference in ("before", "previous") and len(sizes) > 1:
        sizes = sizes[1:]
    if groups.has_order:
        return max(sizes, key=lambda one: (one[1] >= 3, one[0]), default=(None, 0))[0]
    sizes.sort(key=lambda one: by_code(one[0]))
    return max(sizes, key=lambda one: one[1], default=(None, 0))[0]


def lists_of(
    scores: pd.DataFrame, hidden: Collection[str], masked: Collection[str]
) -> tuple[Lists, Lists]:
    """Make of every group the headline list, and that of single documents."""
    used = kept(scores[scores["score"] > 0], hidden, ())
    shared = dict.fromkeys(scores["group"].unique(), used.head(0))
    single = shared.copy()
    top = len(used)
    for name, rows in used.groupby("group", sort=False):
        shared[name] = headline(rows, group=name, top=top, masked=masked, quiet=True)
        single[name] = single_document(rows, group=name, top=top, masked=masked)
    return shared, single


def kept(rows: pd.DataFrame, hidden: Collection[str], masked: Collection[str]) -> pd.DataFrame:
    """Leave out hidden terms and masked names."""
    out = _among(rows["term"], hidden) | flagged(rows, masked).to_numpy()
    return rows[~out].reset_index(drop=True)


def mixed(own: pd.DataFrame, other: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """Tell where the documents of a group differ much in level or genre from the others."""
    rows = unlike(own, other, variables=[name for name in KINDS if name != by and name in own])
    return rows[rows["distance"] >= MIXED].sort_values("distance", ascending=False)


def _among(terms: "pd.Series[str]", hidden: Collection[str]) -> npt.NDArray[np.bool_]:
    """Look terms up one by one: `isin` would make an array of all that is hidden each time."""
    return np.fromiter((term in hidden for term in terms), bool, len(terms))
