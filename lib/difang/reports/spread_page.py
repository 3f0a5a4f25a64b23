"""Spread and make-up: who has used a wording by when, and whether the years hold the same corpus.

In goes a `Comparison` by year; out come charts, tables and sentences, the sentence where there is
too little to show.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from difang.compare.adoption import adoption, first_seen
from difang.compare.composition import COMMON, composition, standardised
from difang.reports.comparison import Comparison
from difang.reports.figures import Chart
from difang.reports.timelines import landmarks, lines
from difang.reports.wording import Shown, first_of, say, tabulate
from difang.reports.years_page import WORDS, drawable_terms, marks, no_figure, trend_terms
from difang.words.concordance import kwic, occurrences

ADOPTERS = 3  # provinces, from which on a share of them is drawn
TIED = 3  # first documents that are named
FROM = ("province", "source")  # of the first document, shown where one is known


def adoption_figure(page: Comparison, terms: Sequence[str] | None = None) -> Shown:
    """Follow the share of provinces that have used each term by the end of a year."""
    known = page.counts.documents.iloc[page.groups.rows][["province", "year"]].dropna()
    units, years = known.nunique()
    wanted = trend_terms(page, terms)
    if units < ADOPTERS or years < 2 or not wanted:
        return say(WORDS["no adoption"], units=units, years=years)
    tables = [adoption(page.corpus, term, tokens=page.tokens) for term in wanted]
    rows = pd.concat([one.assign(term=one.attrs["pattern"]) for one in tables], ignore_index=True)
    told = {str(name): value for name, value in tables[0].attrs.items()}
    told |= {"term": wanted[0], "seen": tables[0]["seen"].iloc[-1]}
    drawn = landmarks(rows["period"].min(), rows["period"].max())
    return adoption_curve(rows, drawn, **page.captions(WORDS["adoption"], **told))


def adoption_curve(rows: pd.DataFrame, marks: pd.DataFrame, **told: Any) -> Chart:
    """Draw what `adoption` gave, each term a curve."""
    rows = rows.assign(percent=100 * rows["share"]).drop(columns="share")
    return lines(
        rows, year="period", value="percent", documents="documents", by="term", mean=False,
        marks=marks, **told,
    )  # fmt: skip


def first_sightings(page: Comparison, terms: Sequence[str] | None = None) -> Shown:
    """Say of each term which documents had it first, and how many were searched before."""
    wanted = trend_terms(page, terms)
    found = {term: first_seen(page.corpus, term, tokens=page.tokens) for term in wanted}
    rows = pd.concat(map(_one_row, found.values()), ignore_index=True) if found else pd.DataFrame()
    if len(rows):
        rows = rows.assign(day=_days(rows), upper=rows["upper"].where(rows["earlier"] > 0))
        rows = rows.drop(columns=[c for c in FROM if c in rows and rows[c].isna().all()])
    lines = {term: _lines(page, term, one) for term, one in found.items()}
    return tabulate(WORDS["first seen"], rows, sentences=lines, terms=wanted)


def held_fixed(page: Comparison, terms: Sequence[str] | None = None) -> list[Shown]:
    """Tell what else changes from year to year, and draw the levels with that held fixed."""
    if not page.groups.has_order or len(page.groups.names) < 2:
        return [page.say(WORDS["no make-up"])]
    made = composition(page.counts, by=page.by)
    moving = made[made["distance"] > 0]
    if moving.empty:
        return [page.say(WORDS["same make-up"], variables=list(made["variable"]))]
    able = moving.loc[moving["common"] >= COMMON, "variable"]
    fixed = page.say(WORDS["not fixed"]) if able.empty else _fixed(page, able.iloc[0], terms)
    sentence = page.say(WORDS["make-up"], first=moving.iloc[0])
    return [sentence, tabulate(WORDS["made of"], made), fixed]


def _fixed(page: Comparison, over: str, terms: Sequence[str] | None) -> Shown:
    """Draw terms as they are, and at a mix of a variable that is held fixed."""
    known = drawable_terms(page, terms)
    if not known:
        return no_figure(page, terms)
    rows = standardised(page.counts, terms=known, over=over, by=page.by, spent=page.spent)
    told = {"over": over, "values": rows.attrs["values"], "left_out": rows.attrs["left_out"]}
    return lines(
        rows, year="group", value="rate", documents="group_docs", by="term", mean=False,
        other="standardised", marks=marks(page), **page.captions(WORDS["standardised"], **told),
    )  # fmt: skip


def _lines(page: Comparison, term: str, first: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences of a term in the documents that have it first."""
    rows = pd.concat([kwic(page.corpus, term), occurrences(page.corpus, page.tokens, [term])])
    rows = rows[rows["doc_id"].isin(first["doc_id"])]
    return rows.drop_duplicates(["doc_id", "start"]).sort_values(["doc_id", "start"])


def _one_row(tied: pd.DataFrame) -> pd.DataFrame:
    """Put the documents that are equally early into one row, by name as far as they are few."""
    names = {name: list(tied[name].dropna().unique()) for name in ("doc_id", *FROM) if name in tied}
    told = {name: "、".join(map(str, first_of(all_, TIED))) for name, all_ in names.items()}
    return tied.head(1).assign(**{name: one or None for name, one in told.items()})


def _days(rows: pd.DataFrame) -> "pd.Series[str]":
    """Write the window of each document: a day, or from – to."""
    days = rows[["date_earliest", "date_latest"]].apply(lambda day: day.dt.strftime("%Y-%m-%d"))
    first, last = days["date_earliest"].fillna("…"), days["date_latest"]
    window: pd.Series[str] = (first + " – " + last).where(first != last, last)
    return window
