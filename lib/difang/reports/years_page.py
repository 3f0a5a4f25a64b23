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
from difang.reports.compare_page import BRIEF, RANGE, Shown, documents_of, in_both
from difang.reports.compare_views import everywhere
from difang.reports.comparison import Comparison
from difang.reports.figures import number
from difang.reports.opened import lines_of
from difang.reports.timelines import FEW as FEWEST
from difang.reports.timelines import SMOOTHED, landmarks, lines
from difang.reports.wording import captions, plain, say, sentences, tabulate

WORDS = sentences("years")
TREND = 4  # terms followed where none are chosen
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
    return say(WORDS["no trend"], terms="、".join(terms or []) or "—", **page.facts)


def trend_figure(page: Comparison, terms: Sequence[str] | None = None) -> Shown:
    """Follow terms over the years, with intervals, the documents below, landmarks above."""
    known = drawable_terms(page, terms)
    if not known:
        return no_figure(page, terms)
    rates = rates_by(page.counts, terms=known, by=page.by, spent=page.spent).dropna(subset="rate")
    told = {"terms": "、".join(known), "reading": _reading(page, rates)}
    return lines(
        rates.rename(columns={"group": page.by}), year=page.by, value="rate",
        documents="group_docs", by="term",
        interval=("interval_low", "interval_high"), marks=marks(page),
        **captions(WORDS["trend"], **told, **page.facts),
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
    table = tabulate(WORDS["undated days"], days.reset_index(), rows=20, **page.facts)
    return [say(WORDS["undated"], **page.facts), table]


def trends(page: Comparison, *, top: int = 20) -> list[Shown]:
    """List the terms that rise or fall over the years; the sentence below five periods."""
    if why := no_trend(page.counts, by=page.by):
        return [in_both(why)]
    tested = trend(page.counts, by=page.by, spent=page.spent)
    found = tested[(tested["q"] < LEVEL) & ~tested["term"].isin(page.hidden)]
    parts = {"rising": found[found["tau"] > 0], "falling": found[found["tau"] < 0]}
    told = {name: len(rows) for name, rows in parts.items()} | {"tested": len(tested)}
    told |= {name: tested.attrs[name] for name in ("periods", "floor")}
    told["thin"] = int((page.groups.sizes < FEWEST).sum())
    said = say(WORDS["tested"], **told, **page.facts)
    return [said, *(_moving(page, rows, name, top) for name, rows in parts.items())]


def arrivals(page: Comparison, *, top: int = 20) -> list[Shown]:
    """List what is new in the target, what went with it, and the same in brief of every period."""
    if not page.groups.has_order or page.target is None:
        return [say(WORDS["no order"], **page.facts)]
    found = new_and_gone(page.counts, by=page.by, spent=page.spent)
    if found.empty:
        return [say(WORDS["not beside"], **page.facts)]
    certain = (found["within"] == 0) & (found["n_docs"] / found["group_docs"] > found["upper"])
    rows = found[certain & ~found["term"].isin(page.hidden)]
    said = say(WORDS["beside"], all=len(found), listed=len(rows), **page.facts)
    changed = [_changed(page, rows, change, top) for change in ("new", "gone")]
    return [said, *changed, _every_period(page, rows)]


def _moving(page: Comparison, rows: pd.DataFrame, name: str, top: int) -> Shown:
    """Show the terms that rise, or that fall, with their sentences."""
    rows = rows.assign(height=rows["tau"].abs(), steep=rows["slope"].abs())
    rows = rows.sort_values(["height", "steep"], ascending=False, kind="stable")
    pairs = zip(rows["slope_low"], rows["slope_high"], strict=True)
    rows["range"] = [f"{number(low)} … {number(high)}" for low, high in pairs]
    told, lines = WORDS["moving"] | WORDS[name], lines_of(page, rows["term"].head(top))
    return tabulate(told, rows, rows=top, sentences=lines, **page.facts)


def _changed(page: Comparison, rows: pd.DataFrame, change: str, top: int) -> Shown:
    """Show what came with the target, or went, with the sentences where it stands."""
    here, there = ("group", "other") if change == "new" else ("other", "group")
    rows = rows[(rows["change"] == change) & (rows[here] == page.target)]
    rows = rows.assign(held=documents_of(rows))
    lines = lines_of(page, rows["term"].head(top), rows["group"].iloc[0]) if len(rows) else None
    told, other = WORDS["changed"] | WORDS[change], next(iter(rows[there]), None)
    return tabulate(told, rows, rows=top, sentences=lines, other=other, **page.facts)


def _every_period(page: Comparison, rows: pd.DataFrame) -> Shown:
    """Name the first new and gone terms of every period in one table."""
    brief = page.support[["group", "group_docs"]].copy()
    for change, here in (("new", "group"), ("gone", "other")):
        parts = rows[rows["change"] == change].groupby(here)["term"]
        terms = parts.agg(lambda one: "、".join(one.head(BRIEF)))
        brief[change] = [terms.get(name, "—") for name in brief["group"]]
    return tabulate(WORDS["every period"], brief, top=BRIEF, **page.facts)


def _reading(page: Comparison, rates: pd.DataFrame) -> str:
    """Say how to read the points, as far as these have it."""
    sizes = rates.groupby("group")["group_docs"].max()
    dotted, narrow = sizes.between(FEWEST, RANGE - 1), sizes.between(RANGE, FEW - 1)
    parts = {
        "hollow": True,
        "limits": sizes.ge(FEWEST).any(),
        "range": dotted.any(),
        "narrow": narrow.any(),
        "mean": sizes.ge(FEWEST).sum() >= SMOOTHED,
        f"{page.by} marks": page.by in ("year", "month"),
        "left out": True,
    }
    said = "".join(WORDS[key] for key, held in parts.items() if held)
    named = {"dotted": _named(sizes.index[dotted]), "periods": _named(sizes.index[narrow])}
    return plain(said, **named, **page.facts)


def _named(periods: "pd.Index[int]") -> str:
    return "、".join(map(str, periods[:NAMED])) + (" …" if len(periods) > NAMED else "")
