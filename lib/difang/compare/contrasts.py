"""Contrasts: which groups are scored, and with which each of them is compared.

In go counts and the arguments that all measures share, out comes what they need: groups, terms,
the reference groups of each, and the flags of names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from difang.compare.groups import PLACES, Groups, find_group, group, listed
from difang.compare.names import NamesError, name_flags, names_in
from difang.compare.refusals import say
from difang.compare.usage import Table, Usage, ratio, usage
from difang.errors import DifangError
from difang.words.counting import Counts

REFERENCES = ("others", "before", "previous", "pooled")
Rows = npt.NDArray[np.intp]
Both = tuple[Rows, list[Rows]]  # the documents of a group, and those of each group behind it
Mask: TypeAlias = "pd.Series[str] | Literal[False] | None"  # flags of names by term


class ReferenceGroupsError(DifangError):
    """The groups to compare with are not there, or not named by a word difang knows."""


@dataclass(frozen=True, eq=False)
class Contrast:
    """What is scored, and against what.

    Attributes
    ----------
    used : Usage
        The compared documents and the terms.
    wanted : tuple of int
        The groups that get scores, by place in `used.groups.names`.
    against : array of 0 and 1, groups × groups
        The reference groups of each group.
    reference : str
        others, before, previous, pooled; none where nothing is compared.
    refused : dict
        Groups without a reference, with the sentence that says why.
    kinds : Series by term
        "place", "person" or "self" where a term is a name.
    """

    used: Usage
    wanted: tuple[int, ...]
    against: Table
    reference: str
    refused: dict[Any, str]
    kinds: pd.Series[str]

    def sides(self, place: int) -> Both:
        """Return the documents of a group that have tokens, and those of its reference groups."""
        members = [self.used.read(i) for i in range(len(self.used.groups.names))]
        behind = [members[i] for i in np.flatnonzero(self.against[place]) if len(members[i])]
        return members[place], [np.concatenate(behind)] if self.reference == "pooled" else behind

    def of_both(self, matrix: csr_matrix) -> Table:
        """Add up compared documents × scored terms over each group and its reference groups."""
        sums = self.used.per_group(matrix)
        both: Table = sums + self.against @ sums
        return both

    def level_behind(self, part: Table, whole: Table) -> Table:
        """Give part / whole of the reference: the mean over its groups, or of them as one."""
        if self.reference == "pooled":
            return ratio(self.against @ part, self.against @ whole)
        levels = np.nan_to_num(ratio(part, whole))
        return ratio(self.against @ levels, self.against @ (whole > 0))


def contrast(
    counts: Counts,
    *,
    by: str,
    target: str | int | None = None,
    reference: str | None = None,
    mask: Mask = None,
    spent: pd.DataFrame | None = None,
    min_count: int = 1,
) -> Contrast:
    """Set up a comparison of groups; arguments and errors as in `tfidf.tfidf_contrast`."""
    groups = group(counts, by=by)
    wanted = _wanted(groups, target, 2)
    reference = reference or ("before" if by == "year" else "others")
    against = _against(groups, reference)
    refused = [i for i in wanted if not against[i].any()]
    if target is not None and refused:
        raise ReferenceGroupsError(
            f"Cannot compare {by} {groups.names[refused[0]]} with those before: it is the first. "
            f"The counts hold {listed(groups.names)}. Choose a later `target`, or "
            f"reference='others' instead of {reference!r}."
        )
    used = usage(counts, groups, min_count=min_count, spent=spent)
    reasons = {groups.names[i]: say("first", group=groups.names[i]).en for i in refused}
    left = tuple(i for i in wanted if i not in refused)
    return Contrast(used, left, against, reference, reasons, _kinds(counts, by, mask))


def own(
    counts: Counts,
    *,
    by: str,
    target: str | int | None = None,
    mask: Mask = None,
    spent: pd.DataFrame | None = None,
    min_count: int = 1,
) -> Contrast:
    """Set up scores of groups for themselves, without a reference: one group is enough."""
    groups = group(counts, by=by)
    wanted = tuple(_wanted(groups, target, 1))
    used = usage(counts, groups, min_count=min_count, spent=spent)
    none = np.zeros((len(groups.names), len(groups.names)))
    return Contrast(used, wanted, none, "none", {}, _kinds(counts, by, mask))


def _wanted(groups: Groups, target: str | int | None, number: int) -> list[int]:
    chosen = None if target is None else find_group(groups.names, target, by=groups.by)
    groups.need(number)
    return list(range(len(groups.names))) if chosen is None else [chosen]


def _against(groups: Groups, reference: str) -> Table:
    """Mark with 1, for each group, the groups it is compared with."""
    known = REFERENCES if groups.has_order else ("others", "pooled")
    if reference not in known:
        raise ReferenceGroupsError(
            f"Cannot take the reference {reference!r} by {groups.by}. There are: "
            f"{', '.join(known)} ('before' and 'previous' need groups with an order, such as "
            "years). Choose one."
        )
    place = np.arange(len(groups.names))
    behind = place[:, None] - place[None, :]
    marks = {"before": behind > 0, "previous": behind == 1}.get(reference, behind != 0)
    return np.asarray(marks, np.float64)


def _kinds(counts: Counts, by: str, mask: Mask) -> pd.Series[str]:
    if mask is None:
        return names_in(counts) if by in PLACES else name_flags(counts.terms, places=(), persons=())
    if mask is False:
        return pd.Series(dtype="str")
    if not isinstance(mask, pd.Series):
        raise NamesError(
            f"Cannot mask names by {mask!r}. None masks them where places are compared, False "
            "nowhere; else give a Series of flags by term, such as "
            "`difang.compare.names.names_in(counts)`."
        )
    return mask
