"""Charts for publication: what notebook 07 shows and, if asked, writes to a folder.

In goes a `Comparison`; out come charts, or the sentence that says why one is not shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from difang import project
from difang.compare.rates import rates_by
from difang.reports import charts
from difang.reports.clouds import cloud as word_cloud
from difang.reports.compare_page import as_above, first_figure, refused
from difang.reports.compare_views import heat_map, less_used, terms_below
from difang.reports.comparison import Comparison
from difang.reports.figures import Chart, save
from difang.reports.overviews import MANY
from difang.reports.reuse_page import Reuse
from difang.reports.spread_page import adoption_figure
from difang.reports.tables import table
from difang.reports.tiles import short_name
from difang.reports.travel_views import facing, network
from difang.reports.wording import Shown, captions, say, sentences
from difang.reports.years_page import trend_figure, trend_terms
from difang.words.concordance import occurrences

STROKES = 3  # terms of an x-ray
ROWS, WIDE = 8, 8  # rows of the data below a figure; columns beyond which these are laid out long

WORDS = sentences("charts")


def figures(
    page: Comparison, years: Comparison, passages: Reuse, terms: Sequence[str] | None = None, *,
    top: int = 20,
) -> dict[str, Shown]:  # fmt: skip
    """Draw every figure that these documents can carry, by the name of its files.

    Parameters
    ----------
    page, years : Comparison
        By the column of interest, and by year.
    passages : Reuse
        What the documents share.
    terms : sequence of str, optional
        Terms to follow and to map; by default the first of the target's list.
    top : int, default 20
        Bars.
    """
    followed = trend_terms(page, terms)
    return {
        "coverage": coverage(page),
        "ranked": first_figure(page, top=top) if page.has_list(page.target) else refused(page),
        "cloud": cloud(page),
        "both-sides": less_used(page),
        "scatter": scatter(page),
        "heat": heat_map(page),
        "series": trend_figure(years, followed),
        "adoption": adoption_figure(years, followed),
        "map": tile_map(page, followed),
        "x-ray": x_ray(page, followed),
        "network": network(passages),
        "side-by-side": facing(passages),
    }


def headline_sentence(page: Comparison, shown: Mapping[str, Shown]) -> Shown:
    """Say how many of the figures can be drawn, and which cannot."""
    out = [name for name, one in shown.items() if not isinstance(one, Chart)]
    told, names = {"drawn": len(shown) - len(out), "all": len(shown)}, map(WORDS["names"].get, out)
    return page.say(WORDS["headline"], names="; ".join(names), **told)


def kept(shown: Shown, name: str, save_to: str | Path | None) -> list[Shown]:
    """Show a figure with its data below, and write it to a folder if there is one.

    Parameters
    ----------
    shown : Chart or sentence
        A sentence, which stands where there is no figure, is given back alone.
    name : str
        Of the files, without suffix: PNG, SVG, PDF and CSV.
    save_to : path or None
        A relative path is one below the project's folder, wherever the notebook runs.
    """
    if not isinstance(shown, Chart):
        return [shown]
    data = _readable(shown.data.rename(columns=str), name)
    labels = {str(column): WORDS["columns"].get(column, str(column)) for column in data}
    below: list[Shown] = [shown, table(data, caption=WORDS["data"], rows=ROWS, columns=labels)]
    if save_to is None:
        return below
    paths = save(shown, name, project.ROOT / Path(save_to).expanduser())
    names = "、".join(path.name for path in paths)
    return [*below, say(WORDS["saved"], names=names, folder=paths[0].parent.name)]


def _readable(data: pd.DataFrame, name: str) -> pd.DataFrame:
    """Lay a table with many columns out long, and leave out rows and columns without a number."""
    if len(data.columns) > WIDE and name in WORDS["long"]:
        column, value = WORDS["long"][name]
        row = data.columns[0]
        data = data.melt(row, var_name=column, value_name=value, ignore_index=False)
        data = data.sort_index(kind="stable")
    held = data.select_dtypes("number")
    numbers = held.notna().any(axis=1) | held.empty
    return data[numbers].dropna(axis="columns", how="all")


def where_saved(save_to: str | Path | None) -> Shown:
    """Say whether the figures are written, and where to."""
    return say(WORDS["to save" if save_to else "not saved"], folder=Path(save_to or "").name)


def coverage(page: Comparison) -> Shown:
    """Count the documents compared, by province and year."""
    documents = page.counts.documents.iloc[page.groups.rows]
    return charts.coverage(documents, **captions(WORDS["coverage"], **page.facts))


def cloud(page: Comparison) -> Shown:
    """Scale the terms of the target's list by their contrast."""
    if not page.has_list(page.target):
        return as_above(page)
    scores = page.shared[page.target].set_index("term")["score"]
    return word_cloud(scores, **captions(WORDS["cloud"], **page.facts))


def scatter(page: Comparison) -> Shown:
    """Set the rates of the terms that the target uses more, or less, against the reference."""
    if not page.has_list(page.target):
        return as_above(page)
    listed = pd.concat([page.shared[page.target], terms_below(page)])["term"]
    every = page.counts.documents
    inside = [every.index.isin(documents.index) for documents in page.sides()]
    side = pd.Series(np.select(inside, ["own", "other"], ""), every.index, dtype="str")
    counts = replace(page.counts, documents=every.assign(side=side.where(side != "")))
    rates = rates_by(counts, terms=list(listed), by="side", resamples=0)
    rows = rates.pivot_table("rate", "term", "group").reindex(listed).reset_index()
    told = captions(WORDS["scatter"], terms=len(rows), **page.facts)
    sides = (str(page.facts["against"]), str(page.target))
    return charts.scatter(rows, label="term", values=("other", "own"), sides=sides, **told)


def tile_map(page: Comparison, terms: Sequence[str]) -> Shown:
    """Map the rate of one term, the first chosen, over the 34 units of province level."""
    known = [term for term in terms if term in page.counts.terms]
    rates = rates_by(page.counts, terms=known[:1], by="province")
    rates = rates[[short_name(name) is not None for name in rates["group"]]]
    if rates.empty:
        return say(WORDS["no map"])
    few = int((rates["group_docs"] < charts.FEW).sum())
    told = captions(WORDS["map"], term=known[0], few=few, known=len(rates), **page.facts)
    return charts.tile_map(rates.set_index("group")["rate"], **told)


def x_ray(page: Comparison, terms: Sequence[str]) -> Shown:
    """Show where terms stand within the documents of the target."""
    shown = list(page.sides()[0].index[:MANY])
    hits = occurrences(page.corpus, page.tokens, terms[:STROKES])
    if not hits["doc_id"].isin(shown).any():
        return say(WORDS["no x-ray"])
    told = captions(WORDS["x-ray"], shown=len(shown), **page.facts)
    return charts.dispersion(hits[["doc_id", "term", "share"]], documents=shown, **told)
