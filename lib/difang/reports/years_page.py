"""Terms over time: what notebook 04 shows of levels, trends, and new and gone terms.

In goes a `Comparison` by year; out come charts, tables and sentences, the sentence where there is
too little to show.
"""

from collections.abc import Sequence

import pandas as pd

from difang.compare.inference import LEVEL
from difang.compare.novelty import new_and_gone
from difang.compare.rates import rates_by
from difang.compare.refusals import FEW
from difang.compare.trends import no_trend, trend
from difang.reports.compare_page import BRIEF, documents_of, in_both
from difang.reports.compare_views import everywhere
from difang.reports.comparison import Comparison
from difang.reports.figures import number
from difang.reports.opened import opening
from difang.reports.timelines import FEW as FEWEST
from difang.reports.timelines import RANGE, SMOOTHED, landmarks, lines
from difang.reports.wording import Shown, between, first_of, sentences

WORDS = sentences("years")
TREND = 4  # terms followed where none are chosen
HERE = {
    "new": ("group", "other"),
    "gone": ("other", "group"),
}  # columns: the period told of, its neighbour
NAMED = 6  # periods a note names before it breaks off


def trend_terms(page: Comparison, terms: Sequence[str] | None = None) -> list[str]:
    """Choose terms to follow: those given, else the first telling ones, else of all groups'.

    Of one character none is chosen, since a spread is searched on characters: 指 is in 指导, too.
    """
    if terms:
        return list(terms)
    told = page.telling(page.target) or list(everywhere(page)["term"])
    return [term for term in told if len(term) > 1][:TREND]


def drawable_terms(page: Comparison, terms: Sequence[str] | None = None) -> list[str]:
    """Choose terms to follow that documents hold; none if the groups are no years or months."""
    in_years = all(isinstance(name, int) for name in page.groups.names)
    return [t for t in trend_terms(page, terms) if t in page.counts.terms and in_years]


def no_figure(page: Comparison, terms: Sequence[str] | None = None) -> Shown:
    """Say that no term can be followed over time."""
    return page.say(WORDS["no trend"], terms=list(terms or []))


def trend_figure(page: Comparison, terms: Sequence[str] | None = None) -> Shown:
    """Follow terms over the years, with intervals, the documents below, landmarks above."""
    known = drawable_terms(page, terms)
    if not known:
        return no_figure(page, terms)
    rates = rates_by(page.counts, terms=known, by=page.by, spent=page.spent).dropna(subset="rate")
    sizes = rates.groupby("group")["group_docs"].max()
    joined = int(sizes.ge(FEWEST).sum())
    few, narrow = (
        sizes.index[sizes.between(*ends)].tolist()
        for ends in ((FEWEST, RANGE - 1), (RANGE, FEW - 1))
    )
    told = {"terms": known, "limits": joined, "smoothed": joined >= SMOOTHED}
    told |= {"dotted": first_of(few, NAMED), "narrow": first_of(narrow, NAMED)}
    told |= {name: page.by == name for name in ("year", "month")}
    return lines(
        rates.rename(columns={"group": page.by}), year=page.by, value="rate",
        documents="group_docs", by="term", interval=("interval_low", "interval_high"),
        marks=marks(page), **page.captions(WORDS["trend"], **told),
    )  # fmt: skip


def marks(page: Comparison) -> pd.DataFrame | None:
    """Return the landmarks of the years that the groups span; None if they are no years."""
    return landmarks(page.groups.names[0], page.groups.names[-1]) if page.by == "year" else None


def undated(page: Comparison) -> list[Shown]:
    """Say how many documents have no year (未知), if any, and between what days they lie."""
    documents = page.counts.documents.iloc[page.groups.rows[page.groups.codes < 0]]
    if documents.empty:
        return []
    days = documents[["date_earliest", "date_latest"]].rename_axis("doc_id")
    table = page.table(WORDS["undated days"], days.reset_index(), rows=20)
    return [page.say(WORDS["undated"]), table]


def trends(page: Comparison, *, top: int = 20) -> list[Shown]:
    """List the terms that rise or fall over the years; the sentence below five periods."""
    if why := no_trend(page.counts, by=page.by):
        return [in_both(why)]
    tested = trend(page.counts, by=page.by, spent=page.spent)
    found = tested[(tested["q"] < LEVEL) & ~tested["term"].isin(page.hidden)]
    parts = {"rising": found[found["tau"] > 0], "falling": found[found["tau"] < 0]}
    told = {name: len(rows) for name, rows in parts.items()}
    told |= {name: tested.attrs[name] for name in ("periods", "floor")}
    thin = int((page.groups.sizes < FEWEST).sum())
    said = page.say(WORDS["tested"], tested=len(tested), thin=thin, **told)
    return [said, *(_moving(page, rows, name, top) for name, rows in parts.items())]


def arrivals(page: Comparison, *, top: int = 20) -> list[Shown]:
    """List what is new in the target, what went with it, and the same in brief of every period."""
    if not page.groups.has_order or page.target is None:
        return [page.say(WORDS["no order"])]
    found = new_and_gone(page.counts, by=page.by, spent=page.spent)
    if found.empty:
        return [page.say(WORDS["not beside"])]
    certain = (found["within"] == 0) & (found["n_docs"] / found["group_docs"] > found["upper"])
    rows = found[certain & ~found["term"].isin(page.hidden)]
    said = page.say(WORDS["beside"], all=len(found), listed=len(rows))
    changed = [_changed(page, rows, change, top) for change in HERE]
    return [said, *changed, _every_period(page, rows)]


def _moving(page: Comparison, rows: pd.DataFrame, name: str, top: int) -> Shown:
    """Show the terms that rise, or that fall, with their sentences."""
    steepest = (
        rows[["tau", "slope"]].abs().sort_values(["tau", "slope"], ascending=False, kind="stable")
    )
    rows = rows.loc[steepest.index]
    rows = rows.assign(range=between(rows["slope_low"], rows["slope_high"], number))
    return opening(page, WORDS["moving"] | WORDS[name], rows, top=top)


def _changed(page: Comparison, rows: pd.DataFrame, change: str, top: int) -> Shown:
    """Show what came with the target, or went, with the sentences where it stands."""
    here, there = HERE[change]
    rows = rows[(rows["change"] == change) & (rows[here] == page.target)]
    rows = rows.assign(held=documents_of(rows))
    group, other = (next(iter(rows[one]), None) for one in ("group", there))
    return opening(page, WORDS["changed"] | WORDS[change], rows, group, top=top, other=other)


def _every_period(page: Comparison, rows: pd.DataFrame) -> Shown:
    """Name the first new and gone terms of every period in one table."""
    brief = page.support[["group", "group_docs"]].copy()
    for change, (here, _) in HERE.items():
        terms = rows[rows["change"] == change].groupby(here)["term"].agg(list)
        brief[change] = [terms.get(name, ["—"])[:BRIEF] for name in brief["group"]]
    return page.table(WORDS["every period"], brief, top=BRIEF)
