"""Keyness: the measures of corpus linguistics for what a group of documents says more than others.

In go counts and a grouping column, out comes a scores table with all of them, ranked by one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
import pandas as pd

from difang.compare.association import PRIOR, g2, log_odds, log_ratio
from difang.compare.contrasts import Contrast, Mask, contrast
from difang.compare.dispersion import FEWEST, deviation_of_proportions
from difang.compare.scores import Column, scores_table
from difang.compare.usage import Usage
from difang.errors import DifangError
from difang.words.counting import Counts

MEASURES = ("g2", "log_ratio", "log_odds", "text_dispersion")


class UnknownMeasureError(DifangError):
    """There is no measure of this name."""


def keyness(
    counts: Counts,
    *,
    by: str,
    measure: str = "text_dispersion",
    target: str | int | None = None,
    reference: str | None = None,
    mask: Mask = None,
    spent: pd.DataFrame | None = None,
    min_count: int = 1,
    form: Literal["four_cell", "two_term"] = "four_cell",
    prior: float = PRIOR,
    top: int | None = None,
) -> pd.DataFrame:
    """Score each term of a group against the documents of its reference groups, taken together.

    Four measures, all positive where the group uses the term more:

        g2               signed log-likelihood ratio of the counts (Dunning 1993)
        log_ratio        log2 of the ratio of the rates (Hardie 2014)
        log_odds         z of the weighted log-odds, informative prior (Monroe et al. 2008)
        text_dispersion  signed log-likelihood ratio of the numbers of documents that hold the term
                         (Egbert & Biber 2019): the one that a single document cannot lead

    None is a test: terms cluster in documents. Read `n_docs` and `top_doc_share` first.

    Parameters
    ----------
    counts, by, target, reference, mask, spent, min_count, top
        As in `tfidf.tfidf_contrast`; the reference groups are pooled.
    measure : {"g2", "log_ratio", "log_odds", "text_dispersion"}
        What the lists are ranked by; never log_ratio alone, which is highest for rare terms.
    form : {"four_cell", "two_term"}
        Of g2: Dunning's, or that of Rayson & Garside (2000).
    prior : float
        Of log_odds: occurrences that the prior is worth.

    Returns
    -------
    DataFrame, one row a term and group
        The columns of `tfidf_contrast`, with all four measures in the place of its own;
        n_reference and docs_reference (occurrences and documents of the reference: a 0 on either
        side is taken as 0.5 by log_ratio); DPnorm (how unevenly the term lies in the group's
        documents, missing below five). `attrs` holds form and prior too.

    Raises
    ------
    UnknownMeasureError
        There is no such measure.
    UnknownColumnError, UnknownGroupError, TooFewGroupsError, ReferenceGroupsError
        As in `tfidf_contrast`.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> documents = pd.DataFrame({"year": [2015, 2015, 2016, 2016]}, index=list("甲乙丙丁"))
    >>> matrix = csr_matrix([[0, 9], [0, 8], [4, 9], [3, 9]])
    >>> scores = keyness(Counts(matrix, pd.Index(["供给侧", "工作"]), documents), by="year")
    >>> scores[["term", "n", "n_reference", "docs_reference"]].head(1)
      term  n  n_reference  docs_reference
    0  供给侧  7            0               0
    """
    if measure not in MEASURES:
        raise UnknownMeasureError(
            f"Cannot rank terms by {measure!r}. There are: {', '.join(MEASURES)}. Choose one; "
            "tfidf_contrast, tfidf and c_tfidf are functions of their own."
        )
    setup = contrast(
        counts, by=by, target=target, reference=reference, mask=mask, spent=spent,
        min_count=min_count,
    )  # fmt: skip
    table = scores_table(setup, measure, _measures(setup, form, prior), top=top)
    table.attrs.update(form=form, prior=prior)
    return table


def _measures(
    setup: Contrast, form: Literal["four_cell", "two_term"], prior: float
) -> Callable[[int], dict[str, Column]]:
    """Make the tool that gives the measures of a group, by its place."""
    used, members = setup.used, setup.used.groups.members()
    n, docs, spent = (members @ one for one in (used.matrix, used.matrix > 0, used.spent))
    gone = members @ used.spent.multiply(used.tokens[:, None])
    tokens, documents = used.group_tokens(), used.groups.sizes

    def measures(place: int) -> dict[str, Column]:
        both = np.eye(len(documents))[place], setup.against[place]
        sides = *(one @ n for one in both), *(one @ tokens - one @ gone for one in both)
        held = *(one @ docs for one in both), *(one @ documents - one @ spent for one in both)
        return {
            "g2": g2(*sides, form=form),
            "log_ratio": log_ratio(*sides),
            "log_odds": log_odds(*sides, prior=prior)[0],
            "text_dispersion": g2(*held),
            "n_reference": sides[1].astype(np.int64),
            "docs_reference": held[1].astype(np.int32),
            "DPnorm": _unevenness(used, place),
        }

    return measures


def _unevenness(used: Usage, place: int) -> Column:
    """Give DPnorm of each term within a group, if it has five documents or more."""
    rows = used.read(place)
    if len(rows) < FEWEST:
        return np.full(len(used.terms), np.nan)
    return deviation_of_proportions(used.matrix[rows], used.tokens[rows])[1]
