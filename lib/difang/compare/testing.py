"""Testing: which terms of which groups are tested, and p and q of each.

In go a contrast and the clusters of its documents; out come, for each group, the columns that a
test fills and what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from difang.compare.contrasts import Contrast, Rows
from difang.compare.permutation import Sides, permutation_tests
from difang.words.counting import per_tokens

Marks = npt.NDArray[np.bool_]

MIN_COUNT, MIN_DOCS = 5, 3  # occurrences and documents of a term that is tested, on both sides
FEWEST = 3  # documents of a group with p-values


def tests(
    setup: Contrast, at: Sequence[int], *, clusters: Rows, min_docs: int
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Test the terms of each group that can be, and tell what its test rests on.

    Parameters
    ----------
    setup : Contrast
    at : sequence of int
        The groups, by their places.
    clusters : array of int, one per compared document
        Documents of a group with one number change sides together (`groups.together`).
    min_docs : int
        Documents of the two sides that a term must have.

    Yields
    ------
    dict of arrays, one value a term
        p, q and difference (of mean rates), missing where a term is not tested.
    dict
        tested (terms), documents, clusters, reference_documents and reference_clusters; floor,
        smallest (two-sided), draws and exact where there is a test.
    """
    sides = [setup.sides(place) for place in at]
    able, rates = _able(setup, min_docs), per_tokens(setup.used.matrix, setup.used.tokens)
    pairs = [_compared(able[place], *one) for place, one in zip(at, sides, strict=True)]
    found = iter(permutation_tests(rates, [one for one in pairs if one], clusters=clusters))
    sums = setup.used.per_group(rates)
    del rates
    for place, (target, behind), one in zip(at, sides, pairs, strict=True):
        reference = np.concatenate([np.empty(0, np.intp), *behind])
        told: dict[str, Any] = {"tested": 0}
        for prefix, rows in (("", target), ("reference_", reference)):
            told[prefix + "documents"] = len(rows)
            told[prefix + "clusters"] = len(np.unique(clusters[rows]))
        empty = np.full((3, len(setup.used.terms)), np.nan)
        columns = dict(zip(("p", "q", "difference"), empty, strict=True))
        if one:
            test, terms = next(found), one.terms
            columns["p"][terms], columns["q"][terms] = test.p, test.q
            levels = sums[place] / len(target), setup.against[place] @ sums / len(reference)
            columns["difference"][terms] = (levels[0] - levels[1])[terms]
            told |= {name: getattr(test, name) for name in ("floor", "draws", "exact")}
            mirrored = test.exact and told["clusters"] == told["reference_clusters"]
            told["smallest"] = test.floor * (2 if mirrored else 1)  # exchanged sides differ as much
            told["tested"] = len(terms)
        yield columns, told


def _able(setup: Contrast, min_docs: int) -> Marks:
    """Mark the terms, groups × terms, used often enough on both sides, and spent on neither."""
    used = setup.used
    often = setup.of_both(used.matrix) >= MIN_COUNT
    held = setup.of_both(used.matrix > 0) >= min_docs
    return np.asarray(often & held & (setup.of_both(used.spent) == 0))


def _compared(able: Marks, target: Rows, behind: list[Rows]) -> Sides | None:
    """Return what is tested of a group, if it can be."""
    if len(target) < FEWEST or not behind:
        return None
    return Sides(target, np.concatenate(behind), np.flatnonzero(able))
