"""Headline lists: what a group shares and uses far more than its reference.

In go the scores of any measure, out come the lists of a group: that one, the terms of single
documents (单篇词), and the terms it uses only a little more.

Why the last stand apart. The contrast of means ranks by how much is said, so that everyday words of
reports (发展, 推进), a tenth more frequent than before, would head a list of a year. Often that
tenth is no chance either (q < .05): where documents are many, every drift of style is certain. It
is small, which is another thing. So a headline term is used at least twice as often as in the
reference (a log ratio of 1; Hardie 2014); how certain it is, q says beside it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from warnings import warn

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.compare.groups import find_group
from difang.compare.refusals import TooLittleWarning, refusal
from difang.errors import need

SINGLE = "单篇词"
SLIGHT = "slight"  # over-used, but less than `TIMES` as often as in the reference
SPENT = "spent"
NUMBER = "number"  # no letter in it: 2016, 20%
JOINT = "|"  # between two flags of a term
NAMES = ("place", "person", "self")
MASKED = (*NAMES, NUMBER)
TIMES = 2  # a headline term is used so many times as often as in the reference


def is_shared(
    n_docs: npt.NDArray[Any], group_docs: npt.NDArray[Any], top_doc_share: npt.NDArray[Any]
) -> npt.NDArray[np.bool_]:
    """Tell what a group shares: enough of its documents have the term, none most of it.

    Enough are three documents, or two in a group of three or four; most is more than half of the
    occurrences. A group of one or two documents shares nothing that could be told from chance.

    >>> is_shared(np.array([2, 2, 3]), np.array([3, 5, 5]), np.array([0.5, 0.5, 0.6])).tolist()
    [True, False, False]
    """
    enough = np.where(group_docs <= 4, 2, 3)
    return (group_docs >= 3) & (n_docs >= enough) & (top_doc_share <= 0.5)


def headline(
    scores: pd.DataFrame,
    *,
    group: Any,
    top: int = 20,
    stopwords: Collection[str] = frozenset(),
    masked: Collection[str] = MASKED,
    quiet: bool = False,
) -> pd.DataFrame:
    """List the terms that set a group apart and that its documents share, highest score first.

    Flagged neither 单篇词 nor slight, see the head of this module. Of a group of one or two
    documents the list is empty, and a `TooLittleWarning` says why.

    Parameters
    ----------
    scores : DataFrame, one row a term and group
        What `tfidf_contrast` or another measure returned.
    group : str or int
        The group, as in `scores["group"]`; 江苏 finds 江苏省.
    top : int, default 20
        Number of terms at most; only those with a score above 0 are listed.
    stopwords : collection of str
        Function words the list leaves out, such as `read_lexicon().function_words`; the scores
        keep them.
    masked : collection of str, default ("place", "person", "self", "number")
        Terms with one of these flags are left out.
    quiet : bool, default False
        No warning: the caller says himself what is too little.

    Raises
    ------
    UnknownGroupError
        The scores hold no such group.
    """
    rows = _rows_of(scores, group)
    refused = refusal(int(rows["group_docs"].max())) if len(rows) else None
    if refused and not quiet:
        warn(f"{rows['group'].iloc[0]}: {refused.zh} {refused.en}", TooLittleWarning, stacklevel=2)
    rows = _listed(scores, group, stopwords, masked)
    return _first(rows[~flagged(rows, (SINGLE, SLIGHT))], top)


def single_document(
    scores: pd.DataFrame,
    *,
    group: Any,
    top: int = 20,
    stopwords: Collection[str] = frozenset(),
    masked: Collection[str] = MASKED,
) -> pd.DataFrame:
    """List the terms of a group that hang on single documents (单篇词); arguments as `headline`."""
    rows = _listed(scores, group, stopwords, masked)
    return _first(rows[flagged(rows, (SINGLE,))], top)


def slightly_more(
    scores: pd.DataFrame,
    *,
    group: Any,
    top: int = 20,
    stopwords: Collection[str] = frozenset(),
    masked: Collection[str] = MASKED,
) -> pd.DataFrame:
    """List shared terms used more than in the reference, but less than twice as often."""
    rows = _listed(scores, group, stopwords, masked)
    return _first(rows[flagged(rows, (SLIGHT,)) & ~flagged(rows, (SINGLE,))], top)


def beside(
    scores: pd.DataFrame, other: pd.DataFrame, *, group: Any, top: int = 20, **leave_out: Any
) -> pd.DataFrame:
    """Set the headline lists of a group from two scores of the same comparison side by side.

    Parameters
    ----------
    scores, other : DataFrame
        Such as with shared passages counted wherever they stand, and once.
    **leave_out
        `stopwords` and `masked` of `headline`.

    Returns
    -------
    DataFrame, one row a term among the first `top` of either list, by rank
        term; rank, n (in the list and the counts of `scores`); rank_other, n_other. A rank is
        missing where the list does not hold the term.
    """
    columns: dict[str, pd.Series[Any]] = {}
    for name, one in (("", scores), ("_other", other)):
        terms = headline(one, group=group, top=len(one), quiet=True, **leave_out)["term"]
        columns[f"rank{name}"] = pd.Series(range(1, len(terms) + 1), index=terms, dtype="Int64")
        columns[f"n{name}"] = _rows_of(one, group).set_index("term")["n"]
    table = pd.DataFrame(columns)[["rank", "n", "rank_other", "n_other"]].astype("Int64")
    table = table[table[["rank", "rank_other"]].min(axis=1).le(top).fillna(False)]
    return (
        table.rename_axis("term")
        .reset_index()
        .sort_values(["rank", "rank_other", "term"], ignore_index=True)
    )


def left_out(
    scores: pd.DataFrame, *, group: Any, top: int = 20, masked: Collection[str] = MASKED
) -> pd.DataFrame:
    """List the over-used names and numbers that the other lists of a group leave out."""
    rows = _listed(scores, group, (), ())
    return _first(rows[flagged(rows, masked)], top)


def _listed(
    scores: pd.DataFrame, group: Any, stopwords: Collection[str], masked: Collection[str]
) -> pd.DataFrame:
    rows = _rows_of(scores, group)
    rows = rows[(rows["score"] > 0) & ~rows["term"].isin(stopwords)]
    return rows[~flagged(rows, masked)].sort_values(["score", "term"], ascending=[False, True])


def _first(rows: pd.DataFrame, top: int) -> pd.DataFrame:
    """Take the first rows, which have little of all categories."""
    need(0, top=top)
    rows = rows.head(top).reset_index(drop=True)
    return rows.assign(term=rows["term"].astype("str"), flags=rows["flags"].astype("str"))


def _rows_of(scores: pd.DataFrame, group: Any) -> pd.DataFrame:
    names = scores["group"].unique().tolist()
    name = names[find_group(names, group, by=scores.attrs.get("by", "group"))]
    rows: pd.DataFrame = scores[scores["group"] == name]
    return rows


def flagged(rows: pd.DataFrame, flags: Collection[str]) -> pd.Series[bool]:
    """Tell which rows of a scores table have one of these flags."""
    wanted, held = set(flags), rows["flags"].fillna("")
    some = [one for one in held.unique() if not wanted.isdisjoint(one.split(JOINT))]
    return held.isin(some)
