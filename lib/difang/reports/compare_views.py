"""Views across groups: what notebooks 03 and 04 show of all groups together.

In goes a `Comparison`; out come charts, tables and sentences, the sentence where there is nothing
to show.
"""

from typing import Any

import numpy as np
import pandas as pd

from difang.compare.headline import is_shared
from difang.compare.rates import rates_by
from difang.reports import charts
from difang.reports.compare_page import BRIEF, DRAWN, WORDS, Shown, refused, source
from difang.reports.comparison import Comparison
from difang.reports.group_lists import kept
from difang.reports.tables import table
from difang.reports.wording import listed, plain, say

COLUMNS = 20  # terms of a heat map
MADE_OF = ("province", "year", "genre", "level")


def less_used(page: Comparison) -> Shown:
    """Draw to both sides what the target uses more, and what it uses less than the reference."""
    if not page.has_list(page.target):
        return refused(page)
    below = terms_below(page)
    if below.empty:
        return say(WORDS["less none"], n=len(page.sides()[1]), target=page.target)
    return charts.both_sides(
        pd.concat([page.shared[page.target], below])[DRAWN],
        label="term",
        value="score",
        sides=(WORDS["less"], str(page.target)),
        title=plain(WORDS["sides"], target=page.target),
        unit=WORDS["short unit"],
        note=source(page, WORDS["sides note"]),
    )


def terms_below(page: Comparison) -> pd.DataFrame:
    """List the terms that the target uses less and that documents of the reference share."""
    rows = page.scores[(page.scores["group"] == page.target) & (page.scores["score"] < 0)]
    rows = kept(rows, page.hidden, page.masked).sort_values(["score", "term"])
    documents = page.counts.documents.index
    inside = pd.Series(documents.isin(page.sides()[1].index), index=documents)
    columns = page.counts.terms.get_indexer(pd.Index(rows["term"]))
    matrix = page.counts.where(inside).matrix.tocsc()[:, columns]
    if not matrix.nnz:
        return rows.head(0)
    n = np.asarray(matrix.sum(axis=0), float).ravel()
    share = matrix.max(axis=0).toarray().ravel() / np.maximum(n, 1)
    shared = is_shared(np.diff(matrix.indptr), np.full(len(n), matrix.shape[0]), share)
    return rows[shared]


def heat_map(page: Comparison) -> Shown:
    """Colour group by term: the rates of terms that head the lists, or that all groups use."""
    heads = _heads(page)
    terms = heads or list(everywhere(page)["term"].head(COLUMNS))
    if page.why or not terms:
        return refused(page) if page.why else say(WORDS["nothing shared"])
    rates = rates_by(page.counts, terms=terms, by=page.by)
    matrix = rates.pivot_table("rate", "group", "term")
    matrix = matrix.reindex(index=list(page.support["group"]), columns=terms)
    title = plain(WORDS["heat" if heads else "heat shared"], by=page.by)
    note = WORDS["rates note"] + (" " + WORDS["telling note"] if heads else "")
    note = source(page, note)
    return charts.heat(matrix.rename_axis(index=page.by), title=title, unit="每万词", note=note)


def shared_by_all(page: Comparison, *, top: int = 20) -> Shown:
    """List the terms that every group uses, with the lowest and the highest rate."""
    rows = everywhere(page).head(top)
    labels = {"term": "term 词项", "n": "n", "n_docs": "documents 篇"}
    labels |= {"lowest": "lowest rate 每万词", "lowest_in": "in"}
    labels |= {"highest": "highest rate 每万词", "highest_in": "in"}
    caption = plain(WORDS["everywhere"], groups=len(page.groups.names))
    lines = page.lines(rows["term"])
    none = say(WORDS["nothing shared"])
    return listed(rows, caption=caption, none=none, rows=None, columns=labels, sentences=lines)


def everywhere(page: Comparison) -> pd.DataFrame:
    """List the terms that every group uses, the most frequent first.

    Returns
    -------
    DataFrame, one row a term; none if there are fewer than two groups
        term; n (occurrences in all groups); n_docs; lowest, highest (rates per 10,000 tokens of a
        group); lowest_in, highest_in (the groups).
    """
    groups, members = page.groups, page.groups.members()
    matrix = page.counts.matrix[groups.rows]
    tokens = members @ page.counts.tokens_per_document.to_numpy()[groups.rows]
    per, matrix = (members @ matrix).tocsc(), matrix[groups.codes >= 0]
    common = np.flatnonzero((np.diff(per.indptr) == len(tokens)) & (len(tokens) > 1))
    common = common[~page.counts.terms[common].isin(page.hidden)]
    if not len(common):
        return pd.DataFrame(columns=["term", "n"])
    n = per[:, common].toarray()
    rates, names = n * 10_000 / tokens[:, None], np.array(groups.names, object)
    low, high = rates.argmin(axis=0), rates.argmax(axis=0)
    held = np.asarray((matrix[:, common] > 0).sum(axis=0)).ravel()
    columns = {"term": page.counts.terms[common], "n": n.sum(axis=0).astype(int), "n_docs": held}
    columns |= {"lowest": rates.min(axis=0), "lowest_in": names[low].astype(str)}
    columns |= {"highest": rates.max(axis=0), "highest_in": names[high].astype(str)}
    rows = pd.DataFrame(columns).sort_values(["n", "term"], ascending=[False, True])
    return rows.reset_index(drop=True)


def composition(page: Comparison) -> list[Shown]:
    """Compare what the target is made of with the reference: a contrast may be that of genres."""
    own, other = page.sides()
    columns = [c for c in MADE_OF if c != page.by and c in own]
    if page.why or own.empty or other.empty or not columns:
        return [refused(page)]
    rows = pd.DataFrame([_made_of(own[column], other[column]) for column in columns])
    most = rows.sort_values("alone", ascending=False, kind="stable").iloc[0]
    told = {"variable": most["variable"], "alone": most["alone"], "by": page.by}
    labels = {"variable": "variable", "own": f"{page.target}: documents"}
    labels |= {"other": "reference: documents", "alone": "documents without a counterpart"}
    key = "composition" if most["alone"] else "composition none"
    told["variables"] = ", ".join(columns)
    sentence = say(WORDS[key], target=page.target, n=len(own), **told)
    return [sentence, table(rows, caption=WORDS["made of"], columns=labels)]


def _heads(page: Comparison) -> list[str]:
    """Take the first telling terms of each list, the target's first."""
    each = max(1, COLUMNS // max(len(page.able), 1))
    names = sorted(page.able, key=lambda name: name != page.target)
    terms = [term for name in names for term in page.telling(name)[:each]]
    return list(dict.fromkeys(terms))[:COLUMNS]


def _made_of(own: "pd.Series[Any]", other: "pd.Series[Any]") -> dict[str, Any]:
    alone = own.notna() & ~own.isin(other.dropna())
    values = {"own": _most(own), "other": _most(other), "alone": int(alone.sum())}
    return {"variable": own.name, **values}


def _most(values: "pd.Series[Any]") -> str:
    counted = values.astype("str").where(values.notna(), "未知").value_counts(sort=False)
    counted = counted.sort_values(ascending=False, kind="stable")
    more = "；…" if len(counted) > BRIEF else ""
    return "；".join(f"{name} {n}" for name, n in counted.head(BRIEF).items()) + more
