"""Charts for publication: what notebook 07 shows and, if asked, writes to a folder.

In goes a `Comparison`; out come charts, or the sentence that says why one is not shown.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from IPython.display import Markdown

from difang import project
from difang.compare.rates import rates_by
from difang.reports import charts, clouds
from difang.reports.compare_page import Shown, first_figure, refused, source
from difang.reports.compare_views import heat_map, less_used
from difang.reports.comparison import Comparison
from difang.reports.figures import Chart, save
from difang.reports.overviews import MANY
from difang.reports.spread_page import adoption_figure
from difang.reports.tables import table
from difang.reports.tiles import short_name
from difang.reports.wording import plain, say, sentences
from difang.reports.years_page import trend_figure, trend_terms
from difang.words.concordance import occurrences

STROKES = 3  # terms of an x-ray
ROWS = 8  # of the data, below a figure

WORDS = sentences("charts")


def figures(
    page: Comparison, years: Comparison, terms: Sequence[str] | None = None, *, top: int = 20
) -> dict[str, Shown]:
    """Draw every figure that these documents can carry, by the name of its files.

    Parameters
    ----------
    page, years : Comparison
        By the column of interest, and by year.
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
        "heat": heat_map(page),
        "series": trend_figure(years, followed),
        "adoption": adoption_figure(years, followed),
        "map": tile_map(page, followed),
        "x-ray": x_ray(page, followed),
    }


def headline_sentence(page: Comparison, shown: Mapping[str, Shown]) -> Markdown:
    """Say how many of the figures can be drawn, and which cannot."""
    out = [name for name, one in shown.items() if not isinstance(one, Chart)]
    n, drawn = len(page.groups.rows), len(shown) - len(out)
    sentence = WORDS["headline"] + (WORDS["left out"] if out else "")
    return say(sentence, drawn=drawn, all=len(shown), n=n, names=", ".join(out))


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
    data = shown.data.dropna(axis="columns", how="all").dropna()
    below: list[Shown] = [shown, table(data, caption=WORDS["data"], rows=ROWS)]
    if save_to is None:
        return below
    paths = save(shown, name, project.ROOT / Path(save_to).expanduser())
    names = "、".join(path.name for path in paths)
    return [*below, say(WORDS["saved"], names=names, folder=paths[0].parent.name)]


def where_saved(save_to: str | Path | None) -> Shown:
    """Say whether the figures are written, and where to."""
    if save_to is None:
        return say(WORDS["not saved"])
    return say(WORDS["to save"], folder=Path(save_to).name)


def coverage(page: Comparison) -> Shown:
    """Count the documents compared, by province and year."""
    documents = page.counts.documents.iloc[page.groups.rows]
    title = plain(WORDS["coverage"], n=len(documents))
    return charts.coverage(documents, title=title, note=source(page))


def cloud(page: Comparison) -> Shown:
    """Scale the terms of the target's list by their contrast."""
    if not page.has_list(page.target):
        return refused(page)
    scores = page.shared[page.target].set_index("term")["score"]
    title = plain(WORDS["cloud"], target=page.target, n=page.size(page.target))
    note = source(page, WORDS["cloud note"])
    return clouds.cloud(scores, title=title, unit="contrast of TF-IDF", note=note)


def tile_map(page: Comparison, terms: Sequence[str]) -> Shown:
    """Map the rate of one term, the first chosen, over the 34 units of province level."""
    known = [term for term in terms if term in page.counts.terms]
    rates = rates_by(page.counts, terms=known[:1], by="province")
    rates = rates[[short_name(name) is not None for name in rates["group"]]]
    if rates.empty:
        return say(WORDS["no map"])
    few = int((rates["group_docs"] < charts.FEW).sum())
    note = source(page, plain(WORDS["map note"], few=few, known=len(rates)))
    title = plain(WORDS["map"], term=known[0])
    return charts.tile_map(rates.set_index("group")["rate"], title=title, unit="每万词", note=note)


def x_ray(page: Comparison, terms: Sequence[str]) -> Shown:
    """Show where terms stand within the documents of the target."""
    own, _ = page.sides()
    hits = occurrences(page.corpus, page.tokens, terms[:STROKES])
    shown = list(own.index[:MANY])
    if not hits["doc_id"].isin(shown).any():
        return say(WORDS["no x-ray"])
    title = plain(WORDS["x-ray"], target=page.target)
    note = plain(WORDS["x-ray note"], shown=len(shown), n=len(own))
    return charts.dispersion(
        hits[["doc_id", "term", "share"]], documents=shown, title=title, note=source(page, note)
    )
