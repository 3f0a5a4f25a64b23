"""The metadata of a document: all inferences run, and the best evidence fills each column.

A cleaned page goes in; out come the columns of the documents table and every piece of evidence,
those that did not win included. Missing is a right answer: nothing is filled on low confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from difang.corpus.calendar import FOLD, find
from difang.corpus.dates import stated_dates
from difang.corpus.evidence import Evidence, Page
from difang.corpus.given import given_evidence
from difang.corpus.landmarks import calendar_evidence, leader_evidence, phrase_evidence
from difang.corpus.windows import CONFIDENCE, NEAR, STRENGTH, Window, parse, settle, show
from difang.corpus.years import stated_years

WORDS = ("title", "province", "city", "county", "code", "level", "genre", "source")
PLACES = ("city", "county", "code")
DATES = ("date", "year", "month", "date_published")
#: What a piece of evidence for a field settles, as columns of documents.
SPENT = {"date": ["date", "year", "month"]} | {f: [f] for f in ("province", "city", "county")}
NEWS = ("meeting news", "news", "interview")


def describe(page: Page) -> tuple[dict[str, object], list[Evidence]]:
    """Infer the metadata of one page.

    Given values win over stated ones, stated over inferred; high and medium confidence fill a
    column, low stands in the evidence only.

    Returns
    -------
    fields : dict
        title, date, date_earliest, date_latest, date_published (Timestamp or NaT), year, month (int
        or None), province, city, county, code, level, genre, speakers, source (str or None).
    evidence : list of Evidence
        Every piece, winners and losers, in the order of the inferences.
    """
    given = given_evidence(page)
    dated = [e for e in given if e.field in DATES] + stated_dates(page)
    dated += stated_years(page)
    hits = find(page.text.translate(FOLD))
    window, _ = settle([*dated, *calendar_evidence(page, hits, None)])
    others = [e for e in given if e.field not in DATES] + _title(page) + _inferred(page, window)
    fields, others = _choose(others)
    province = fields["province"]
    for infer in (calendar_evidence, phrase_evidence, leader_evidence):
        dated += infer(page, hits, province)
    dated += _near_publication(dated, fields["genre"])
    window, dated = settle(dated)
    return {**fields, **_date_fields(window, dated)}, [*dated, *others]


def _inferred(page: Page, window: Window) -> list[Evidence]:
    from difang.corpus.places import place_evidence
    from difang.corpus.roles import genre_evidence, level_evidence, source_evidence
    from difang.corpus.speakers import speaker_evidence

    days = (
        None if window.start == date.min else window.start,
        None if window.end == date.max else window.end,
    )
    pieces = place_evidence(page, days)
    for infer in (level_evidence, genre_evidence, source_evidence, speaker_evidence):
        pieces += infer(page)
    return pieces


def _title(page: Page) -> list[Evidence]:
    for moved in page.moved:
        if moved.field == "title":
            place = (page.raw[moved.start : moved.end], moved.start, moved.end)
            found = Evidence("title", moved.value, "stated", "high", moved.rule, "", *place, "")
            return [found._replace(reason="The text is headed so.")]
    return []


def _rank(piece: Evidence) -> tuple[int, int]:
    return STRENGTH[piece.basis], CONFIDENCE[piece.confidence]


def _choose(pieces: list[Evidence]) -> tuple[dict[str, str | None], list[Evidence]]:
    """Pick a winner for each field, and note on it what contradicts it."""
    fields: dict[str, str | None] = dict.fromkeys((*WORDS, "speakers"))
    noted = list(pieces)
    for field in fields:
        able = [i for i, e in enumerate(pieces) if e.field == field and e.confidence != "low"]
        able.sort(key=lambda i: _rank(pieces[i]))
        if not able:
            continue
        best, rivals = pieces[able[0]], {pieces[i].value for i in able} - {pieces[able[0]].value}
        if field == "speakers":
            same = [pieces[i].value for i in able if pieces[i].basis == best.basis]
            fields[field] = "；".join(dict.fromkeys(same))
            continue
        fields[field] = best.value
        alone = best.basis == "inferred" and len({pieces[i].quote for i in able}) == 1
        alone = alone and field in SPENT
        reason = best.reason + (f" Others say {'、'.join(sorted(rivals))}." if rivals else "")
        noted[able[0]] = best._replace(reason=reason, decisive=best.decisive or alone)
        if field == "province" and best.basis == "given" and rivals:
            noted = [_elsewhere(e) if e.field in PLACES else e for e in noted]
            pieces = noted
    return fields, noted


def _elsewhere(piece: Evidence) -> Evidence:
    """Set a place of the text aside that lies in another province than the one given."""
    if piece.basis == "given":
        return piece
    reason = piece.reason + " Set aside: another province is given."
    return piece._replace(confidence="low", reason=reason)


def _near_publication(dated: Sequence[Evidence], genre: str | None) -> list[Evidence]:
    """Bound the day by publication: from above always, for news from below as well."""
    for piece in sorted((e for e in dated if e.field == "date_published"), key=_rank):
        window = parse(piece.value)
        if window and piece.confidence != "low":
            named = any(e.value.startswith("--") for e in dated)  # its own day then decides
            start = window.end - NEAR if genre in NEWS and not named else date.min
            reason = "Published then; news follows the event within a month, other texts follow it."
            value = show(Window(start, window.end))
            return [piece._replace(field="date", value=value, basis="inferred", confidence="medium",
                                   rule="published", reason=reason)]  # fmt: skip
    return []


def _date_fields(window: Window, dated: Sequence[Evidence]) -> dict[str, object]:
    sure = sorted((e for e in dated if e.confidence != "low"), key=_rank)
    first = {e.field: e.value for e in reversed(sure) if e.basis == "given" or e.field in DATES[3:]}
    same_year = window.start.year == window.end.year
    same_month = same_year and window.start.month == window.end.month
    year = first.get("year") or (window.start.year if same_year else None)
    month = first.get("month") or (window.start.month if same_month else None)
    return {
        "date": _stamp(window.start if window.is_day else None),
        "date_earliest": _stamp(None if window.start == date.min else window.start),
        "date_latest": _stamp(None if window.end == date.max else window.end),
        "date_published": _stamp(first.get("date_published")),
        "year": None if year is None else int(year),
        "month": None if month is None else int(month),
    }


def _stamp(day: date | str | None) -> object:
    return pd.NaT if day is None else pd.Timestamp(day)


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
        no day).
    """
    rows = evidence[evidence["confidence"] != "low"]
    rows = rows[~rows["value"].str.startswith("--") & (rows["field"] != "speakers")]
    rows = rows.assign(field=rows["field"].replace("year", "date"))
    found = []
    for (doc_id, field), group in rows.groupby(["doc_id", "field"], sort=True):
        values = list(dict.fromkeys(group["value"]))
        if _disagree(values):
            found.append((doc_id, field, " | ".join(values)))
    return pd.DataFrame(found, columns=["doc_id", "field", "values"])


def _disagree(values: Sequence[str]) -> bool:
    windows = [w for w in map(parse, values) if w]
    if len(windows) < len(values):
        return len(values) > 1
    return max(w.start for w in windows) > min(w.end for w in windows)


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
