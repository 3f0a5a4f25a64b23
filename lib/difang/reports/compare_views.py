"""Views across groups: what notebooks 03 and 04 show of all groups together.

In goes a `Comparison`; out come charts, tables and sentences, the sentence where there is nothing
to show.
"""

import numpy as np
import pandas as pd

from difang.compare.composition import unlike
from difang.compare.headline import headline, is_shared
from difang.compare.rates import rates_by
from difang.reports import charts
from difang.reports.certainty import rescored
from difang.reports.compare_page import BRIEF, DRAWN, as_above
from difang.reports.comparison import WORDS, Comparison
from difang.reports.group_lists import kept, mixed
from difang.reports.language import joined, named
from difang.reports.opened import opening
from difang.reports.wording import Shown, plain, tally

COLUMNS = 20  # terms of a heat map
MADE_OF = ("province", "year", "genre", "level")
LEAST, BESIDE = 3, 3  # documents of one kind on either side; lists


def less_used(page: Comparison) -> Shown:
    """Draw to both sides what the target uses more, and what it uses less than the reference."""
    if not page.has_list(page.target):
        return as_above(page)
    below = terms_below(page)
    if below.empty:
        return page.say(WORDS["less none"], reference=len(page.sides()[1]))
    rows = pd.concat([page.shared[page.target], below])[DRAWN]
    told, sides = page.captions(WORDS["sides"]), (WORDS["less"], str(page.target))
    return charts.both_sides(rows, label="term", value="score", sides=sides, **told)


def terms_below(page: Comparison) -> pd.DataFrame:
    """List the terms that the target uses less and that documents of the reference share."""
    rows = kept(page.own[page.own["score"] < 0], page.hidden, page.masked)
    rows = rows.sort_values(["score", "term"])
    documents = page.counts.documents.index
    inside = pd.Series(documents.isin(page.sides()[1].index), index=documents)
    columns = page.counts.terms.get_indexer(pd.Index(rows["term"]))
    matrix = page.counts.where(inside).matrix.tocsc()[:, columns]
    if not matrix.nnz:
        return rows.head(0)
    n = np.asarray(matrix.sum(axis=0), float).ravel()
    share = matrix.max(axis=0).toarray().ravel() / np.maximum(n, 1)
    return rows[is_shared(np.diff(matrix.indptr), np.full(len(n), matrix.shape[0]), share)]


def heat_map(page: Comparison) -> Shown:
    """Colour group by term: the rates of terms that head the lists, or that all groups use."""
    heads = _heads(page)
    terms = heads or list(everywhere(page)["term"].head(COLUMNS))
    if page.why or not terms:
        return as_above(page) if page.why else page.say(WORDS["nothing shared"])
    rates = rates_by(page.counts, terms=terms, by=page.by)
    matrix = rates.pivot_table("rate", "group", "term")
    matrix = matrix.reindex(index=list(page.support["group"]), columns=terms)
    told = page.captions(WORDS["heat" if heads else "heat shared"])
    return charts.heat(matrix.rename_axis(index=page.by), **told)


def shared_by_all(page: Comparison, *, top: int = 20) -> Shown:
    """List the terms that every group uses, with the lowest and the highest rate."""
    return opening(page, WORDS["everywhere"], everywhere(page), top=top)


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
    per = (members @ matrix).tocsc()
    common = np.flatnonzero((np.diff(per.indptr) == len(groups.names)) & (len(groups.names) > 1))
    common = common[~page.counts.terms[common].isin(page.hidden)]
    if not len(common):
        return pd.DataFrame(columns=["term", "n"])
    n = pd.DataFrame(per[:, common].toarray(), list(groups.names), page.counts.terms[common])
    tokens = members @ page.counts.tokens_per_document.to_numpy()[groups.rows]
    rates, held = (n * 10_000).div(tokens, axis=0), matrix[groups.codes >= 0][:, common] > 0
    rows = pd.DataFrame({
        "n": n.sum().astype(int), "n_docs": np.asarray(held.sum(axis=0)).ravel(),
        "lowest": rates.min(), "lowest_in": rates.idxmin().astype("str"),
        "highest": rates.max(), "highest_in": rates.idxmax().astype("str"),
    })  # fmt: skip
    rows = rows.rename_axis("term").reset_index()
    return rows.sort_values(["n", "term"], ascending=[False, True], ignore_index=True)


def composition(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Compare what the target is made of with the reference: a contrast may be that of genres.

    Where the two differ in level or genre, the lists of documents of one of these stand beside.
    """
    own, other = page.sides()
    columns = [c for c in MADE_OF if c != page.by and c in own]
    if page.why or own.empty or other.empty or not columns:
        return [as_above(page)]
    rows = unlike(own, other, variables=columns)
    rows["own"], rows["other"] = ([tally(side[c], BRIEF) for c in columns] for side in (own, other))
    most = rows.sort_values(["alone", "distance"], ascending=False, kind="stable").iloc[0]
    variables = joined(named("column", name) for name in columns)
    key = "composition" if most["alone"] else "composition none"
    said = page.say(WORDS[key], most=most, variables=variables)
    kinds = mixed(own, other, by=page.by)["variable"] if page.has_list(page.target) else ()
    beside = [one for name in kinds for one in _alike(page, name, top)]
    return [said, page.table(WORDS["made of"], rows), *beside]


def _alike(page: Comparison, variable: str, top: int) -> list[Shown]:
    """Set the target's list beside those of documents of one level or genre, in both sides."""
    own, other = (side[variable].value_counts() for side in page.sides())
    values = [value for value in own.index[own >= LEAST] if other.get(value, 0) >= LEAST][:BESIDE]
    if not values:
        return [page.say(WORDS["alike none"], variable=variable, least=LEAST)]
    lists = {plain(WORDS["alike all"], n=page.size(page.target)): page.shared[page.target]}
    for value in values:
        told = {"value": named(variable, value), "n": own[value], "others": other[value]}
        held = page.counts.documents[variable].eq(value).fillna(False).astype(bool)
        scores = rescored(page, page.counts.where(held))
        rows = headline(scores, group=page.target, top=top, quiet=True, **page.left_out)
        lists[plain(WORDS["alike one"], **told)] = rows
    table = pd.DataFrame({name: rows["term"].head(top) for name, rows in lists.items()})
    table.insert(0, "rank", range(1, len(table) + 1))
    said = page.say(WORDS["alike"], variable=variable, where=f"{variable} == '{values[0]}'")
    return [said, page.table(WORDS["alike lists"], table, variable=variable)]


def _heads(page: Comparison) -> list[str]:
    """Take the first telling terms of each list, the target's first."""
    each = max(1, COLUMNS // max(len(page.able), 1))
    names = sorted(page.able, key=lambda name: name != page.target)
    terms = [term for name in names for term in page.telling(name)[:each]]
    return list(dict.fromkeys(terms))[:COLUMNS]
