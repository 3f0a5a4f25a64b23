"""Adoption: who used a wording first, and what share of provinces had used it by when.

In go a corpus and a wording, out come its first sighting and one row a period. All is "first seen
in this corpus": what no document of a province says, the province may have said elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.compare.groups import left_out
from difang.compare.novelty import upper_share
from difang.corpus.documents import Corpus, require_documents
from difang.errors import DifangError
from difang.words.concordance import kwic
from difang.words.tokens import Tokens

Array = npt.NDArray[Any]

_ROUNDS, _STILL, _DECIMALS = 20_000, 1e-7, 3  # of the search for the most likely curve


class UnknownUnitError(DifangError):
    """There is no such column, or no document has a value in it."""


def adoption(
    corpus: Corpus,
    pattern: str,
    *,
    by: str = "province",
    time: str = "year",
    tokens: Tokens | None = None,
    held: Collection[str] | None = None,
) -> pd.DataFrame:
    """Give the share of provinces (or counties) that have used a wording, period after period.

    A province has used it from the period of its first document that holds it; before, each of its
    documents without it says "not yet". Periods in which it has no document say nothing: what lies
    between the last "not yet" and the first use is known to that interval only, and after the last
    document nothing is known (censored, not "not adopted"). The share is the most likely one given
    these intervals (Turnbull 1976; found by EM), which is 1 - Kaplan-Meier where every province
    has a document in every period until it drops out. Where several periods are as likely, the
    gain stands in the last of them: by then at the latest. Read `seen` and `units` before `share`.

    Parameters
    ----------
    pattern : str
        As in `kwic`: searched on characters, whatever the segmentation.
    by : str, default "province"
        The column of `documents` that names who adopts.
    time : str, default "year"
        The column with the period; whole numbers.
    tokens : Tokens, optional
        What `segment` gave: documents that have the wording as a term count too, since the lexicon
        reads variants as one phrase (党的十八届五中全会 and 五中全会).
    held : collection of str, optional
        The doc_id of the documents that hold the wording, where it was found otherwise
        (`set_phrases`); the pattern then only names it.

    Returns
    -------
    DataFrame, one row a period with documents
        period; documents (searched); units (that have a document in it); new (units first seen
        using it); seen (units seen using it so far); share (that have used it by its end).
        `attrs`: pattern, by, units (in all), unknown (documents without unit or period), of which
        unknown_with hold it.

    Raises
    ------
    UnknownUnitError
        There is no column `by` or `time`, or no document with values in both.
    PatternError
        As in `kwic`.
    """
    documents = corpus.documents[left_out(corpus.documents) == ""]
    _check(documents, by, time)
    uses = documents.index.isin(_holding(corpus, pattern, tokens) if held is None else set(held))
    known = documents[[by, time]].notna().all(axis=1)
    rows = documents[known].assign(uses=uses[known])
    periods = np.sort(rows[time].unique().astype(int))
    seen = pd.crosstab(rows[by], rows[time].astype(int), values=rows["uses"], aggfunc="max")
    seen = seen.reindex(columns=periods).astype(float)  # units × periods; missing: no document
    has, places = seen.to_numpy(), np.arange(len(periods))
    first = np.where((has == 1).any(axis=1), (has == 1).argmax(axis=1), len(periods))
    without = (has == 0) & (places < first[:, None])
    after = np.where(without, places, -1).max(axis=1)
    new = np.bincount(first, minlength=len(periods) + 1)[:-1]
    columns = {
        "period": periods,
        "documents": rows.groupby(rows[time].astype(int)).size().to_numpy(),
        "units": seen.notna().sum().to_numpy(),
        "new": new,
        "seen": new.cumsum(),
        "share": shares(after, first, len(periods)),
    }
    table = pd.DataFrame(columns)
    table.attrs = {"pattern": pattern, "by": by, "time": time, "units": len(seen)}
    table.attrs |= {"unknown": int((~known).sum()), "unknown_with": int(uses[~known].sum())}
    return table


def shares(after: npt.ArrayLike, until: npt.ArrayLike, periods: int) -> Array:
    """Estimate the share adopted by the end of each period from intervals.

    Parameters
    ----------
    after : array of int, one per unit
        The last period known to be without it; -1 if there is none.
    until : array of int
        The first period with it; `periods` if there is none.

    Examples
    --------
    >>> shares([-1, 0, 1], [0, 1, 3], 3).round(3).tolist()
    [0.333, 0.667, 0.667]
    """
    windows, units = np.unique(np.transpose([after, until]), axis=0, return_counts=True)
    low, high = windows[:, :1], windows[:, 1:]
    ends = [int(one) for one in np.unique(high)]
    cells = np.array([one for one in ends if _is_last(one, low, high)])
    open_to = (cells > low) & (cells <= high)
    mass = np.full(len(cells), 1 / len(cells))
    for _ in range(_ROUNDS):
        part = open_to * mass
        fresh = (units @ (part / part.sum(axis=1, keepdims=True))) / units.sum()
        moved, mass = np.abs(fresh - mass).max(), fresh
        if moved < _STILL:
            break
    by_end: Array = (mass * (cells <= np.arange(periods)[:, None])).sum(axis=1)
    return by_end.round(_DECIMALS)


def _is_last(period: int, low: Array, high: Array) -> bool:
    """Tell the last period of an interval that no other cuts (Turnbull 1976): there mass lies."""
    return bool(low[low < period].max(initial=-1) >= high[high < period].max(initial=-1))


def first_seen(corpus: Corpus, pattern: str, *, tokens: Tokens | None = None) -> pd.DataFrame:
    """Find the first document of this corpus that holds a wording, and how many were searched.

    A document counts with the window its evidence allows: the first is the one whose window ends
    first, and earlier are those whose windows end before it begins. None of k earlier documents
    has the wording, so up to 3/k of such documents may have had it (95 %, rule of three).
    `tokens` as in `adoption`.

    Returns
    -------
    DataFrame, one row a document with the earliest window; none if no dated document holds it
        pattern; doc_id; date_earliest, date_latest; province and source where known; earlier
        (documents searched); upper (share that may have held it all the same); documents (all
        that hold it); undated (of them without a date).

    Raises
    ------
    PatternError
        As in `kwic`.
    """
    documents = corpus.documents[left_out(corpus.documents) == ""]
    holding = documents[documents.index.isin(_holding(corpus, pattern, tokens))]
    dated = holding[holding["date_latest"].notna()]
    rows: pd.DataFrame = dated[dated["date_latest"] == dated["date_latest"].min()]
    begins = rows["date_earliest"].min()
    earlier = int((documents["date_latest"] < begins).sum())
    kept = ["date_earliest", "date_latest", *[c for c in ("province", "source") if c in rows]]
    found: pd.DataFrame = rows[kept].rename_axis("doc_id").reset_index()
    found.insert(0, "pattern", pattern)
    found["earlier"], found["upper"] = earlier, upper_share(earlier)
    found["documents"], found["undated"] = len(holding), len(holding) - len(dated)
    return found


def _holding(corpus: Corpus, pattern: str, tokens: Tokens | None) -> set[str]:
    """Return the documents that hold a wording on characters, or as a term of theirs."""
    held = set(kwic(corpus, pattern)["doc_id"])
    if tokens is None:
        return held
    require_documents(corpus.documents.index, tokens.doc_ids)
    return held.union(tokens.where([pattern])["doc_id"])


def _check(documents: pd.DataFrame, by: str, time: str) -> None:
    absent = [name for name in (by, time) if name not in documents]
    if absent or not documents[[by, time]].notna().all(axis=1).any():
        what = f"no column {absent[0]}" if absent else f"no document with both {by} and {time}"
        raise UnknownUnitError(
            f"Cannot follow a wording by {by} over {time}. The documents hold {what}; their "
            f"columns are: {', '.join(documents.columns)}. Choose others, or give them in "
            "metadata.csv."
        )
