"""Measures by name, and the placebo: the same comparison where there is nothing to find.

In go counts and the name of a measure, out comes its scores table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from difang.compare import keyness as key
from difang.compare.contrasts import contrast
from difang.compare.groups import group, together
from difang.compare.inference import WEIGHED, inference
from difang.compare.scores import require_same
from difang.compare.testing import MIN_DOCS, tests
from difang.compare.tfidf import c_tfidf, tfidf, tfidf_contrast
from difang.words.counting import Counts

_OWN = {"tfidf": tfidf, "c_tfidf": c_tfidf}  # without a reference
#: Names of all measures, the default first.
MEASURES = ("tfidf_contrast", *_OWN, *key.MEASURES)
SEED = 19_781_218


def score(
    counts: Counts,
    *,
    by: str,
    measure: str = MEASURES[0],
    reference: str | None = None,
    sublinear_tf: bool = False,
    **options: Any,
) -> pd.DataFrame:
    """Score terms by a measure of that name; options as in `tfidf_contrast` and `keyness`.

    Raises
    ------
    UnknownMeasureError
        There is no such measure, or it weighs no documents: sublinear_tf is of TF-IDF.
    """
    if sublinear_tf and measure not in WEIGHED:
        raise key.UnknownMeasureError(
            f"Cannot take 1 + ln n for n in {measure!r}. `sublinear_tf` is an option of "
            f"{' and '.join(WEIGHED)}. Choose one of them, or leave it out."
        )
    if sublinear_tf:
        options["sublinear_tf"] = True
    if measure in _OWN:
        return _OWN[measure](counts, by=by, **options)
    if measure == "tfidf_contrast":
        return tfidf_contrast(counts, by=by, reference=reference, **options)
    return key.keyness(counts, by=by, measure=measure, reference=reference, **options)


def placebo(
    scores: pd.DataFrame,
    counts: Counts,
    *,
    cluster: str | None = None,
    min_docs: int = MIN_DOCS,
    seed: int = SEED,
    **options: Any,
) -> pd.DataFrame:
    """Make the same comparison after the values of the grouping column were dealt out anew.

    Whatever its lists and p-values show is chance: a list that looks no better than its placebo
    says nothing of the groups. Fiction, copies and documents without a value stay as they are.

    Parameters
    ----------
    scores : DataFrame
        What a measure gave for these counts.
    counts : Counts
    cluster : str, optional
        As in `inference`: these documents are dealt one value together.
    min_docs : int, default 3
        As in `inference`.
    seed : int
        Of the shuffle.
    **options
        As the measure takes them (mask, min_count, …).

    Returns
    -------
    DataFrame
        A scores table with p and q, for the groups of `scores`.
    """
    require_same(scores, counts)
    names = scores["group"].unique()
    options["target"] = names[0] if len(names) == 1 else None
    if scores.attrs["reference"] != "none":
        options["reference"] = scores.attrs["reference"]
    options |= scores.attrs.get("weighing", {})
    options |= {name: scores.attrs[name] for name in ("form", "prior") if name in scores.attrs}
    dealt, by = _dealt(counts, scores.attrs["by"], cluster, seed), scores.attrs["by"]
    found = score(dealt, by=by, measure=scores.attrs["measure"], **options)
    return inference(found, dealt, cluster=cluster, min_docs=min_docs, resamples=0)


def chance(
    scores: pd.DataFrame,
    counts: Counts,
    *,
    cluster: str | None = None,
    min_docs: int = MIN_DOCS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Test what `placebo` tests, without its lists: that takes a fraction of the time.

    Arguments as in `placebo`; the scores are of a comparison.

    Returns
    -------
    DataFrame, one row a group and term that is tested
        group; p and q, as in the placebo.
    """
    require_same(scores, counts)
    by, names = scores.attrs["by"], scores["group"].unique()
    dealt, target = _dealt(counts, by, cluster, seed), names[0] if len(names) == 1 else None
    setup = contrast(dealt, by=by, target=target, reference=scores.attrs["reference"], mask=False)
    clusters = together(dealt, setup.used.groups, cluster)
    found = tests(setup, setup.wanted, clusters=clusters, min_docs=min_docs)
    named = [setup.used.groups.names[place] for place in setup.wanted]
    tables = [
        pd.DataFrame({"group": name, "p": columns["p"], "q": columns["q"]}).dropna()
        for name, (columns, _) in zip(named, found, strict=True)
    ]
    return pd.concat(tables, ignore_index=True)


def _dealt(counts: Counts, by: str, cluster: str | None, seed: int) -> Counts:
    """Deal the values of a column anew among the documents that are compared by it."""
    groups = group(counts, by=by)
    in_group = groups.codes >= 0
    clusters = together(counts, groups, cluster)[in_group]
    _, first, code = np.unique(clusters, return_index=True, return_inverse=True)
    rows, order = groups.rows[in_group], np.arange(counts.n_documents)
    order[rows] = rows[np.random.default_rng(seed).permutation(first)][code]
    values = counts.documents[by].iloc[order].set_axis(counts.documents.index)
    return replace(counts, documents=counts.documents.assign(**{by: values}))
