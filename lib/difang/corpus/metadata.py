"""The metadata of a document: all inferences run, and the best evidence fills each column.

A cleaned page goes in; out come the columns of the documents table and every piece of evidence,
those that did not win included. Missing is a right answer: nothing is filled on low confidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pandas as pd

from difang.corpus.calendar import found_in
from difang.corpus.cues import pattern
from difang.corpus.dates import newest_year, stated_dates
from difang.corpus.evidence import Evidence, Page
from difang.corpus.given import given_evidence
from difang.corpus.landmarks import calendar_evidence, leader_evidence, phrase_evidence
from difang.corpus.places import place_evidence
from difang.corpus.roles import genre_evidence, level_evidence, source_evidence
from difang.corpus.speakers import speaker_evidence
from difang.corpus.windows import (
    NEAR,
    SEVERAL_DAYS,
    Window,
    occurrences,
    parse,
    rank,
    settle,
    show,
)
from difang.corpus.years import stated_years

WORDS = ("title", "province", "city", "county", "code", "level", "genre", "source")
PLACES = ("city", "county", "code")
EVENT_DAYS = (SEVERAL_DAYS, "day_in_window")  # rules that name the days of the event itself
DATES = ("date", "year", "month", "date_published")
#: What a piece of evidence for a field settles, as columns of documents.
SPENT = {"date": ["date", "year", "month"]} | {f: [f] for f in ("province", "city", "county")}
NEWS = ("meeting news", "news", "interview")
DIGEST = 3  # sources; a text with as many gathers news, each with its own


def describe(page: Page) -> tuple[dict[str, object], list[Evidence]]:
    """Infer the metadata of one page.

    Given values win over stated ones, stated over inferred; high and medium confidence fill a
    column, low stands in the evidence only.

    Returns
    -------
    fields : dict
        title, date, date_earliest, date_latest, date_published (Timestamp or NaT), year, month (int
        or None), province, city, county, code, level, genre, speakers, source (str or None).
        Of an event of several days, date is the first, and the window holds them all.
    evidence : list of Evidence
        Every piece, winners and losers, in the order of the inferences.
    """
    given = given_evidence(page)
    dated = [e for e in given if e.field in DATES] + stated_dates(page) + stated_years(page)
    hits = found_in(page)
    until = _near_publication(page, dated, None)
    window, _ = settle([*dated, *until, *calendar_evidence(page, hits, None)])
    others = [e for e in given if e.field not in DATES] + _inferred(page, window)
    fields, others = _choose(others)
    if fields["genre"] == "fiction":
        dated, others = [_imagined(e) for e in dated], [_imagined(e) for e in others]
        window, dated = settle(dated)
        return {**_choose(others)[0], **_date_fields(window, dated)}, [*dated, *others]
    for infer in (calendar_evidence, phrase_evidence, leader_evidence):
        dated += infer(page, hits, fields["province"])
    dated += _near_publication(page, dated, fields["genre"])
    window, dated = settle(dated)
    return {**fields, **_date_fields(window, dated)}, [*dated, *others]


def _inferred(page: Page, window: Window) -> list[Evidence]:
    return [
        *[e for e in page.headers("title", "The text is headed so.") if e.value == page.title][:1],
        *place_evidence(page, window),
        *level_evidence(page),
        *genre_evidence(page),
        *source_evidence(page),
        *speaker_evidence(page),
    ]


def _imagined(piece: Evidence) -> Evidence:
    """Set what fiction says of places, days and speakers aside: they need not exist."""
    if piece.basis == "given" or piece.field in ("title", "genre", "source", "date_published"):
        return piece
    return piece._replace(confidence="low", reason=f"{piece.reason} Set aside: this is fiction.")


def _choose(pieces: list[Evidence]) -> tuple[dict[str, str | None], list[Evidence]]:
    """Pick a winner for each field, and note on it what contradicts it."""
    fields: dict[str, str | None] = dict.fromkeys((*WORDS, "speakers"))
    noted = list(pieces)
    for field in fields:
        able = [i for i, e in enumerate(noted) if e.field == field and e.confidence != "low"]
        able.sort(key=lambda i: rank(noted[i]))
        if not able:
            continue
        best = noted[able[0]]
        if field == "speakers":
            same = [noted[i].value for i in able if noted[i].basis == best.basis]
            fields[field] = "；".join(dict.fromkeys(same))
            continue
        fields[field] = best.value
        rivals = {noted[i].value for i in able} - {best.value}
        alone = best.basis == "inferred" and len({noted[i].quote for i in able}) == 1
        reason = best.reason + (f" Others say {'、'.join(sorted(rivals))}." if rivals else "")
        noted[able[0]] = best._replace(reason=reason, decisive=alone and field in SPENT)
        if field == "province" and best.basis == "given" and rivals:
            noted = [_elsewhere(e) if e.field in PLACES else e for e in noted]
    return fields, noted


def _elsewhere(piece: Evidence) -> Evidence:
    """Set a place of the text aside that lies in another province than the one given."""
    if piece.basis == "given":
        return piece
    reason = piece.reason + " Set aside: another province is given."
    return piece._replace(confidence="low", reason=reason)


def _near_publication(page: Page, dated: Sequence[Evidence], genre: str | None) -> list[Evidence]:
    """Bound the day by publication: from above always, for news from below as well.

    Another text is of the year of its publication if that is the newest year it names, or if it
    names none and an authority put it up.
    """
    able = [e for e in dated if e.field == "date_published" and e.confidence != "low"]
    piece = min(able, key=rank, default=None)
    window = parse(piece.value) if piece else None
    if piece is None or window is None:
        return []
    named = any(e.value.startswith("--") for e in dated)  # its own day then decides
    fresh = Window(window.end - NEAR, window.end)
    spots = [e.value[2:].split("-") for e in dated if re.match("--[01]", e.value)]
    near = any(occurrences(fresh, int(month), int(day)) for month, day in spots)
    start, basis = date.min, "stated" if near and piece.rule != "repost_date" else "inferred"
    if near or (genre in NEWS and not named and piece.rule != "repost_date"):
        start = fresh.start
    elif not named:
        newest = newest_year(page)
        own = not newest and piece.rule == "header_date" and pattern("AUTHORITY").search(page.raw)
        if own or newest_year(page, window.end.year) == window.end.year:
            start = min(date(window.end.year, 1, 1), fresh.start if own else date.max)
    reason = "Published then; news follows the event within a month, other texts follow it."
    return [
        piece._replace(field="date", value=show(Window(start, window.end)), basis=basis,
                       confidence="high" if near else "medium", rule="published", reason=reason)
    ]  # fmt: skip


def _date_fields(window: Window, dated: Sequence[Evidence]) -> dict[str, object]:
    sure = sorted((e for e in dated if e.confidence != "low"), key=rank)
    first = {e.field: e.value for e in reversed(sure) if e.basis == "given" or e.field == DATES[-1]}
    same_year = window.start.year == window.end.year
    same_month = same_year and window.start.month == window.end.month
    year = first.get("year") or (window.start.year if same_year else None)
    month = first.get("month") or (window.start.month if same_month else None)
    published = first.get("date_published")
    of_event = any(e.rule in EVENT_DAYS and parse(e.value) == window for e in sure)
    return {
        "date": pd.Timestamp(window.start) if window.is_day or of_event else pd.NaT,
        "date_earliest": pd.NaT if window.start == date.min else pd.Timestamp(window.start),
        "date_latest": pd.NaT if window.end == date.max else pd.Timestamp(window.end),
        "date_published": pd.NaT if published is None else pd.Timestamp(published),
        "year": None if year is None else int(year),
        "month": None if month is None else int(month),
    }


def doubtful(evidence: pd.DataFrame) -> pd.DataFrame:
    """List the fields about which high or medium evidence disagrees, for a person to look at.

    Parameters
    ----------
    evidence : DataFrame, one row a piece of evidence
        Columns doc_id, field, value, confidence.

    Returns
    -------
    DataFrame, one row a document and field
        doc_id, field, values (those that disagree, joined by " | "; windows disagree if they share
        no day, titles and sources if the longest does not hold the others' characters in their
        order). Three sources or more are those of a digest, and no contradiction.
    """
    rows = evidence[evidence["confidence"] != "low"]
    rows = rows[~rows["value"].str.contains("^--|[|]") & (rows["field"] != "speakers")]
    rows = rows.assign(field=rows["field"].replace("year", "date"))
    rows = rows[rows.groupby(["doc_id", "field"])["value"].transform("nunique") > 1]
    found = []
    for (doc_id, field), group in rows.groupby(["doc_id", "field"], sort=True):
        values = list(dict.fromkeys(group["value"]))
        if _disagree(str(field), values):
            found.append((doc_id, field, " | ".join(values)))
    return pd.DataFrame(found, columns=["doc_id", "field", "values"])


def _disagree(field: str, values: Sequence[str]) -> bool:
    if field in ("title", "source"):
        bare = [re.sub(r"[\W_]+", "", value) for value in values]
        within = all(_within(value, max(bare, key=len)) for value in bare)
        return not within and (field == "title" or len(values) < DIGEST)
    windows = [w for w in map(parse, values) if w]
    if len(windows) < len(values):
        return len(values) > 1
    return max(w.start for w in windows) > min(w.end for w in windows)


def _within(part: str, whole: str) -> bool:
    """Tell whether the characters of `part` stand in `whole`, in their order."""
    rest = iter(whole)
    return all(character in rest for character in part)


def spent(evidence: pd.DataFrame) -> pd.DataFrame:
    """List the words that a document's metadata hang on, which comparisons must then leave out.

    Parameters
    ----------
    evidence : DataFrame, one row a piece of evidence
        Columns doc_id, field, quote, basis, decisive.

    Returns
    -------
    DataFrame, one row a document, field and phrase
        doc_id, field (a column of documents: a piece that dates counts for date, year and month),
        phrase (as the text has it, without quotation marks).
    """
    rows = evidence[evidence["decisive"] & evidence["basis"].eq("inferred")]
    rows = rows[rows["field"].isin(list(SPENT)) & rows["quote"].str.len().gt(0)]
    table = pd.DataFrame(
        {
            "doc_id": rows["doc_id"],
            "field": rows["field"].map(SPENT),
            "phrase": rows["quote"].str.replace("[“”‘’]", "", regex=True),
        }
    )
    return table.explode("field").drop_duplicates().reset_index(drop=True)
