"""Inference: what a scores table may claim, with the document as the unit.

In go scores and the counts they came from; out comes the table with p, q and bounds where so many
documents carry them, and the numbers that a report must print beside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from difang.compare.contrasts import Both, contrast, own
from difang.compare.groups import together
from difang.compare.refusals import Refusal, say
from difang.compare.resampling import RESAMPLES, Bounds, bounds_of_each
from difang.compare.scores import INFERENCE, Column, Told, require_same
from difang.compare.testing import MIN_DOCS, Marks, tests
from difang.compare.tfidf import document_weights
from difang.compare.usage import Usage, compared, of_terms
from difang.errors import need
from difang.progress import bar
from difang.words.counting import Counts

LEVEL = 0.05
CLUSTERS = ("county", "city", "province", "year")  # what documents may cluster by, finest first
ROUNDING = 1e-9
ADDED = ("rank_median", "top_share", "difference")  # columns that a scores table has not yet
BOUNDED = ("interval_low", "interval_high", "rank_low", "rank_high", "rank_median", "top_share")
WEIGHED = ("tfidf_contrast", "tfidf")  # measures whose scores are drawn again


def inference(
    scores: pd.DataFrame,
    counts: Counts,
    *,
    spent: pd.DataFrame | None = None,
    cluster: str | None = None,
    min_docs: int = MIN_DOCS,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Fill in p, q, intervals and ranks of a scores table, where they can be said.

    p: two-sided, by rearranging documents between a group and its reference groups, of the
    difference of mean rates per document, for terms with 5 occurrences in 3 documents of the two;
    q: Benjamini & Hochberg (1995) over the terms of the group. Intervals and ranks: of
    tfidf_contrast and tfidf, by drawing documents again; three or four documents have the range
    when each is left out instead, one or two have neither p nor bounds. Terms with a
    spent document have neither.

    Parameters
    ----------
    scores : DataFrame
        What `tfidf_contrast`, `tfidf`, `c_tfidf` or `keyness` gave for these counts.
    counts : Counts
    spent : DataFrame, optional
        The one that the scores were made with.
    cluster : str, optional
        Column of `counts.documents`: documents of a group with one value (a county, a year) change
        sides together. Documents without a value are clusters of their own.
    min_docs : int, default 3
        Documents of the two sides that a term must have to be tested. Raised before looking, it
        finds more of what is there: q has fewer terms to allow for, and those that few documents
        hold can seldom reach it (independent filtering, Bourgon, Gentleman & Huber 2010).
    resamples : int
        Draws for intervals and ranks; 0 for none.

    Returns
    -------
    DataFrame
        `scores` with interval_low, interval_high, rank_low, rank_high, p and q filled in, and
        rank_median, top_share (share of the resamples with the term among the first 20) and
        difference (what p is of: mean rate of the group's documents less that of the reference's)
        added. For each group `attrs["inference"]` holds kind ("interval", "range" or ""),
        documents, reference_documents, tested (terms), floor (smallest one-sided p there can be),
        smallest (two-sided, as p is), draws and exact; clusters and reference_clusters too, which
        are the documents without `cluster`.

    Raises
    ------
    UnknownColumnError
        There is no such column to cluster by.
    OtherCountsError
        The scores were made from other counts.
    """
    need(0, min_docs=min_docs, resamples=resamples)
    require_same(scores, counts)
    by, measure = scores.attrs["by"], scores.attrs["measure"]
    setup = (
        contrast(counts, by=by, reference=scores.attrs["reference"], mask=False, spent=spent)
        if scores.attrs["reference"] != "none"
        else own(counts, by=by, mask=False, spent=spent)
    )
    clusters = together(counts, setup.used.groups, cluster)
    terms = scores["term"].astype("category").cat
    codes = terms.codes.to_numpy()
    places = setup.used.terms.get_indexer(pd.Index(terms.categories, dtype="str"))
    names = scores["group"].unique()
    at = [setup.used.groups.names.index(name) for name in names]
    sides = [setup.sides(place) for place in at]
    tested = tests(setup, at, clusters=clusters, min_docs=min_docs)
    wanted = bool(resamples) and measure in WEIGHED
    weighing = scores.attrs.get("weighing", {})
    bounds = _drawn(counts, setup.used, weighing, sides, resamples)
    drawn = bounds if wanted else [None] * len(names)
    gone = setup.of_both(setup.used.spent) > 0
    blank = partial(np.full, len(scores), np.nan)
    told, filled = Told(), defaultdict[str, Column](blank)
    groups = zip(bar(names, "bounds, groups"), at, tested, drawn, strict=True)
    for name, place, (columns, said), bounded in groups:
        columns |= _bounds(bounded, gone[place]) if bounded else {}
        said |= {"kind": bounded.kind if bounded else "", "cluster": cluster}
        rows = np.flatnonzero(scores["group"] == name)
        for column, values in columns.items():
            filled[column][rows] = values[places[codes[rows]]]
        told[name] = said
    series = {name: pd.Series(v, scores.index, copy=False) for name, v in filled.items()}
    nothing = pd.Series(blank(), scores.index, copy=False)  # held once, whatever it is said of
    table = scores.assign(**{name: series.get(name, nothing) for name in (*INFERENCE, *ADDED)})
    table.attrs["inference"] = told
    return table


def account(scores: pd.DataFrame, chance: pd.DataFrame, name: Any) -> Refusal:
    """Say what the test of a group rests on and found, beside what its placebo found.

    Parameters
    ----------
    scores : DataFrame
        What `inference` gave.
    chance : DataFrame
        What `measures.placebo` or `measures.chance` gave for it.
    name : value of the grouping column
    """
    said = scores.attrs["inference"][name]
    if not said["tested"]:
        return say("untested", **said)
    most = round(1 / said["floor"]) - 1  # draws of the terms that few arrangements reach
    drawn = "more ways" if most > said["draws"] else "some ways"
    ways = say("every way" if said["exact"] else drawn, draws=said["draws"], most=most)
    real, none = (_found(table[table["group"] == name]) for table in (scores, chance))
    numbers: dict[str, Any] = {"found": real[0], "share": real[1], "placebo_found": none[0]}
    numbers |= {"placebo_share": none[1], "ways_zh": ways.zh, "ways_en": ways.en}
    sentences = [say("tested", **said, **numbers)]
    documents = said["documents"] + said["reference_documents"]
    if said["clusters"] + said["reference_clusters"] < documents:
        sentences.append(say("together", **said))
    least = ceil(said["smallest"] * said["tested"] / LEVEL - ROUNDING)
    if least > 1:
        key = "several" if least <= said["tested"] else "never"
        sentences.append(say(key, least=least))
    return Refusal("".join(one.zh for one in sentences), " ".join(one.en for one in sentences))


def apart(documents: pd.DataFrame, *, by: str) -> Refusal | None:
    """Advise to move documents together, if most of a group share a county, city, province or year.

    Documents of one county repeat each other's words: rearranged one by one they are no evidence
    of their own. None where fewer than half share a value, or there are two values at most.

    Parameters
    ----------
    documents : DataFrame
        Those of the group.
    by : str
        The grouping column.
    """
    for column in (one for one in CLUSTERS if one != by and one in documents):
        values = documents[column].dropna()
        shared = int(values.duplicated(keep=False).sum())
        if 2 * shared >= len(documents) and values.nunique() > 2:
            return say("apart", documents=len(documents), shared=shared, column=column)
    return None


def _found(rows: pd.DataFrame) -> tuple[int, float]:
    """Return the number of terms with q below .05, and the share of those tested with such a p."""
    return int((rows["q"] < LEVEL).sum()), float((rows["p"].dropna() < LEVEL).mean())


def _drawn(
    counts: Counts, used: Usage, weighing: dict[str, Any], sides: list[Both], resamples: int
) -> Iterator[Bounds]:
    """Yield the bounds of each group; documents are not weighed before they are asked for."""
    weights = of_terms(document_weights(compared(counts, used.groups), **weighing), used.columns)
    yield from bounds_of_each(weights, sides, resamples=resamples)


def _bounds(found: Bounds, spent: Marks) -> dict[str, Any]:
    """Give the bounds of the terms that no document of either side is spent for."""
    columns = zip(BOUNDED, found[:-1], strict=True)
    return {name: np.where(spent, np.nan, one) for name, one in columns}
