"""Spread and make-up: who has used a wording by when, and whether the years hold the same corpus.

In goes a `Comparison` by year; out come charts, tables and sentences, the sentence where there is
too little to show.
"""

from collections.abc import Sequence

import pandas as pd

from difang.compare.adoption import adoption, first_seen
from difang.compare.composition import COMMON, composition, standardised
from difang.reports.compare_page import Shown, source
from difang.reports.comparison import Comparison
from difang.reports.tables import table
from difang.reports.timelines import landmarks, lines
from difang.reports.wording import listed, plain, say
from difang.reports.years_page import WORDS, in_years, marks, trend_terms
from difang.words.concordance import kwic, occurrences

ADOPTERS = 3  # provinces, from which on a share of them is drawn


def adoption_figure(page: Comparison, terms: Sequence[str] | None = None) -> Shown:
    """Follow the share of provinces that have used each term by the end of a year."""
    known = page.counts.documents.iloc[page.groups.rows][["province", "year"]].dropna()
    wanted = trend_terms(page, terms)
    units = known["province"].nunique()
    if units < ADOPTERS or known["year"].nunique() < 2 or not wanted:
        return say(WORDS["no adoption"], units=units, years=known["year"].nunique())
    tables = [adoption(page.corpus, term, tokens=page.tokens) for term in wanted]
    rows = pd.concat([one.assign(term=one.attrs["pattern"]) for one in tables], ignore_index=True)
    last = [one["seen"].iloc[-1] for one in tables]
    told = {"term": wanted[0], "seen": last[0], "units": tables[0].attrs["units"]}
    note = plain(WORDS["adoption note"], units=units, unknown=tables[0].attrs["unknown"])
    return lines(
        rows.assign(percent=100 * rows["share"]),
        year="period",
        value="percent",
        documents="documents",
        by="term",
        marks=landmarks(rows["period"].min(), rows["period"].max()),
        title=plain(WORDS["adoption"], **told),
        unit=WORDS["adopted"],
        note=source(page, note),
        mean=False,
    )


def first_sightings(page: Comparison, terms: Sequence[str] | None = None) -> Shown:
    """Say of each term which document had it first, and how many were searched before."""
    wanted = trend_terms(page, terms)
    found = [first_seen(page.corpus, term, tokens=page.tokens) for term in wanted]
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame()
    held = {term: _lines(page, term, one) for term, one in zip(wanted, found, strict=True)}
    labels = {"pattern": "term 词项", "day": WORDS["day"], "doc_id": WORDS["first in"]}
    labels |= {c: c for c in ("province", "source") if c in rows and rows[c].notna().any()}
    labels |= {"earlier": WORDS["earlier"], "upper": WORDS["upper"]}
    labels |= {"documents": "documents 篇", "undated": WORDS["no day"]}
    if len(rows):
        rows = rows.assign(day=_days(rows))
        rows.loc[rows["earlier"] == 0, "upper"] = float("nan")
    return listed(
        rows,
        caption=WORDS["first seen"],
        none=say(WORDS["never seen"], terms="、".join(wanted) or "—"),
        columns=labels,
        formats={"upper": ".1%"},
        sentences=held,
    )


def held_fixed(page: Comparison, terms: Sequence[str] | None = None) -> list[Shown]:
    """Tell what else changes from year to year, and draw the levels with that held fixed."""
    if not page.groups.has_order or len(page.groups.names) < 2:
        return [say(WORDS["no make-up"], by=page.by)]
    made = composition(page.counts, by=page.by)
    moving = made[made["distance"] > 0]
    if moving.empty:
        return [say(WORDS["same make-up"], variables="、".join(made["variable"]), by=page.by)]
    labels = {"variable": "variable", "values": "values", "common": WORDS["common"]}
    labels |= {"common_docs": WORDS["common docs"], "distance": WORDS["distance"]}
    labels |= {"largest": WORDS["largest"], "period": "in"}
    percent = dict.fromkeys(("distance", "largest"), ".0%")
    first = moving.iloc[0]
    told = {name: first[name] for name in ("variable", "distance", "largest", "period")}
    sentence = say(WORDS["make-up"], by=page.by, **told)
    shown = table(made, caption=WORDS["made of"], columns=labels, formats=percent)
    able = moving[moving["common"] >= COMMON]
    if able.empty:
        return [sentence, shown, say(WORDS["not fixed"], by=page.by)]
    return [sentence, shown, _standardised(page, able["variable"].iloc[0], terms)]


def _standardised(page: Comparison, over: str, terms: Sequence[str] | None) -> Shown:
    known = [term for term in trend_terms(page, terms) if term in page.counts.terms]
    if not known or not in_years(page):
        return say(WORDS["no trend"], by=page.by, terms="、".join(terms or []) or "—")
    rows = standardised(page.counts, terms=known, over=over, by=page.by, spent=page.spent)
    told = {"over": over, "values": rows.attrs["values"], "left_out": rows.attrs["left_out"]}
    return lines(
        rows,
        year="group",
        value="rate",
        documents="group_docs",
        by="term",
        other="standardised",
        marks=marks(page),
        title=plain(WORDS["standardised"], **told),
        unit="每万词",
        note=source(page, plain(WORDS["standardised note"], **told)),
        mean=False,
    )


def _lines(page: Comparison, term: str, first: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences of a term in the documents that have it first."""
    rows = pd.concat([kwic(page.corpus, term), occurrences(page.corpus, page.tokens, [term])])
    rows = rows[rows["doc_id"].isin(first["doc_id"])]
    return rows.drop_duplicates(["doc_id", "start"]).sort_values(["doc_id", "start"])


def _days(rows: pd.DataFrame) -> "pd.Series[str]":
    """Write the window of each document: a day, or from – to."""
    days = rows[["date_earliest", "date_latest"]].apply(lambda day: day.dt.strftime("%Y-%m-%d"))
    first, last = days["date_earliest"].fillna("…"), days["date_latest"]
    window: pd.Series[str] = (first + " – " + last).where(first != last, last)
    return window
