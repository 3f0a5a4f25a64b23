"""Overviews of a corpus: what it covers, how long its documents are, where a term stands in them.

Tables of the corpus go in, a `Chart` comes out. What is not known is drawn as 未知.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from difang.reports import figures as fig
from difang.reports.figures import Chart
from difang.reports.fonts import drawable
from difang.reports.language import named, plain
from difang.reports.maps import heat
from difang.reports.tiles import by_code

UNKNOWN = "未知"
MANY = 30  # documents; beyond it, they are not drawn one by one
RULES = 7  # of cleaning, told apart by colour


def coverage(documents: pd.DataFrame, *, title: str, note: str = "") -> Chart:
    """Count the documents of each province and year, with what is not known as 未知.

    Parameters
    ----------
    documents : DataFrame
        Columns province and year; missing values allowed.
    title, note : str
        The finding; source and reading aid below.

    Returns
    -------
    Chart
        `data` holds one row a province (in the order of GB/T 2260), one column a year.
    """
    known = fig.filled(documents, title)
    provinces, years = known["province"].fillna(UNKNOWN), known["year"].astype("Int64")
    counts = pd.crosstab(provinces, years.astype("str").fillna(UNKNOWN))
    every = range(years.min(), years.max() + 1) if years.notna().any() else []
    columns = [*map(str, every), *([UNKNOWN] if years.isna().any() else [])]
    counts = counts.reindex(columns=columns, fill_value=0).rename_axis("province")
    counts = counts.sort_index(key=lambda names: names.map(by_code)).rename_axis(columns=None)
    drawn = counts.where(counts > 0)
    chart = heat(drawn, title=title, unit=fig.WORDS["documents"], note=note, power=0.5)
    return Chart(chart.figure, chart.alt, counts.reset_index())


@fig.style()
def lengths(documents: pd.DataFrame, *, title: str, note: str = "") -> Chart:
    """Show how long the documents are: one bar each, or from 31 documents on how many of a length.

    Parameters
    ----------
    documents : DataFrame
        Index doc_id, column chars.
    title, note : str
        The finding; source and reading aid below.

    Returns
    -------
    Chart
        `data` holds doc_id and chars, longest first.
    """
    table = documents["chars"].rename_axis("doc_id").reset_index()
    data = fig.filled(fig.ranked(table, "chars"), title)
    figure, axes = fig.canvas(title, note, 4 if len(data) > MANY else 1.5 + fig.ROW * len(data))
    if len(data) > MANY:
        axes.hist(data["chars"], bins="auto", color=fig.BLUE, edgecolor="white")
        axes.set_xlabel(fig.WORDS["characters"])
        axes.set_ylabel(fig.WORDS["documents"])
    else:
        axes.barh(range(len(data)), data["chars"], color=fig.BLUE)
        fig.name_rows(axes, data["doc_id"].map(drawable), fig.WORDS["characters"])
    told = fig.alt("lengths", title, fig.WORDS["characters"], data["doc_id"], data["chars"])
    return Chart(figure, told, data)


@fig.style()
def dispersion(
    hits: pd.DataFrame, *, documents: Sequence[str], title: str, note: str = ""
) -> Chart:
    """X-ray the documents: a stroke where a term stands, from the first character to the last.

    Parameters
    ----------
    hits : DataFrame
        One row an occurrence: doc_id, term, share (place in the document, 0 to 1).
    documents : sequence of str
        The documents from top to bottom, those without the term too; 30 at most are drawn.
    title, note : str
        The finding; source and reading aid below.

    Returns
    -------
    Chart
        `data` holds the occurrences drawn.
    """
    shown = list(documents)[:MANY]
    data = fig.filled(hits[hits["doc_id"].isin(shown)], title)
    terms = list(data["term"].unique())
    height = 1.4 + len(terms) * (0.6 + 0.24 * len(shown))
    figure, grid = fig.canvas(title, note, height, nrows=len(terms), squeeze=False, sharex=True)
    panels = grid[:, 0]
    for axes, term in zip(panels, terms, strict=True):
        one = data[data["term"] == term]
        lane = one["doc_id"].map({doc_id: row for row, doc_id in enumerate(shown)})
        axes.vlines(one["share"], lane - 0.4, lane + 0.4, color=fig.BLUE, linewidth=1.2)
        fig.name_rows(axes, [drawable(name) for name in shown], "", size=9)
        axes.set_xlim(0, 1)
        axes.set_title(f"{fig.cut(term)}  n = {len(one):,}", loc="left", fontsize=11)
        axes.hlines(np.arange(len(shown)) + 0.5, 0, 1, color=fig.PALE, linewidth=0.5)
    panels[-1].set_xlabel(fig.WORDS["place"])
    panels[-1].xaxis.set_major_formatter("{x:.0%}")
    per = data.groupby(["term", "doc_id"], sort=False).size()
    names = [plain(fig.WORDS["in"], term=term, doc_id=doc_id) for term, doc_id in per.index]
    return Chart(figure, fig.alt("dispersion", title, fig.WORDS["occurrences"], names, per), data)


@fig.style()
def removed(edits: pd.DataFrame, *, title: str, note: str = "") -> Chart:
    """Stack, document by document, the characters that cleaning took out, by rule.

    Parameters
    ----------
    edits : DataFrame
        One row an edit: doc_id, old, rule, action; only `remove` counts.
    title, note : str
        The finding; source and reading aid below.

    Returns
    -------
    Chart
        `data` holds doc_id and one column of characters a rule, as drawn: the 30 documents that
        lost most, the seven rules that took most and 其他 for the rest.
    """
    out = fig.filled(edits[edits["action"] == "remove"], title)
    chars = pd.crosstab(out["doc_id"], out["rule"], out["old"].str.len(), aggfunc="sum").fillna(0)
    rules = chars.sum().sort_values(ascending=False, kind="stable").index
    kept = chars[rules[:RULES]]
    if len(rules) > RULES:
        kept = kept.assign(其他=chars[rules[RULES:]].sum(axis=1))
    order = kept.sum(axis=1).sort_values(ascending=False, kind="stable").index[:MANY]
    kept = kept.loc[order].rename_axis(columns=None)
    figure, axes = fig.canvas(title, note, 2.2 + fig.ROW * len(kept))
    drawn = kept.rename(columns=lambda rule: named("rule", rule))
    drawn.plot.barh(ax=axes, stacked=True, width=0.8, ylabel="", color=[*fig.PALETTE])
    fig.name_rows(axes, kept.index.map(drawable), fig.WORDS["removed"])
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, frameon=False, fontsize=9)
    data = kept.rename_axis("doc_id").reset_index()
    told = fig.alt("stacked", title, fig.WORDS["characters"], kept.index, kept.sum(axis=1))
    return Chart(figure, told, data)
